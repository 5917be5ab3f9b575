"""The part of a world that an application in its sandbox sees (reference C.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from instagram_async.models import Comment, Media, Tag, User, UserSummary
from instagram_async.server.bounds import EVERYTHING, Bounds
from instagram_async.server.circle import Circle
from instagram_async.server.ids import media_pk
from instagram_async.server.world import World
from instagram_async.server.world.tags import Tagged

_NEWEST = 20  # media of each user
_CHUNK = 1000
_EVERYBODY = 10**9


@frozen
class Sandbox:
    """A world as if there were only some of its users, and the newest 20 media of each.

    Its methods are those of `World` that read, and say what those say. Counts of a user,
    and of the likes and comments of a media, are the world's own.

    Attributes:
        world: the whole world.
        invited: ids of the users that there are.
    """

    world: World
    invited: tuple[str, ...]

    def user(self, user_id: str) -> User | None:
        """See `World`."""
        return self.world.user(user_id) if user_id in self.invited else None

    def search_users(self, q: str, *, count: int) -> list[UserSummary]:
        """See `World`."""
        return self._known(self.world.search_users(q, count=_EVERYBODY))[:count]

    def requested_by(self, user_id: str) -> list[UserSummary]:
        """See `World`."""
        return self._known(self.world.requested_by(user_id))

    def followed_by(
        self, user_id: str, *, count: int, cursor: int | None = None
    ) -> tuple[list[UserSummary], list[int], bool]:
        """See `World`."""
        return self._people(user_id, self.world.followed_by, count, cursor)

    def follows(
        self, user_id: str, *, count: int, cursor: int | None = None
    ) -> tuple[list[UserSummary], list[int], bool]:
        """See `World`."""
        return self._people(user_id, self.world.follows, count, cursor)

    def media(self, media_id: str, *, viewer: str | None = None) -> Media | None:
        """See `World`."""
        found = self.world.media(media_id, viewer=viewer)
        if found is None or found.user.id not in self.invited:
            return None
        return found if found.id in {one.id for one in self._newest(found.user.id)} else None

    def comments(self, media_id: str, *, count: int) -> Sequence[Comment]:
        """See `World`."""
        said = self.world.comments(media_id, count=_EVERYBODY)
        return [one for one in said if one.author and one.author.id in self.invited][-count:]

    def likes(self, media_id: str, *, count: int) -> list[UserSummary]:
        """See `World`."""
        return self._known(self.world.likes(media_id, count=_EVERYBODY))[:count]

    def recent(
        self,
        user_id: str,
        *,
        count: int,
        max_id: int | None = None,
        min_id: int | None = None,
        min_timestamp: int | None = None,
        max_timestamp: int | None = None,
        viewer: str | None = None,
    ) -> tuple[list[Media], bool]:
        """See `World`."""
        bounds = Bounds(
            max_id=max_id,
            min_id=min_id,
            min_timestamp=min_timestamp,
            max_timestamp=max_timestamp,
        )
        return _cut(self._newest(user_id, viewer), count, bounds)

    def feed(
        self, user_id: str, *, count: int, max_id: int | None = None, min_id: int | None = None
    ) -> tuple[list[Media], bool]:
        """See `World`."""
        status = self.world.relationship
        media = [
            one
            for whom in self.invited
            if whom == user_id or status(user_id, whom).outgoing_status == "follows"
            for one in self._newest(whom, user_id)
        ]
        return _cut(media, count, Bounds(max_id=max_id, min_id=min_id))

    def liked(
        self, user_id: str, *, count: int, max_like_id: int | None = None
    ) -> tuple[list[Media], bool]:
        """See `World`."""
        wanted = {one.id for one in self._all(user_id) if one.user_has_liked}
        found: list[Media] = []
        more = bool(wanted)
        while more and len(found) <= count:
            page, more = self.world.liked(user_id, count=_CHUNK, max_like_id=max_like_id)
            found += [one for one in page if one.id in wanted]
            more = more and len(found) < len(wanted)
            max_like_id = media_pk(page[-1].id) if page else None
        return found[:count], len(found) > count

    def popular(self, *, count: int, viewer: str | None = None) -> list[Media]:
        """See `World`."""
        public = [one for one in self._all(viewer) if self.world.can_view(None, one.user.id)]
        newest, _ = _cut(public, count, EVERYTHING)
        return sorted(newest, key=lambda one: one.likes.count, reverse=True)

    def at_location(
        self,
        location_id: str,
        *,
        count: int,
        bounds: Bounds = EVERYTHING,
        viewer: str | None = None,
    ) -> tuple[list[Media], bool]:
        """See `World`."""
        media = [
            one for one in self._all(viewer) if one.location and one.location.id == location_id
        ]
        return _cut(media, count, bounds)

    def near(
        self,
        circle: Circle,
        *,
        count: int,
        bounds: Bounds = EVERYTHING,
        viewer: str | None = None,
    ) -> tuple[list[Media], bool]:
        """See `World`."""
        media = [
            one
            for one in self._all(viewer)
            if one.location is not None
            and one.location.latitude is not None
            and one.location.longitude is not None
            and circle.holds(one.location.latitude, one.location.longitude)
        ]
        return _cut(media, count, bounds)

    def tag(self, name: str) -> Tag:
        """See `World`."""
        name = name.lower()
        return Tag(name=name, media_count=self._tags()[name])

    def search_tags(self, q: str, *, count: int) -> list[Tag]:
        """See `World`."""
        begins = q.lower()
        found = [
            Tag(name=name, media_count=used)
            for name, used in self._tags().items()
            if q and name.startswith(begins)
        ]
        return sorted(found, key=lambda tag: (-tag.media_count, tag.name))[:count]

    def tagged(
        self,
        name: str,
        *,
        count: int,
        max_tag_id: int | None = None,
        min_tag_id: int | None = None,
        viewer: str | None = None,
    ) -> tuple[list[Tagged], int | None]:
        """See `World`."""
        wanted = {one.id for one in self._all() if name.lower() in one.tags}
        found: list[Tagged] = []
        more = bool(wanted)
        while more and len(found) <= count:
            page, max_tag_id = self.world.tagged(
                name, count=_CHUNK, max_tag_id=max_tag_id, min_tag_id=min_tag_id, viewer=viewer
            )
            found += [one for one in page if one.media.id in wanted]
            more = max_tag_id is not None and len(found) < len(wanted)
        return found[:count], found[count].tag_id if len(found) > count else None

    def _newest(self, user_id: str, viewer: str | None = None) -> list[Media]:
        return self.world.recent(user_id, count=_NEWEST, viewer=viewer)[0]

    def _all(self, viewer: str | None = None) -> Iterator[Media]:
        for user_id in self.invited:
            if self.world.user(user_id) is not None:
                yield from self._newest(user_id, viewer)

    def _tags(self) -> Counter[str]:
        return Counter(name for one in self._all() for name in one.tags)

    def _known(self, people: Sequence[UserSummary]) -> list[UserSummary]:
        return [one for one in people if one.id in self.invited]

    def _people(
        self,
        user_id: str,
        listing: Callable[..., tuple[list[UserSummary], list[int], bool]],
        count: int,
        cursor: int | None,
    ) -> tuple[list[UserSummary], list[int], bool]:
        found: list[tuple[UserSummary, int]] = []
        more = True
        while more and len(found) <= count:
            people, places, more = listing(user_id, count=_CHUNK, cursor=cursor)
            pairs = zip(people, places, strict=True)
            found += [pair for pair in pairs if pair[0].id in self.invited]
            cursor = places[-1] if places else None
        page = found[:count]
        return [who for who, _ in page], [place for _, place in page], len(found) > count


View = World | Sandbox
"""What an application sees."""


def _cut(media: Sequence[Media], count: int, bounds: Bounds) -> tuple[list[Media], bool]:
    """The newest of media within bounds, and whether there are more."""
    newest = sorted(media, key=lambda one: media_pk(one.id), reverse=True)
    found = [one for one in newest if _within(one, bounds)]
    return found[:count], len(found) > count


def _within(media: Media, bounds: Bounds) -> bool:
    pk = media_pk(media.id)
    if bounds.max_id is not None and pk >= bounds.max_id:
        return False
    if bounds.min_id is not None and pk <= bounds.min_id:
        return False
    return bounds.lets_in(int(media.created_time.timestamp()))
