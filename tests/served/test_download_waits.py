"""Whoever waits for somebody else's part waits as long as it grows, and not for ever."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from instagram_async import DownloadError, Timeout, bulk, download
from instagram_async.clock import Clock
from instagram_async.downloads.partial import Partial
from instagram_async.testing import ManualClock
from tests.support.cdn import jpeg, media_of
from tests.support.leftovers import nothing_left
from tests.support.until import until

BODY = jpeg(5000)
MEDIA = media_of("http://127.0.0.1:1/a.jpg")


@contextmanager
def taken(folder: Path) -> Iterator[Partial]:
    part = Partial(folder, "64_9")
    assert part.begin() is True
    part.write(BODY[:100])
    try:
        yield part
    finally:
        part.close()


def fetching(folder: Path, clock: Clock) -> asyncio.Future[tuple[Path, ...]]:
    return asyncio.ensure_future(download(MEDIA, folder, timeout=Timeout(total=60), clock=clock))


async def waiting(clock: ManualClock) -> None:
    await until(lambda: clock.next_timer() is not None)


async def passes(clock: ManualClock, seconds: float) -> None:
    """Let it look at the part a few times meanwhile."""
    for _ in range(4):
        await waiting(clock)
        clock.advance(seconds / 4)
    await waiting(clock)


async def test_it_ends_when_nothing_came_in_the_time_of_a_request(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "instagram_async.download")
    clock = ManualClock()
    async with nothing_left():
        with taken(tmp_path) as part:
            work = fetching(tmp_path, clock)
            await passes(clock, 59)
            assert not work.done()
            clock.advance(1)
            with pytest.raises(DownloadError, match=r"64_9\.part, which did not grow") as caught:
                await asyncio.wait_for(work, 5)
            assert part.size == 100
        assert (caught.value.kind, caught.value.operation) == ("busy", "download 64_9")
        assert (tmp_path / "64_9.part").read_bytes() == BODY[:100]
    said = [record.getMessage() for record in caplog.records]
    assert said[0] == "download 64_9: waits for whoever has its part"
    assert len(said) == 2


async def test_it_goes_on_as_long_as_the_part_grows(tmp_path: Path) -> None:
    clock = ManualClock()
    with taken(tmp_path) as part:
        work = fetching(tmp_path, clock)
        for at in range(100, 1000, 100):
            await passes(clock, 59)
            part.write(BODY[at : at + 100])
        assert not work.done()
        (tmp_path / "64_9.jpg").write_bytes(BODY)
        clock.advance(59)
        assert await asyncio.wait_for(work, 5) == (tmp_path / "64_9.jpg",)


async def test_of_many_media_only_the_one_that_is_taken_fails(tmp_path: Path) -> None:
    clock = ManualClock()
    (tmp_path / "65_9.jpg").write_bytes(BODY)
    other = media_of("http://127.0.0.1:1/b.jpg", media_id="65_9")
    with taken(tmp_path):
        async with bulk.download([MEDIA, other], tmp_path, clock=clock) as results:
            _, paths = await anext(results)
            await waiting(clock)
            clock.advance(600)
            _, error = await asyncio.wait_for(anext(results), 5)
    assert paths == (tmp_path / "65_9.jpg",)
    assert isinstance(error, DownloadError)
    assert error.kind == "busy"
