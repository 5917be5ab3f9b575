"""Serves a seeded world badly: `python -m benchmarks.inside.faulty MEDIA RATE SEED IDS`.

It writes the ids of the listing to the file IDS, newest first, then prints the base URL and a
token as a line of JSON. At the end of its input it stops.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults import ORDERLY, made
from instagram_async.server import Bounds, LocalInstagram, World

_NO_LIMIT = 10**9


def _ids(world: World) -> Iterator[str]:
    last, more = None, True
    while more:
        media, more = world.listings.recent(world.self_id, count=10_000, bounds=Bounds(max_id=last))
        yield from (one.id for one in media)
        last = int(media[-1].id.partition("_")[0])


async def _main(media: int, rate: float, seed: int, ids: Path) -> None:
    with World.seeded(seed, media=media) as world:
        ids.write_text("".join(f"{one}\n" for one in _ids(world)))  # noqa: ASYNC240 - nobody waits
        async with LocalInstagram(world, limit=_NO_LIMIT) as server:
            server.faults.sometimes(rate, seed=seed, kinds=made(ORDERLY))
            print(json.dumps([server.base_url, server.access_token()]), flush=True)
            await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    _media, _rate, _seed, _file = sys.argv[1:]
    asyncio.run(_main(int(_media), float(_rate), int(_seed), Path(_file)))
