"""Killed in the middle: no half file has the name, and the next start goes on with it."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from instagram_async import download
from tests.support.cdn import Twist, cdn, jpeg, media_of
from tests.support.until import until

ROOT = Path(__file__).parents[2]
BODY = jpeg(2_000_000)
FETCH = """
import asyncio, sys
from instagram_async import download
from tests.support.cdn import media_of
asyncio.run(download(media_of(sys.argv[1]), sys.argv[2]))
"""


async def test_the_next_start_goes_on_where_the_last_was_killed(tmp_path: Path) -> None:
    part = tmp_path / "64_9.part"
    async with cdn() as at:
        url = at.put("/a.jpg", BODY)
        for cut in (700_000, 600_000):
            at.stalled.clear()
            at.twist(Twist(cut=cut, how="stall"))
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-c", FETCH, url, str(tmp_path), cwd=ROOT
            )
            before = part.stat().st_size if part.exists() else 0
            await asyncio.wait_for(at.stalled.wait(), 30)
            await until(lambda least=before + 2**18: part.stat().st_size >= least, 30)  # type: ignore[misc]
            child.send_signal(signal.SIGKILL)
            assert await child.wait() == -signal.SIGKILL
            assert sorted(path.name for path in tmp_path.iterdir()) == [  # noqa: ASYNC240
                "64_9.part",
                "64_9.part.json",
            ]
        size = part.stat().st_size
        (path,) = await download(media_of(url), tmp_path)
        assert path.read_bytes() == BODY
        assert size > 2**19
        first, second, third = at.ranges
        assert first is None
        assert second is not None
        assert int(second.removeprefix("bytes=").removesuffix("-")) >= 2**18
        assert third == f"bytes={size}-"
    assert [path.name for path in tmp_path.iterdir()] == ["64_9.jpg"]  # noqa: ASYNC240
