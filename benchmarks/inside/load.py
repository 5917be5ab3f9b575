"""Asks for pages as fast as they come: `python -m benchmarks.inside.load URL PKS SECONDS`.

Eight connections each ask for one page after the other, from places all over the listing. It
prints, as JSON, how many replies came, how many bytes they had, and in how many seconds.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from itertools import cycle
from pathlib import Path
from random import Random

from yarl import URL

_CONNECTIONS = 8
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


class _Load:
    def __init__(self, url: str, pks: list[int], until: float) -> None:
        Random(33).shuffle(pks)  # neighbours are not asked for one after the other
        target = URL(url)
        head = f"HTTP/1.1\r\nHost: {target.host}:{target.port}\r\n\r\n"
        self._requests = cycle(
            [f"GET {target.raw_path_qs}&max_id={pk} {head}".encode() for pk in pks]
        )
        self._until = until
        self.replies = self.bytes = 0

    async def run(self, host: str, port: int) -> None:
        reader, writer = await asyncio.open_connection(host, port, limit=1 << 20)
        while time.perf_counter() < self._until:
            writer.write(next(self._requests))
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            if not head.startswith(b"HTTP/1.1 200 ") or length is None:
                raise RuntimeError(head.decode())
            self.bytes += len(await reader.readexactly(int(length[1])))
            self.replies += 1
        writer.close()


async def _main(url: str, pks: list[int], seconds: float) -> None:
    started = time.perf_counter()
    load = _Load(url, pks, started + seconds)
    target = URL(url)
    async with asyncio.TaskGroup() as group:
        for _ in range(_CONNECTIONS):
            group.create_task(load.run(target.host or "", target.port or 0))
    print(json.dumps([load.replies, load.bytes, time.perf_counter() - started]))


if __name__ == "__main__":
    _, _url, _pks, _seconds = sys.argv
    asyncio.run(_main(_url, json.loads(Path(_pks).read_text()), float(_seconds)))
