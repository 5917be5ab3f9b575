"""The media of a world, and the listings of them by users (reference A.3 and A.7)."""

from __future__ import annotations

from datetime import datetime

from attrs import evolve

from instagram_async.models import Comments, Likes, Media
from instagram_async.models.pk import first_pk, pk_second
from instagram_async.server.bounds import Bounds
from instagram_async.server.ids import media_pk
from instagram_async.server.store.grid import cell_at
from instagram_async.server.store.spans import LARGEST
from instagram_async.server.world.faces import text_of
from instagram_async.server.world.holdings import COMMENTS_SHOWN, LIKES_SHOWN, model, models
from instagram_async.server.world.places import Places
from instagram_async.server.world.tags import Tags, spelled_all

INSERT = "INSERT INTO media VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
"""For the columns that `row_of` gives."""

_FORGET_LIKES = "INSERT OR REPLACE INTO unliked SELECT who, pk, tick FROM likes WHERE pk = ?"
_SAY = "INSERT INTO comments (pk, second, id, body) VALUES (?, ?, ?, ?)"
_CELL = "INSERT OR IGNORE INTO cells SELECT cell FROM media WHERE pk = ? AND cell IS NOT NULL"
_SLACK = """
INSERT INTO facts VALUES ('slack', ?)
ON CONFLICT DO UPDATE SET value = max(value, excluded.value)
"""


class Posts(Tags, Places):
    """Media, as they are posted, deleted and listed.

    Wherever `viewer` is a user's id, `user_has_liked` is about him; without it that is
    `None`. Nothing is hidden here: `can_view` tells what a viewer may see.
    """

    def media(self, media_id: str, *, viewer: str | None = None) -> Media | None:
        """Look up a media (reference B.1).

        Args:
            media_id: `<pk>_<user id>` or only `<pk>`.
            viewer: who looks.

        Returns:
            The media, `None` if there is none of this id.

        Raises:
            ValueError: the text is no media id.
        """
        post = self._find(media_id)
        return None if post is None else model(self.listings.one(post.pk, viewer))

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
        """One page of a user's media (reference A.7 and A.9).

        Args:
            user_id: whose media; he must be in the world.
            count: at most this many.
            max_id: only older ones than this pk, which itself is left out.
            min_id: only newer ones than this pk, which itself is left out.
            min_timestamp: only from this second on, seconds since 1970.
            max_timestamp: only up to this second, seconds since 1970.
            viewer: who looks.

        Returns:
            The media, newest first, and whether older ones are within the bounds.

        Raises:
            LookupError: there is no such user.
        """
        self._known(user_id)
        bounds = Bounds(
            max_id=max_id,
            min_id=min_id,
            min_timestamp=min_timestamp,
            max_timestamp=max_timestamp,
        )
        return models(self.listings.recent(user_id, count=count, bounds=bounds, viewer=viewer))

    def feed(
        self, user_id: str, *, count: int, max_id: int | None = None, min_id: int | None = None
    ) -> tuple[list[Media], bool]:
        """One page of what a user and those whom he follows have posted (reference A.7, 19).

        Args:
            user_id: whose feed; he is the viewer too.
            count: at most this many.
            max_id: only older ones than this pk, which itself is left out.
            min_id: only newer ones than this pk, which itself is left out.

        Returns:
            The media, newest first, and whether older ones are within the bounds.

        Raises:
            LookupError: there is no such user.
        """
        self._known(user_id)
        bounds = Bounds(max_id=max_id, min_id=min_id)
        return models(self.listings.feed(user_id, count=count, bounds=bounds))

    def popular(self, *, count: int, viewer: str | None = None) -> list[Media]:
        """The newest media of all who are not private, most liked first (reference A.3, 5).

        Args:
            count: at most this many.
            viewer: who looks.
        """
        return [model(one) for one in self.listings.popular(count=count, viewer=viewer)]

    def post(self, media: Media) -> None:
        """Publish a media under the id and time that it carries.

        Args:
            media: what to publish; `free_id` gives ids. A `created_time` that is not the
                time in the id is kept, as recorded media have it so. Its tags become
                lower case. Of its likes and comments those are taken over that are listed
                and whose authors live here; the counts follow from them.

        Raises:
            ValueError: the id is no media id or is taken, or its user is unknown.
        """
        pk = media_pk(media.id)
        if pk > LARGEST:
            raise ValueError(f"{media.id!r:.40} is no media id")
        with self._db.writing():
            if self._db.one("SELECT 1 FROM media WHERE pk = ?", pk):
                raise ValueError(f"there is a media {media.id}")
            if not self._lives_here(media.user.id):
                raise ValueError(f"there is no user {media.user.id}")
            self._take_in(pk, self._without_strangers(media))

    def delete(self, media_id: str) -> None:
        """Remove a media for good.

        Args:
            media_id: `<pk>_<user id>` or only `<pk>`.

        Raises:
            ValueError: the text is no media id.
            LookupError: there is no such media.
        """
        with self._db.writing():
            post = self._post(media_id)
            self._untag(post.pk)
            self._db.run(_FORGET_LIKES, post.pk)
            for table in ("likes", "comments", "media"):
                self._db.run(f"DELETE FROM {table} WHERE pk = ?", post.pk)  # noqa: S608
            self._db.run("UPDATE users SET media = media - 1 WHERE id = ?", post.owner)

    def free_id(self, user_id: str, created_time: datetime) -> str:
        """An id that no media has yet, for a post of that moment.

        Args:
            user_id: who is going to post.
            created_time: when, aware; not before August 2011.

        Returns:
            `<pk>_<user id>`; of one millisecond each next id is larger.

        Raises:
            ValueError: the time knows no zone.
        """
        if created_time.tzinfo is None:
            raise ValueError(f"the time must know its zone: {created_time}")
        pk = first_pk(int(created_time.timestamp() * 1000))
        while self._db.one("SELECT 1 FROM media WHERE pk = ?", pk):
            pk += 1
        return f"{pk}_{user_id}"

    def _lives_here(self, user_id: str) -> bool:
        return self._db.one("SELECT 1 FROM users WHERE id = ?", user_id) is not None

    def _without_strangers(self, media: Media) -> Media:
        likers = {user.id: user for user in media.likes.data if self._lives_here(user.id)}
        known = (
            one for one in media.comments.data if one.author and self._lives_here(one.author.id)
        )
        said = sorted(known, key=lambda one: one.created_time)
        return evolve(
            media,
            tags=spelled_all(media.tags),
            likes=Likes(count=len(likers), data=tuple(likers.values())),
            comments=Comments(count=len(said), data=tuple(said)),
            user_has_liked=None,
        )

    def _take_in(self, pk: int, media: Media) -> None:
        likers = self._people(user.id for user in media.likes.data)
        face = evolve(
            media,
            likes=evolve(media.likes, data=tuple(likers[:LIKES_SHOWN])),
            comments=evolve(media.comments, data=media.comments.data[-COMMENTS_SHOWN:]),
        )
        second = int(media.created_time.timestamp())
        last = max([pk, *(int(one.id) for one in media.comments.data if one.id.isdecimal())])
        row = row_of(pk, face, second=second, last_comment=min(last, LARGEST - 1))
        self._db.run(INSERT, *row)
        self._db.run("UPDATE users SET media = media + 1 WHERE id = ?", media.user.id)
        if slack := abs(second - pk_second(pk)):
            self._db.run(_SLACK, slack)
        self._db.run(_CELL, pk)
        for name in media.tags:
            self._apply(name, pk, pk)
        # The first in the list is the one who liked it last.
        for user in reversed(likers):
            self._db.run("INSERT OR IGNORE INTO likes VALUES (?, ?, ?)", user.id, pk, self._tick())
            self._db.run("DELETE FROM unliked WHERE who = ? AND pk = ?", user.id, pk)
        for one in media.comments.data:
            self._db.run(_SAY, pk, int(one.created_time.timestamp()), one.id, text_of(one))
        if media.location is not None and media.location.id is not None:
            self._put_on_map(media.location)


def row_of(
    pk: int, face: Media, *, second: int, last_comment: int, is_drawn: bool = False
) -> tuple[object, ...]:
    """What is kept of a media, column by column.

    Args:
        pk: its number.
        face: as it is shown without a viewer.
        second: when it was posted, seconds since 1970.
        last_comment: the largest id of its comments, its pk without any.
        is_drawn: whether its comments are left to the painter.
    """
    place = face.location
    lat, lng = (place.latitude, place.longitude) if place else (None, None)
    return (
        pk, face.user.id, face.id, second, face.likes.count, face.comments.count, last_comment,
        not is_drawn, place.id if place else None, cell_at(lat, lng), lat, lng, text_of(face),
    )  # fmt: skip
