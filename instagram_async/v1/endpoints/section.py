"""What every section of the API is built on: from a method's arguments to a call."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

from instagram_async.errors import ResponseError
from instagram_async.paging import Listing, ListReply, Pager, Unreadable, WindowedPager
from instagram_async.paging.pacing import Pacing
from instagram_async.session import Call, Session
from instagram_async.transport import Pairs, Tally
from instagram_async.v1.envelope import Origin, nothing_of, one_of, optional_of, page_of
from instagram_async.v1.operation import Operation
from instagram_async.v1.operations import USER, USER_RECENT
from instagram_async.v1.parameters import fill, pairs

T = TypeVar("T")


class Section:
    """A group of operations; holds nothing but the session they are sent with.

    An operation is a method of three to six lines: its signature, its docstring, and one
    of the calls below with its row of the operation table.
    """

    _session: Session

    async def _one(self, operation: Operation[T], *args: str | int, **params: Any) -> T:
        """Send for a single entity, which has to be there."""
        read = partial(one_of, operation.model, _origin(operation))
        return await self._session.send(_call(operation, read, args, params))

    async def _nothing(self, operation: Operation[None], *args: str | int, **params: Any) -> None:
        """Send a write whose answer says nothing but that it was carried out."""
        read = partial(nothing_of, _origin(operation))
        await self._session.send(_call(operation, read, args, params))

    async def _optional(self, operation: Operation[T], *args: str | int, **params: Any) -> T | None:
        """Send a write whose answer may hold an entity."""
        read = partial(optional_of, operation.model, _origin(operation))
        return await self._session.send(_call(operation, read, args, params))

    def _pager(self, operation: Operation[T], *args: str | int, **params: Any) -> Pager[T]:
        """Make the pager of a listing."""
        return self._paged(_listing(operation, args, params))

    def _windowed(
        self, operation: Operation[T], *args: str | int, **params: Any
    ) -> WindowedPager[T]:
        """Make the pager of a listing that takes bounds of time."""
        return cast("WindowedPager[T]", self._paged(_listing(operation, args, params)))

    def _paged(self, listing: Listing[T]) -> Pager[T]:
        clock = self._session.gate.clock
        now, pacing = clock.now, Pacing(clock, self._seconds_for, self._session.lifecycle.scope)
        if listing.windowed:
            number = self._number if listing.operation == str(USER_RECENT) else None
            return WindowedPager(listing, self._page, now, count=number, pacing=pacing)
        return Pager(listing, self._page, now, pacing=pacing)

    def _seconds_for(self, requests: int) -> float:
        """The seconds of quota that some requests for pages use up; what watches ask."""
        session = self._session
        return session.gate.seconds_for(session.wire.windows(None), requests)

    async def _number(self, listing: Listing[Any], tally: Tally) -> int | None:
        """How many media the user of a listing has; what parallel reads do with a client."""
        read = partial(one_of, USER.model, Origin(str(USER)))
        path = listing.path.removesuffix("/media/recent")
        user = await self._session.send(Call(str(USER), "GET", path, read), tally)
        return user.counts.media if user.counts else None

    async def _found(self, pager: Pager[T], is_wanted: Callable[[T], bool]) -> T | None:
        """The first item that is wanted; what can't be read is an error if none is."""
        unreadable: list[Unreadable] = []
        async for page in pager.pages():
            unreadable += page.unreadable
            for item in page.items:
                if is_wanted(item):
                    return item
        for entry in unreadable:
            raise ResponseError(entry.reason, pager.listing.operation, entry.path, entry.raw)
        return None

    async def _page(self, listing: Listing[T], params: Pairs, tally: Tally) -> ListReply[T]:
        """Send for one page; what pagers do with a client."""
        read = partial(page_of, listing.model, Origin(listing.operation))
        call = Call(listing.operation, "GET", listing.path, read, params)
        return await self._session.send(call, tally)


def _origin(operation: Operation[Any]) -> Origin:
    return Origin(str(operation), operation.family)


def _call(
    operation: Operation[Any], read: Any, args: tuple[str | int, ...], params: dict[str, Any]
) -> Call[Any]:
    given, posts = pairs(params), operation.method == "POST"
    return Call(
        str(operation),
        operation.method,
        fill(operation.template, args),
        read,
        query=() if posts else given,
        form=given if posts else None,
        family=operation.family,
        repeatable=operation.repeatable,
        absence_is_success=operation.method == "DELETE",
    )


def _listing(
    operation: Operation[T], args: tuple[str | int, ...], params: dict[str, Any]
) -> Listing[T]:
    if operation.paging is None:
        raise TypeError(f"{operation} is no listing")
    size = pairs({"count": params.pop("count", None)})
    return Listing(
        str(operation),
        fill(operation.template, args),
        pairs(params),
        size,
        operation.model,
        operation.paging,
        operation.windowed,
    )
