"""How much sooner a parallel read is there, on a virtual clock, and what it costs."""

from __future__ import annotations

import pytest

from benchmarks.windows import BUFFER, race

FLOORS = {"uniform": (11, 0.12), "growing": (11, 0.12), "bursty": (8, 0.5), "wave": (9.5, 0.2)}
BUFFERED = {"uniform": 10, "growing": 8, "bursty": 4, "wave": 9}


@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("shape", FLOORS)
def test_two_hundred_pages(shape: str, seed: int, ordered: bool) -> None:
    shorter, more = FLOORS[shape]
    went = race(shape, 200, seed, ordered=ordered, room=6_600)
    assert went.shorter >= shorter
    assert went.more <= more
    assert went.report.complete
    assert went.report.saved > 170


@pytest.mark.parametrize("shape", BUFFERED)
def test_a_thousand_pages_in_a_buffer(shape: str) -> None:
    went = race(shape, 1_000, 0)
    assert went.shorter >= BUFFERED[shape]
    assert went.held <= BUFFER
