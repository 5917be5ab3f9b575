"""Whatever breaks off whenever: what was committed is there, once, in order, and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instagram_async import Media, Tag
from instagram_async.bulk import CSVSink, JSONLinesSink, ParquetSink, Row, SQLiteSink
from instagram_async.testing import make_media
from tests.support.disk import Disk, Loss
from tests.support.turns import Turns, read_back

Make = Callable[[Path], Any]
SINKS: dict[str, Make] = {
    "sqlite": lambda folder: SQLiteSink(folder.parent / "job.db"),
    "csv": lambda folder: CSVSink(folder / "rows.csv"),
    "parquet": lambda folder: ParquetSink(folder, rows_per_file=3),
    "lines": lambda folder: JSONLinesSink(folder / "rows.jsonl"),
}
every_sink = pytest.mark.parametrize("make", SINKS.values(), ids=SINKS)
LOSSES: tuple[Loss, ...] = get_args(Loss)

turns = st.lists(
    st.tuples(
        st.lists(st.integers(0, 4), max_size=3),  # rows of each write
        st.booleans(),  # the job is over, and later goes on
        st.none() | st.integers(0, 16).map(lambda step: step / 2),
        st.sampled_from(["goes on", "lost", "killed behind it"]),
        st.sampled_from(LOSSES),
    ),
    max_size=8,
)


def rows_of(sizes: list[int], numbers: Any) -> list[list[Row]]:
    made = [[make_media(next(numbers)) for _ in range(size)] for size in sizes]
    return [[Row("snow", media.id, media) for media in some] for some in made]


@every_sink
@given(turns=turns)
@settings(deadline=None, max_examples=60)
def test_what_was_committed_is_there(make: Make, turns: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "rows"
        folder.mkdir()
        numbers = count(1)
        with Disk(folder) as disk:
            job = Turns(Path(made) / "job.db", lambda: make(folder), disk)
            for sizes, last, crash_at, fate, loss in turns:
                rows = rows_of(sizes, numbers)
                is_lost = fate == "lost"
                done = job.turn(rows, last=last, crash_at=crash_at, is_lost=is_lost)
                if not done or fate == "killed behind it":
                    job.break_off(loss)
            assert job.turn([], last=True)
            job.break_off("all")  # what was committed outlasts a power cut
            assert job.turn([])  # and opening tidies up
            job.break_off("nothing")
        assert read_back(make(folder), Media) == job.committed


@every_sink
@pytest.mark.parametrize("loss", LOSSES)
def test_each_step_may_be_the_last(make: Make, tmp_path: Path, loss: Loss) -> None:
    """One after the other, until a turn has no more steps."""
    for step in count():
        folder = tmp_path / f"{step}" / "rows"
        folder.mkdir(parents=True)
        numbers = count(1)
        with Disk(folder) as disk:
            job = Turns(folder.parent / "job.db", lambda at=folder: make(at), disk)  # type: ignore[misc]
            assert job.turn(rows_of([2, 2], numbers))
            is_done = job.turn(rows_of([3], numbers), last=True, crash_at=step / 2)
            job.break_off(loss)
            assert job.turn(rows_of([1], numbers), last=True)
            job.break_off("all")
        assert read_back(make(folder), Media) == job.committed
        assert len(job.committed) == (8 if is_done else 5)
        if is_done:
            break
    least = {"sqlite": 0, "csv": 2, "parquet": 8, "lines": 2}
    assert step >= least[next(name for name in SINKS if SINKS[name] is make)]


@every_sink
def test_a_ledger_that_counts_nothing_leaves_no_trace(make: Make, tmp_path: Path) -> None:
    """The first commit of all may be the one that fails."""
    folder = tmp_path / "rows"
    folder.mkdir()
    with Disk(folder) as disk:
        job = Turns(tmp_path / "job.db", lambda: make(folder), disk)
        for step in range(6):
            job.turn([], crash_at=step / 2)
            job.break_off("nothing")
        assert job.turn(rows_of([2], count(1)), last=True)
        job.break_off("all")
    assert read_back(make(folder), Media) == job.committed


@every_sink
def test_a_kind_that_has_no_row(make: Make, tmp_path: Path) -> None:
    folder = tmp_path / "rows"
    folder.mkdir()
    with Disk(folder) as disk:
        job = Turns(tmp_path / "job.db", lambda: make(folder), disk)
        assert job.turn([[]], last=True)
        job.break_off("all")
    assert read_back(make(folder), Tag) == []
