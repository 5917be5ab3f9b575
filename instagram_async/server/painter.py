"""Draws the media of a seeded world, each from its own number alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from random import Random

from attrs import evolve

from instagram_async.models import (
    Attribution,
    CarouselItem,
    Comment,
    Comments,
    Likes,
    Media,
    Position,
    TaggedUser,
    User,
    UserInPhoto,
    UserSummary,
    pk_to_shortcode,
)
from instagram_async.models.pk import pk_second
from instagram_async.server import phrases
from instagram_async.server.chatter import Chatter
from instagram_async.server.labels import Labels, draw_labels
from instagram_async.server.people import summary
from instagram_async.server.pictures import draw_images, draw_videos, look_of

_COMMENTS_SHOWN, _LIKES_SHOWN = 8, 4  # inside a media (reference B.1)


class Painter(Chatter):
    """Draws media as they came in 2015, carousels of 2017 among them (reference B.1).

    It is the source of a seeded world's media: what they are like when they are posted.

    Args:
        seed: of the world; the same seed, people and pk give the same media.
        people: who posts, comments and likes.

    Example:
        >>> from instagram_async.server.people import draw_people
        >>> ann, *others = draw_people(0, 3)
        >>> Painter(0, [ann, *others]).face(9 << 50, ann.id).user.id == ann.id
        True
    """

    def __init__(self, seed: int, people: Sequence[User]) -> None:
        self._seed = seed
        self._people = [summary(user) for user in people]
        self._by_id = {user.id: user for user in self._people}
        super().__init__(seed, self._people)

    def labels(self, pk: int) -> Labels:
        """A media's tags with their ids, and its place."""
        return draw_labels(self._seed, pk)

    def face(self, pk: int, owner: str) -> Media:
        """A media as it was when it was posted, with the latest likes and comments."""
        return self.dressed(pk, owner, self.labels(pk), self.likes(pk))

    def dressed(self, pk: int, owner: str, labels: Labels, likes: Mapping[str, int]) -> Media:
        """The same, when its labels and likes are drawn already."""
        latest = [self._by_id[who] for who in list(likes)[: -_LIKES_SHOWN - 1 : -1]]
        said = self.comments(pk, _COMMENTS_SHOWN)
        return evolve(
            self._still(pk, owner, labels),
            comments=Comments(count=self.comment_count(pk), data=tuple(said)),
            likes=Likes(count=len(likes), data=tuple(latest)),
        )

    def _still(self, pk: int, owner: str, labels: Labels) -> Media:
        rng = Random(f"{self._seed}/{pk}")  # noqa: S311 - a game, not a secret
        user = self._by_id[owner]
        code = pk_to_shortcode(pk)
        created = datetime.fromtimestamp(pk_second(pk), UTC)
        kind = rng.choices(("image", "video", "carousel"), (7, 2, 1))[0]
        name = rng.choice(phrases.FILTERS)
        look = look_of(name)
        parts = self._parts(rng, code, look) if kind == "carousel" else ()
        videos = draw_videos(code, look) if kind == "video" else parts[0].videos if parts else None
        tags, location = labels
        return Media(
            id=f"{pk}_{owner}",
            created_time=created,
            user=user,
            type=kind,
            link=f"https://instagram.com/p/{code}/",
            images=draw_images(rng, code, look),
            videos=videos,
            carousel_media=parts,
            caption=_caption(rng, pk, created, user, tuple(tags)),
            location=location,
            tags=tuple(tags),
            filter=name,
            attribution=_attribution(rng),
            users_in_photo=self._tagged(rng),
        )

    def _parts(self, rng: Random, code: str, look: str) -> tuple[CarouselItem, ...]:
        return tuple(
            CarouselItem(type="video", videos=draw_videos(f"{code}/{at}", look))
            if rng.random() < 0.3
            else CarouselItem(
                images=draw_images(rng, f"{code}/{at}", look), users_in_photo=self._tagged(rng)
            )
            for at in range(rng.randrange(2, 6))
        )

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


def _attribution(rng: Random) -> Attribution | None:
    if rng.random() < 0.95:
        return None
    site = "https://darkroom.example/"
    return Attribution(name="Darkroom", website=site, itunes_url=f"{site}app")
