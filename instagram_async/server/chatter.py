"""Who likes the media of a seeded world, and what is said about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from instagram_async.models import Comment, UserSummary
from instagram_async.models.pk import pk_second
from instagram_async.server import phrases

_SIZES = (0, 1, 3, 8, 12, 240)
_LIKES = (0, 2, 3, 6, 12, 160)
_STEP = 300  # seconds between two comments, at most
_DELAYS = 1_000_000  # ms between two likes, at most


class Chatter:
    """Draws likes and comments, each media's from its own number alone.

    Args:
        seed: of the world.
        people: who likes and comments.
    """

    def __init__(self, seed: int, people: Sequence[UserSummary]) -> None:
        self._crowd = people
        self._name = f"{seed}/chatter"
        self._ids = [user.id for user in people]

    def comment_count(self, pk: int) -> int:
        """How many comments a media has."""
        return _SIZES[pk_second(pk) % len(_SIZES)]

    def likes(self, pk: int) -> Mapping[str, int]:
        """The ids of those who like a media with the ticks of their likes, latest last."""
        rng = Random(f"{self._name}/likes/{pk}")  # noqa: S311 - a game, not a secret
        size = min(rng.choice(_LIKES), len(self._ids))
        first = pk_second(pk) * 1000
        gap = rng.randrange(1, _DELAYS)
        return {who: first + gap * at for at, who in enumerate(rng.sample(self._ids, size), 1)}

    def comments(self, pk: int, newest: int) -> Sequence[Comment]:
        """That many of a media's newest comments, oldest first."""
        count = self.comment_count(pk)
        rng = Random(f"{self._name}/comments/{pk}")  # noqa: S311 - a game, not a secret
        start = datetime.fromtimestamp(pk_second(pk), UTC)
        # From the newest back, so that the newest few are the same however many are asked for.
        drawn = [
            Comment(
                id=str(pk + 1 + number),
                created_time=start + timedelta(seconds=number * _STEP + rng.randrange(_STEP)),
                text=rng.choice(phrases.COMMENTS),
                author=rng.choice(self._crowd),
            )
            for number in range(count - 1, max(-1, count - 1 - newest), -1)
        ]
        return tuple(reversed(drawn))
