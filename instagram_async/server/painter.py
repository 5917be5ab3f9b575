"""Draws the media of a seeded world, each from its own number alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random

from instagram_async.models import (
    Attribution,
    CarouselItem,
    Comment,
    Comments,
    Likes,
    Location,
    Media,
    Position,
    TaggedUser,
    User,
    UserInPhoto,
    UserSummary,
    pk_to_shortcode,
)
from instagram_async.server import phrases
from instagram_async.server.ids import pk_second
from instagram_async.server.people import summary
from instagram_async.server.pictures import draw_images, draw_videos

_KEPT = 4096
_MOST_COMMENTS, _MOST_LIKES = 8, 4


class Painter:
    """Draws media as they came in 2015, carousels of 2017 among them (reference B.1).

    Args:
        seed: of the world; the same seed, people and pk give the same media.
        people: who posts, comments and likes; the first is the one who looks.

    Example:
        >>> from instagram_async.server.people import draw_people
        >>> ann, *others = draw_people(0, 3)
        >>> Painter(0, [ann, *others]).draw(9 << 50, ann.id).user.id == ann.id
        True
    """

    def __init__(self, seed: int, people: Sequence[User]) -> None:
        self._seed = seed
        self._people = [summary(user) for user in people]
        self._by_id = {user.id: user for user in self._people}
        self.draw = lru_cache(_KEPT)(self._draw)

    def _draw(self, pk: int, owner: str) -> Media:
        rng = Random(f"{self._seed}/{pk}")  # noqa: S311 - a game, not a secret
        user = self._by_id[owner]
        code = pk_to_shortcode(pk)
        created = datetime.fromtimestamp(pk_second(pk), UTC)
        kind = rng.choices(("image", "video", "carousel"), (7, 2, 1))[0]
        parts = self._parts(rng, code) if kind == "carousel" else ()
        videos = draw_videos(code) if kind == "video" else parts[0].videos if parts else None
        tags = tuple(rng.sample(phrases.TAGS, rng.choice((0, 0, 1, 2, 4))))
        likes = self._likes(rng)
        return Media(
            id=f"{pk}_{owner}",
            created_time=created,
            user=user,
            type=kind,
            link=f"https://instagram.com/p/{code}/",
            images=draw_images(rng, code),
            videos=videos,
            carousel_media=parts,
            caption=_caption(rng, pk, created, user, tags),
            comments=self._comments(rng, pk, created),
            likes=likes,
            location=_location(rng),
            tags=tags,
            filter=rng.choice(phrases.FILTERS),
            attribution=_attribution(rng),
            users_in_photo=self._tagged(rng),
            user_has_liked=self._people[0] in likes.data,
        )

    def _parts(self, rng: Random, code: str) -> tuple[CarouselItem, ...]:
        return tuple(
            CarouselItem(type="video", videos=draw_videos(f"{code}/{at}"))
            if rng.random() < 0.3
            else CarouselItem(
                images=draw_images(rng, f"{code}/{at}"), users_in_photo=self._tagged(rng)
            )
            for at in range(rng.randrange(2, 6))
        )

    def _comments(self, rng: Random, pk: int, created: datetime) -> Comments:
        count = rng.choice((0, 1, 3, 8, 12, 240))
        moment, newest = created, list[Comment]()
        for number in range(max(0, count - _MOST_COMMENTS), count):
            moment += timedelta(seconds=rng.randrange(7200))
            newest.append(
                Comment(
                    id=str(pk + 1 + number),
                    created_time=moment,
                    text=rng.choice(phrases.COMMENTS),
                    author=rng.choice(self._people),
                )
            )
        return Comments(count=count, data=tuple(newest))

    def _likes(self, rng: Random) -> Likes:
        shown = rng.sample(self._people, min(rng.randrange(_MOST_LIKES + 1), len(self._people)))
        more = rng.choice((0, 30, 2000)) if len(shown) == _MOST_LIKES else 0
        return Likes(count=len(shown) + more, data=tuple(shown))

    def _tagged(self, rng: Random) -> tuple[UserInPhoto, ...]:
        if rng.random() < 0.8:
            return ()
        user = rng.choice(self._people)
        tagged = TaggedUser(
            username=user.username,
            id=user.id,
            full_name=user.full_name,
            profile_picture=user.profile_picture,
        )
        spot = Position(x=round(rng.random(), 4), y=round(rng.random(), 4))
        return (UserInPhoto(user=tagged, position=spot),)


def _caption(
    rng: Random, pk: int, created: datetime, user: UserSummary, tags: Sequence[str]
) -> Comment | None:
    if not tags and rng.random() < 0.25:
        return None
    text = " ".join((rng.choice(phrases.CAPTIONS), *(f"#{tag}" for tag in tags)))
    return Comment(id=str(pk), created_time=created, text=text, author=user)


def _location(rng: Random) -> Location | None:
    number = rng.randrange(len(phrases.PLACES))
    name, latitude, longitude = phrases.PLACES[number]
    whole = Location(id=str(4000 + number), name=name, latitude=latitude, longitude=longitude)
    partial = Location(latitude=latitude, longitude=longitude)
    return rng.choices((None, whole, partial), (14, 4, 1))[0]


def _attribution(rng: Random) -> Attribution | None:
    if rng.random() < 0.95:
        return None
    site = "https://darkroom.example/"
    return Attribution(name="Darkroom", website=site, itunes_url=f"{site}app")
