"""One timeline read by many windows at once, on a virtual clock and on a real one."""

from __future__ import annotations

import asyncio
from random import Random

from attrs import frozen

from benchmarks.report import Result, progress
from instagram_async.paging import Report, WindowedPager
from tests.support.lists import Post, listing
from tests.support.timelines import DATED, Timeline, shaped
from tests.support.virtual import run

SHAPES = ("uniform", "growing", "bursty", "wave")
READERS, PAGE, BUFFER = 16, 33, 5_000
_TRIP = 0.05  # seconds, of the wall figures


@frozen
class Race:
    """How a parallel read went.

    Attributes:
        shorter: how many times shorter than the plain walk it was.
        more: the requests beside those of the plain walk, for each of these.
        held: the most items that were held at once, with the page at hand.
        report: its own account.
    """

    shorter: float
    more: float
    held: int
    report: Report


def race(shape: str, pages: int, seed: int, *, ordered: bool = True, room: int = BUFFER) -> Race:
    """Read a timeline as a plain walk and in parallel, in virtual time.

    Args:
        shape: of the timeline, see `shaped`.
        pages: how long it is.
        seed: of the timeline and of the round trips, 0.8 to 1.2 seconds each.
        ordered: whether the items come in order.
        room: how many of them may be held for that.

    Raises:
        ValueError: an item was missing, doubled or out of place.
    """
    posts = shaped(shape, pages * PAGE, seed)
    plain, windows = [Timeline(posts, trip=1.0, dice=Random(seed)) for _ in range(2)]
    walked = run(_walk(plain))
    taken, held, report = run(_parallel(windows, ordered=ordered, room=room))
    return Race(walked / taken, report.requests / len(plain.asked) - 1, held, report)


def measure(*, quick: bool) -> Result:
    """Run the benchmark.

    Args:
        quick: one seed and no wall times.

    Returns:
        How many times shorter parallel reads are, and what they cost.
    """
    rows: list[list[str]] = []
    seeds = range(1 if quick else 5)
    ways = [("as they come", 200, False, 0), ("all have room", 200, True, 200 * PAGE)]
    ways.append((f"buffer={BUFFER:,}", 1_000, True, BUFFER))
    walked = {} if quick else asyncio.run(_walks({pages for _, pages, _, _ in ways}))
    with progress("windows", len(ways) * len(SHAPES) * len(seeds)) as step:
        for name, pages, ordered, room in ways:
            for shape in SHAPES:
                races: list[Race] = []
                for seed in seeds:
                    races.append(race(shape, pages, seed, ordered=ordered, room=room))
                    step()
                wall = ""
                if not quick:
                    took = _wall(shape, pages, ordered=ordered, room=room)
                    wall = f"{walked[shape, pages]:.1f} -> {took:.2f}"
                rows.append([f"{shape}, {pages:,} pages, {name}", *_cells(races), wall])
    return Result(
        "windows",
        f"pager.parallel({READERS}) against the plain walk of the same timeline, pages of {PAGE}; "
        f"each reply takes 1 +- 0.2 round trips on a virtual clock (mean and worst of "
        f"{len(seeds)} seeds). Every item came once and in order. Wall: a plain walk and a "
        f"parallel read of one timeline at {_TRIP * 1e3:.0f} +- {_TRIP * 200:.0f} ms a reply.",
        ("", "x shorter", "worst", "% more requests", "worst", "items held", "wall s"),
        rows,
        ("instagram-async",),
    )


def _cells(races: list[Race]) -> list[str]:
    shorter, more = [one.shorter for one in races], [100 * one.more for one in races]
    return [
        f"{sum(shorter) / len(races):.1f}",
        f"{min(shorter):.1f}",
        f"{sum(more) / len(races):.0f}",
        f"{max(more):.0f}",
        f"{max(one.held for one in races):,}",
    ]


async def _walks(lengths: set[int]) -> dict[tuple[str, int], float]:
    """Seconds that plain walks take, all at once: they do little but wait."""
    kinds = [(shape, pages) for shape in SHAPES for pages in sorted(lengths)]
    lines = [Timeline(shaped(shape, pages * PAGE, 0), trip=_TRIP) for shape, pages in kinds]
    return dict(zip(kinds, await asyncio.gather(*map(_walk, lines)), strict=True))


def _wall(shape: str, pages: int, *, ordered: bool, room: int) -> float:
    timeline = Timeline(shaped(shape, pages * PAGE, 0), trip=_TRIP)
    return asyncio.run(_parallel(timeline, ordered=ordered, room=room))[0]


def _pager(timeline: Timeline) -> WindowedPager[Post]:
    return WindowedPager(listing(DATED, PAGE), timeline.send, count=timeline.count)


async def _walk(timeline: Timeline) -> float:
    clock = asyncio.get_running_loop().time
    started = clock()
    _check([post.pk async for post in _pager(timeline)], timeline)
    return clock() - started


async def _parallel(timeline: Timeline, *, ordered: bool, room: int) -> tuple[float, int, Report]:
    clock = asyncio.get_running_loop().time
    started, held, got = clock(), 0, list[int]()
    async with _pager(timeline).parallel(READERS, ordered, room or 1) as items:
        async for post in items:
            got.append(post.pk)
            held = max(held, len(timeline.alive))
        taken = clock() - started
    _check(got if ordered else sorted(got, reverse=True), timeline)
    return taken, held, items.report


def _check(got: list[int], timeline: Timeline) -> None:
    if got != [post.pk for post in reversed(timeline.posts)]:
        raise ValueError("an item is missing, doubled or out of place")
