"""Serves with a limit: `python -m benchmarks.inside.limited LIMIT PER REPLIES THERE`.

A reply is sent up to REPLIES seconds after its request was counted, and a request takes up to
THERE seconds on its way, at random; a new connection takes as long four times more, which are the
two round trips of TCP and TLS. It prints, as JSON, where it is and a token of each user.
After each line of its input it prints what has arrived since the last one, as
`[mark, seconds, status]`, where the mark is what the request said of itself; at the end of its
input it stops.
"""

from __future__ import annotations

import asyncio
import json
import sys
from random import Random

from yarl import URL

from instagram_async.server import Fault, LocalInstagram

_STEPS = 20  # as many different delays of replies
_HANDSHAKE = 4  # ways until a connection is open: two there, two back


class _Way:
    """The way to a server, which takes a while; the way back takes none."""

    def __init__(self, to: URL, there: float) -> None:
        self._to = to
        self._there = there
        self._random = Random(20)

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(sum(self._way() for _ in range(_HANDSHAKE)))
        theirs, to_them = await asyncio.open_connection(self._to.host, self._to.port)
        back = asyncio.create_task(_carry(theirs, writer))
        while data := await reader.read(1 << 16):
            await asyncio.sleep(self._way())
            to_them.write(data)
        to_them.close()
        await back

    def _way(self) -> float:
        return self._random.uniform(0, self._there)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1 << 16):
        writer.write(data)
    writer.close()


async def _main(limit: int, per: float, replies: float, there: float) -> None:
    async with LocalInstagram(limit=limit, per=per) as server:
        late = [Fault("delay", seconds=replies * step / _STEPS) for step in range(_STEPS + 1)]
        if replies:
            server.faults.sometimes(1, seed=20, kinds=late)
        url = URL(server.base_url)
        if there:
            way = await asyncio.start_server(_Way(url, there).connected, "127.0.0.1", 0)
            url = url.with_port(way.sockets[0].getsockname()[1])
        tokens = [server.access_token(user.id) for user in server.world.users]
        print(json.dumps([str(url), tokens]), flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            arrived = [(one.query.get("mark", ""), one.at, one.status) for one in server.requests]
            server.requests.clear()
            print(json.dumps(arrived), flush=True)


if __name__ == "__main__":
    _, _limit, *_seconds = sys.argv
    asyncio.run(_main(int(_limit), *map(float, _seconds)))
