"""One request as its handler sees it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from attrs import field, frozen
from yarl import URL

from instagram_async.server.bounds import Bounds
from instagram_async.server.era import Era
from instagram_async.server.ids import media_pk
from instagram_async.server.refusals import malformed, missing, no_count
from instagram_async.server.replies import RefusedError
from instagram_async.server.route import Route
from instagram_async.server.sandbox import View
from instagram_async.server.viewed import Viewed
from instagram_async.server.world import World
from instagram_async.server.world.listings import Listings

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,19}")


@frozen(kw_only=True)
class Call:
    """A request that is let in.

    Attributes:
        world: what is asked about.
        view: what the application sees of it.
        route: the operation.
        params: the parts of the path by their names, `self` already an id.
        query: the parameters of the request, those of a form among them.
        url: the URL that was asked for, which the next page's URL repeats.
        viewer: id of the token's owner, `None` with a `client_id` alone.
        now: the present, seconds since 1970.
        era: what the server allows and heeds.
        withheld: so many items of a page are left to others.
        is_unbounded: whether there are no bounds, not even those by default.
    """

    world: World
    view: View
    route: Route
    params: Mapping[str, str]
    query: Mapping[str, str] = field(repr=False)
    url: URL = field(repr=False)
    viewer: str | None
    now: int
    era: Era
    withheld: int = 0
    is_unbounded: bool = False

    @property
    def path(self) -> str:
        """What was asked for, such as `users/9/media/recent`."""
        return self.route.path.format(**self.params)

    @property
    def listings(self) -> Listings | Viewed:
        """Pages of media, as far as the application sees them."""
        return self.world.listings if self.view is self.world else Viewed(self.view)

    @property
    def me(self) -> str:
        """Id of the token's owner, of an operation for which there must be one."""
        if self.viewer is None:
            raise RuntimeError(f"{self.route.name} was let in without a token")
        return self.viewer

    @property
    def cursor(self) -> str | None:
        """The cursor that was asked for, `None` on the first page."""
        return self.query.get(self.route.parameter) or None

    def text(self, name: str) -> str:
        """A parameter that must be there.

        Raises:
            RefusedError: it is not.
        """
        value = self.query.get(name)
        if not value:
            raise RefusedError(missing(name))
        return value

    def number(self, *names: str) -> int | None:
        """The first given of some parameters as a whole number, `None` if none was.

        Raises:
            RefusedError: it is no number.
        """
        text = next((value for name in names if (value := self.query.get(name))), None)
        if text is None:
            return None
        if not _WHOLE_NUMBER.fullmatch(text):
            raise RefusedError(malformed())
        return int(text)

    def degrees(self, name: str, most: float) -> float:
        """A parameter that must be there as degrees.

        Args:
            name: the parameter's.
            most: the largest angle either way.

        Raises:
            RefusedError: it is not there, or is no such angle.
        """
        try:
            angle = float(self.text(name))
        except ValueError:
            angle = math.nan
        if not abs(angle) <= most:  # nor is NaN
            raise RefusedError(malformed())
        return angle

    def pk(self, name: str) -> int | None:
        """A parameter as the pk in a media id, `None` if it was not given.

        Raises:
            RefusedError: it is no media id.
        """
        text = self.query.get(name)
        if not text:
            return None
        try:
            return media_pk(text)
        except ValueError:
            raise RefusedError(malformed()) from None

    def bounds(self) -> Bounds:
        """The bounds of pks and seconds.

        `max_id` and `min_id` leave out the media they name, which for `min_id` the
        reference leaves open (H); both timestamps let in the second they name.

        Raises:
            RefusedError: one of them is malformed.
        """
        return Bounds(
            max_id=self.pk("max_id"),
            min_id=self.pk("min_id"),
            min_timestamp=self.number("min_timestamp"),
            max_timestamp=self.number("max_timestamp"),
        )

    def count(self, *, default: int, most: int) -> int:
        """How many items are wanted on the page (reference A).

        Args:
            default: when the request does not say.
            most: a larger number is taken for this one.

        Raises:
            RefusedError: none are wanted, which before April 2015 was the default, or it
                is no number.
        """
        count = self.number("count")
        if count is not None and count < 1:
            if not self.era.zero_is_default:
                raise RefusedError(no_count())
            count = None
        return max(1, min(default if count is None else count, most) - self.withheld)

    def next_url(self, cursor: str) -> str:
        """The URL of the next page: this one's, with all its parameters and the cursor."""
        url = self.url.with_path(f"/v1/{self.path}").with_query(self.url.query)
        return str(url.update_query({self.route.parameter: cursor}))
