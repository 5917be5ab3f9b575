"""Long listings read by many windows: each item once, and in order."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instagram_async.paging import WindowedPager
from tests.support.lists import listing
from tests.support.timelines import DATED, Heeds, Timeline, shaped
from tests.support.virtual import run
from tests.support.windowed import read

HEEDS: tuple[Heeds, ...] = ("inclusive", "exclusive", "no")
SHAPES = ("uniform", "growing", "bursty", "wave")


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SHAPES), st.integers(5_000, 100_000), st.integers(0, 99), st.integers(2, 64),
    st.booleans(), st.booleans(), st.sampled_from(HEEDS), st.sampled_from(HEEDS),
)  # fmt: skip
def test_whatever_the_timeline_and_the_server(
    shape: str, number: int, seed: int, n: int, ordered: bool, counted: bool,
    times: Heeds, ids: Heeds,
) -> None:  # fmt: skip
    made = Timeline(shaped(shape, number, seed), times=times, ids=ids, trip=1, dice=Random(seed))
    pager = WindowedPager(listing(DATED, 33), made.send, count=made.count if counted else None)
    got, report, _ = run(read(pager.parallel(n, ordered)))
    assert report.complete
    if not ordered:
        got = sorted(got, key=lambda post: -post.pk)
    assert got == made.posts[::-1]
