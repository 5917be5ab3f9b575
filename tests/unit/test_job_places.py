"""Where the listings of a job stand: told by its ledger, at any time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from instagram_async import bulk
from instagram_async.bulk.ledger import Ledger
from tests.support.hall import due
from tests.support.jobs import Disk, FullDiskError, hall_of, job, once, shown
from tests.support.lists import OPAQUE
from tests.support.news import BY_PK, RULES, pagers, post

EACH_RULE = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


async def pks(pager: Any) -> list[int]:
    return [item.pk async for item in pager]


@EACH_RULE
async def test_pages_have_the_watermark_of_items(rule: Any) -> None:
    hall = hall_of(shown("a", 23))
    items = aiter(hall.pager("a", rule))
    assert len([item async for item in items]) == 23
    pages = hall.pager("a", rule).pages()
    for number in range(5):
        assert pages.watermark is None
        assert len((await anext(pages)).items) == (5 if number < 4 else 3)
    assert pages.watermark == items.watermark is not None
    post(hall, "a", *range(24, 36))
    pages = hall.pager("a", rule).since(items.watermark).pages()
    for _ in range(3):
        assert pages.watermark == items.watermark
        await anext(pages)
    assert pages.watermark not in (items.watermark, None)
    limited = hall.pager("a", rule).limit(23).pages()
    assert len([page async for page in limited]) == 5
    assert limited.watermark is None


async def test_pages_that_have_no_watermark_say_so() -> None:
    with pytest.raises(TypeError, match="does not give the newest first"):
        _ = hall_of(shown("a", 3)).pager("a", OPAQUE).pages().watermark


@EACH_RULE
async def test_another_may_go_on_from_where_a_job_stands(tmp_path: Path, rule: Any) -> None:
    hall, disk = hall_of(shown("a", 23)), Disk(fail={"write": 2})
    one = job(tmp_path, disk)
    with pytest.raises(FullDiskError):
        async with one:
            await one.run(pagers(hall, rule))
    assert one.watermark("a") is None
    assert await pks(hall.pager("a", rule).resume(one.checkpoint("a"))) == due(hall.shown["a"])[10:]
    assert await pks(hall.pager("a", rule).since(one.watermark("a"))) == due(hall.shown["a"])
    await once(tmp_path, disk, pagers(hall, rule))
    post(hall, "a", 24, 25)
    assert await pks(hall.pager("a", rule).resume(one.checkpoint("a"))) == []
    assert await pks(hall.pager("a", rule).since(one.watermark("a"))) == [25, 24]


async def test_a_listing_that_can_have_no_watermark_has_none(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 9)), Disk()
    async with job(tmp_path, disk) as one:
        await one.run(hall.pagers())
        assert one.watermark("a") is None
        assert await pks(hall.pager("a").resume(one.checkpoint("a"))) == []


async def test_places_are_told_before_the_block_and_while_a_run_goes_on(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 23)), Disk()
    await once(tmp_path, disk, pagers(hall))
    post(hall, "a", *range(24, 40))
    one, told = job(tmp_path, disk), list[tuple[int, str, str | None]]()
    mark = one.watermark("a")

    def tell(progress: bulk.Progress) -> None:
        told.append((progress.items, one.checkpoint("a"), one.watermark("a")))

    async with one:
        await one.run(pagers(hall), refresh=True, on_progress=tell, progress_every=0)
    for items, checkpoint, watermark in told[:3]:
        assert watermark == mark
        rest = await pks(hall.pager("a", BY_PK).resume(checkpoint))
        assert rest == list(range(39 - items, 23, -1))
    assert told[-1] == (16, one.checkpoint("a"), one.watermark("a"))
    assert one.watermark("a") != mark


async def test_a_place_and_its_watermark_are_of_one_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall, disk = hall_of(shown("a", 5)), Disk()
    await once(tmp_path, disk, pagers(hall))
    post(hall, "a", 6)
    before = job(tmp_path, disk).checkpoint("a"), job(tmp_path, disk).watermark("a")

    def no_commit(ledger: Ledger) -> None:
        raise FullDiskError

    with monkeypatch.context() as patch, pytest.raises(FullDiskError):
        async with job(tmp_path, disk) as one:
            patch.setattr(Ledger, "commit", no_commit)
            await one.run(pagers(hall), refresh=True)
    assert (one.checkpoint("a"), one.watermark("a")) == before
    assert (await once(tmp_path, disk, pagers(hall), refresh=True)).items == 1


@pytest.mark.parametrize("ask", ["checkpoint", "watermark"])
async def test_what_the_ledger_does_not_know_is_told(tmp_path: Path, ask: str) -> None:
    one, path = job(tmp_path, Disk()), tmp_path / "ledger.db"
    with pytest.raises(FileNotFoundError, match="there is no ledger yet"):
        getattr(one, ask)("a")
    assert not path.exists()
    path.touch()
    with pytest.raises(KeyError, match="'a'"):
        getattr(one, ask)("a")
    path.unlink()
    async with one:
        with pytest.raises(KeyError, match="'a'"):
            getattr(one, ask)("a")
    path.write_text("media,likes\n" * 1000)
    with pytest.raises(bulk.LedgerError, match="is no ledger"):
        getattr(one, ask)("a")


async def test_what_is_asked_leaves_no_file_open(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 5)), Disk()
    await once(tmp_path, disk, pagers(hall))
    job(tmp_path, disk).checkpoint("a")
    assert {one.name for one in tmp_path.iterdir()} == {"ledger.db"}  # noqa: ASYNC240
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as ledger:
        kept = ledger.execute("SELECT key, state, refresh FROM ledger_listings").fetchall()
    assert kept == [("a", "over", None)]
