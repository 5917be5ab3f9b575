"""The synthetic people of a seeded world."""

from __future__ import annotations

from random import Random

from instagram_async.models import Counts, User, UserSummary
from instagram_async.server.pictures import portrait_url

_NAMES = (
    "Ana", "Björn", "Chiara", "Dmitri", "Elif", "Fumiko", "Giorgos", "Hana", "Iñaki", "Jamila",
    "Kofi", "Łucja", "Mehmet", "Noor", "Oksana", "Pía", "Quentin", "Ravi", "Søren", "Thuy",
)  # fmt: skip
_TRADES = ("baker", "climber", "gardener", "sailor", "potter", "cyclist", "reader", "cook")
_BIOS = (
    "", "just looking around", "coffee ☕ / trains 🚂 / rain", "Здесь только горы",
    "写真と猫 🐈", 'says "hi" & <waves> / all day',
)  # fmt: skip


def draw_people(seed: int, count: int) -> list[User]:
    """Draw people; the same arguments give the same people.

    Args:
        seed: any number.
        count: how many.

    Returns:
        Users with different ids and names; some ids do not fit 32 bits (reference B.2).
    """
    rng = Random(f"people/{seed}")  # noqa: S311 - a game, not a secret
    ids = rng.sample(range(1_000_000, 3_000_000_000), count)
    return [_person(rng, rank, user_id) for rank, user_id in enumerate(ids)]


def _person(rng: Random, rank: int, user_id: int) -> User:
    name, trade = rng.choice(_NAMES), rng.choice(_TRADES)
    username = f"{trade}_{rank}"
    return User(
        id=str(user_id),
        username=username,
        full_name=rng.choice(("", name, f"{name} the {trade.title()}")),
        profile_picture=portrait_url(str(user_id)),
        bio=rng.choice(_BIOS),
        website=rng.choice(("", f"https://{trade}-{rank}.example/?from=v1&lang=en")),
        counts=Counts(followed_by=rng.randrange(5000), follows=rng.randrange(800)),
    )


def summary(user: User) -> UserSummary:
    """The short form in which a user stands in media and comments (reference B.2).

    Args:
        user: the whole user.
    """
    return UserSummary(
        id=user.id,
        username=user.username,
        full_name=user.full_name,
        profile_picture=user.profile_picture,
    )
