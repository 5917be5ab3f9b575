"""When the people of a seeded world post: gaps of all sizes, some posts in one second."""

from __future__ import annotations

from random import Random

from instagram_async.models.pk import first_pk, pk_second

MOST_PEOPLE = 8192
_NEWEST_MS = 1_442_750_400_000  # 20 September 2015, 12:00 UTC
_SPAN_MS = 4 * 365 * 86_400_000  # back to where pks begin, almost
_SERIALS = 1024
# Gaps in seconds with their weights: bursts, days, and holidays of a month or two.
_GAPS = ((0, 2), (40, 2), (3_600, 8), (86_400, 10), (4_000_000, 1))


def draw_pks(seed: int, rank: int, count: int) -> list[tuple[int, int]]:
    """Draw the moments of somebody's posts.

    Args:
        seed: any number; the same one gives the same moments.
        rank: of the person, below `MOST_PEOPLE`; no two people get the same pk.
        count: how many.

    Returns:
        Pks with their seconds since 1970, oldest first. However many there are, they
        lie within the four years before 20 September 2015.
    """
    rng = Random(f"times/{seed}/{rank}")  # noqa: S311 - a game, not a secret
    sizes, weights = zip(*_GAPS, strict=True)
    gaps = [rng.uniform(0, 2000 * most) for most in rng.choices(sizes, weights, k=count)]
    shrink = min(1.0, _SPAN_MS / sum(gaps)) if any(gaps) else 1.0
    ms, pks = float(_NEWEST_MS), list[int]()
    for at, gap in enumerate(gaps):
        # The low bits keep apart what shares a millisecond: people, and posts of one burst.
        pks.append(first_pk(int(ms)) + rank * _SERIALS + at % _SERIALS)
        ms -= gap * shrink
    return [(pk, pk_second(pk)) for pk in sorted(pks)]
