"""Who follows whom in a seeded world."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

_FIRST_TICK = 1_430_000_000_000  # ms, 25 April 2015
_GAP = 100_000  # ms between two ties, at most
_CHOSEN = 6  # whom everybody but the first follows, at most, besides the first
_ASKED, _FOLLOWED = 3, 4  # ranks of the private people


class Tie(NamedTuple):
    """Somebody follows somebody, or asks to.

    Attributes:
        who: rank of the one who follows.
        whom: rank of the one who is followed.
        tick: when, in milliseconds since 1970; no two are the same.
        asks: whether it is a request.
    """

    who: int
    whom: int
    tick: int
    asks: bool = False


def private_ranks(count: int) -> tuple[int, ...]:
    """Who of so many people is private.

    Returns:
        With more than four people the fourth, whom the first and second ask to follow;
        with more than five the fifth too, whom the first follows.
    """
    return tuple(rank for rank in (_ASKED, _FOLLOWED) if rank < count - 1)


def draw_ties(seed: int, count: int) -> Iterator[Tie]:
    """Draw the ties between so many people, oldest first.

    Args:
        seed: any number.
        count: how many people.

    Returns:
        Ties between ranks. Most people follow the first one, who follows many; everybody
        else follows a few.
    """
    rng = Random(f"ties/{seed}")  # noqa: S311 - a game, not a secret
    pairs = [pair for pair in _wanted(rng, count) if _ASKED not in pair]
    asking = [(0, _ASKED), (1, _ASKED)] if _ASKED in private_ranks(count) else []
    rng.shuffle(pairs)
    tick = _FIRST_TICK
    for at, (who, whom) in enumerate((*pairs, *asking)):
        tick += rng.randrange(1, _GAP)
        yield Tie(who, whom, tick, asks=at >= len(pairs))


def _wanted(rng: Random, count: int) -> list[tuple[int, int]]:
    others = range(1, count)
    pairs = {(0, other) for other in others if rng.random() < 0.6 or other == _FOLLOWED}
    pairs |= {(other, 0) for other in others if rng.random() < 0.9}
    for who in others:
        chosen = rng.sample(others, min(_CHOSEN, len(others)))
        pairs |= {(who, whom) for whom in chosen if who != whom}
    return sorted(pairs)
