"""A limit holds over all runs of a job, and a listing may begin anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.hall import due
from tests.support.jobs import (
    Disk,
    FullDiskError,
    asked,
    hall_of,
    once,
    shown,
)


@pytest.mark.parametrize("killed_at", [1, 3])
async def test_a_limit_counts_over_all_runs(tmp_path: Path, killed_at: int) -> None:
    hall, disk = hall_of(shown("a", 40)), Disk(fail={"write": killed_at})
    with pytest.raises(FullDiskError):
        await once(tmp_path, disk, {"a": hall.pager("a").limit(23)})
    report = await once(tmp_path, disk, {"a": hall.pager("a").limit(23)})
    assert disk.pks("a") == due(hall.shown["a"])[:23]
    assert (report.over, report.items) == (1, 23 - 5 * killed_at)
    before = asked(hall)
    assert (await once(tmp_path, disk, {"a": hall.pager("a").limit(23)})).over == 1
    assert (await once(tmp_path, disk, {"a": hall.pager("a").limit(10)})).over == 1
    assert asked(hall) == before


async def test_a_higher_limit_goes_on(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 40)), Disk()
    for limit in (0, 12, 13):
        report = await once(tmp_path, disk, {"a": hall.pager("a").limit(limit)})
        assert (report.over, disk.pks("a")) == (1, due(hall.shown["a"])[:limit])
    report = await once(tmp_path, disk, {"a": hall.pager("a")})
    assert (report.over, disk.pks("a")) == (1, due(hall.shown["a"]))


async def test_a_pager_that_begins_elsewhere_begins_there_once(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 23)), Disk(fail={"write": 2})
    pages = hall.pager("a").pages()
    await anext(pages)
    pager = hall.pager("a").resume(pages.checkpoint)
    with pytest.raises(FullDiskError):
        await once(tmp_path, disk, {"a": pager})
    await once(tmp_path, disk, {"a": pager})
    assert disk.pks("a") == due(hall.shown["a"])[5:]
