"""The media of a sandbox, and what is said to them."""

from __future__ import annotations

from collections.abc import Sequence

from instagram_async.models import Comment, Media, UserSummary
from instagram_async.server.bounds import EVERYTHING, Bounds
from instagram_async.server.ids import media_pk
from instagram_async.server.sandbox.invited import CHUNK, Invited


class PostsOfSandbox(Invited):
    """The newest media of those who are invited; see `Posts` of a world."""

    def media(self, media_id: str, *, viewer: str | None = None) -> Media | None:
        """See `World`."""
        found = self._world.media(media_id, viewer=viewer)
        if found is None or found.user.id not in self._invited:
            return None
        if found.id not in {one.id for one in self._newest(found.user.id)}:
            return None
        return self._with_known(found)

    def comments(self, media_id: str, *, count: int) -> Sequence[Comment]:
        """See `World`."""
        return self._said(media_id)[-count:]

    def likes(self, media_id: str, *, count: int) -> list[UserSummary]:
        """See `World`."""
        return self._likers(media_id)[:count]

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
        return self._cut(self._newest(user_id, viewer), count, bounds)

    def feed(
        self, user_id: str, *, count: int, max_id: int | None = None, min_id: int | None = None
    ) -> tuple[list[Media], bool]:
        """See `World`."""
        status = self._world.relationship
        media = [
            one
            for whom in self._there()
            if whom == user_id or status(user_id, whom).outgoing_status == "follows"
            for one in self._newest(whom, user_id)
        ]
        return self._cut(media, count, Bounds(max_id=max_id, min_id=min_id))

    def liked(
        self, user_id: str, *, count: int, max_like_id: int | None = None
    ) -> tuple[list[Media], bool]:
        """See `World`."""
        wanted = {one.id for one in self._all(user_id) if one.user_has_liked}
        found: list[Media] = []
        more = bool(wanted)
        while more and len(found) <= count:
            page, more = self._world.liked(user_id, count=CHUNK, max_like_id=max_like_id)
            found += [one for one in page if one.id in wanted]
            more = more and len(found) < len(wanted)
            max_like_id = media_pk(page[-1].id) if page else None
        return self._seen(found[:count]), len(found) > count

    def popular(self, *, count: int, viewer: str | None = None) -> list[Media]:
        """See `World`."""
        public = [one for one in self._all(viewer) if self._world.can_view(None, one.user.id)]
        newest, _ = self._cut(public, count, EVERYTHING)
        return sorted(newest, key=lambda one: one.likes.count, reverse=True)
