"""Cancelled, left and finished downloads: nothing runs on, and what was fetched is not lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from attrs import evolve

from instagram_async import Retry, bulk, download
from instagram_async.clock import LoopClock
from instagram_async.downloads.threads import aside
from tests.support.cdn import Cdn, Twist, cdn, jpeg, media_of
from tests.support.leftovers import nothing_left
from tests.support.until import until

BODY = jpeg(700_000)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_download_that_is_cancelled_leaves_nothing_and_is_gone_on_with(
    tmp_path: Path,
) -> None:
    async with cdn() as at, nothing_left():
        media = media_of(at.put("/a.jpg", BODY))
        at.twist(Twist(cut=600_000, how="stall"))
        work = asyncio.ensure_future(download(media, tmp_path))
        await at.stalled.wait()
        await until(lambda: (tmp_path / "64_9.part").stat().st_size >= 2**18)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert names(tmp_path) == ["64_9.part", "64_9.part.json"]
        size = (tmp_path / "64_9.part").stat().st_size
        (path,) = await download(media, tmp_path)
        assert path.read_bytes() == BODY
        assert at.ranges == [None, f"bytes={size}-"]


async def test_a_timeout_of_the_callers_ends_a_download(tmp_path: Path) -> None:
    async with cdn() as at:
        media = media_of(at.put("/a.jpg", BODY))
        at.twist(Twist(cut=1000, how="stall"))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await download(media, tmp_path)
        assert (await download(media, tmp_path))[0].read_bytes() == BODY


async def test_a_download_is_cancelled_at_any_step_and_loses_nothing(tmp_path: Path) -> None:
    async with cdn() as at, nothing_left():
        url = at.put("/a.jpg", jpeg(300_000))
        cancelled = 0
        for step in range(50):
            at.twists.clear()
            at.twist(Twist(status=503), Twist(status=302, headers={"Location": "/a.jpg"}))
            media = media_of(url, media_id=f"{step}_9")
            work = asyncio.ensure_future(download(media, tmp_path, retry=Retry(base=0)))
            for _ in range(step):  # threads are faster or slower, whatever a step is
                await asyncio.sleep(0 if step < 25 else 0.0004)
            work.cancel()
            await asyncio.wait([work])
            cancelled += work.cancelled()
            at.twists.clear()
            (path,) = await download(media, tmp_path)
            assert path.read_bytes() == jpeg(300_000)
        assert cancelled > 10
    assert names(tmp_path) == sorted(f"{step}_9.jpg" for step in range(50))


async def waiting_for_another(at: Cdn, folder: Path) -> asyncio.Future[tuple[Path, ...]]:
    at.twist(Twist(cut=600_000, how="stall"))
    work = asyncio.ensure_future(download(media_of(f"{at.root}/a.jpg"), folder))
    await at.stalled.wait()
    return work


async def test_who_waits_for_somebody_elses_part_can_be_cancelled(tmp_path: Path) -> None:
    async with cdn() as at, nothing_left():
        at.put("/a.jpg", BODY)
        first = await waiting_for_another(at, tmp_path)
        second = asyncio.ensure_future(download(media_of(f"{at.root}/a.jpg"), tmp_path))
        await asyncio.sleep(0.1)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        assert (tmp_path / "64_9.part").exists()
        first.cancel()
        await asyncio.wait([first])
        assert len(at.asked) == 1


async def test_who_waits_goes_on_when_the_other_is_cancelled(tmp_path: Path) -> None:
    async with cdn() as at, nothing_left():
        at.put("/a.jpg", BODY)
        first = await waiting_for_another(at, tmp_path)
        second = asyncio.ensure_future(
            download(media_of(f"{at.root}/a.jpg"), tmp_path, clock=LoopClock())
        )
        await asyncio.sleep(0.1)
        first.cancel()
        assert (await second)[0].read_bytes() == BODY


async def test_who_leaves_downloads_early_leaves_nothing_behind(tmp_path: Path) -> None:
    async with cdn() as at, nothing_left():
        medias = [
            media_of(at.put(f"/{number}.jpg", BODY), media_id=f"{number}_9") for number in range(50)
        ]
        at.twist(*[Twist()] * 3)
        at.usual = Twist(cut=600_000, how="stall")
        async with bulk.download(medias, tmp_path, concurrency=4) as results:
            async for _, paths in results:
                assert not isinstance(paths, Exception)
                break
        assert len(at.asked) <= 8
        whole = [name for name in names(tmp_path) if name.endswith(".jpg")]
        assert all((tmp_path / name).read_bytes() == BODY for name in whole)
        at.usual = Twist()
        async with bulk.download(medias, tmp_path) as results:
            assert len([pair async for pair in results]) == 50
        assert names(tmp_path) == sorted(f"{number}_9.jpg" for number in range(50))


async def test_a_cancelled_wait_for_downloads_loses_nothing(tmp_path: Path) -> None:
    async with cdn() as at:
        at.usual = Twist(pause=0.02)
        first = media_of(at.put("/a.jpg", BODY))
        medias = [evolve(first, id=f"{number}_9") for number in range(5)]
        got = []
        async with bulk.download(medias, tmp_path, concurrency=2) as results:
            while True:
                try:
                    async with asyncio.timeout(0.01):
                        got.append(await anext(results))
                except TimeoutError:
                    continue
                except StopAsyncIteration:
                    break
        assert sorted(media.id for media, _ in got) == [f"{number}_9" for number in range(5)]
        assert len(at.asked) == 5


async def test_a_thread_is_over_before_its_caller_is() -> None:
    from threading import Event

    begun, may_end, ended = Event(), Event(), Event()

    def slow() -> None:
        begun.set()
        may_end.wait(10)
        ended.set()
        raise OSError("nobody hears of it")

    work = asyncio.ensure_future(aside(slow))
    await until(begun.is_set)
    for _ in range(3):
        work.cancel()
        await asyncio.sleep(0.01)
        assert not work.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert ended.is_set()
