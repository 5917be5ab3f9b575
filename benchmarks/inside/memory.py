"""Streams a listing: `python -m benchmarks.inside.memory HOST MEDIA` prints the peak in bytes."""

from __future__ import annotations

import asyncio
import json
import resource
import sys

from benchmarks.page import SIZE
from instagram_async import Client, Quota

_TO_BYTES = 1 if sys.platform == "darwin" else 1024


async def _stream(host: str, media: int) -> int:
    seen = 0
    async with Client("token", base_url=f"{host}/v1", quota=Quota.unlimited()) as client:
        async for _ in client.user_recent(count=SIZE).limit(media):
            seen += 1
    return seen


def _main(host: str, media: int) -> None:
    # A process begins with the peak of the one that started it, which must stay smaller.
    inherited = _peak()
    if (seen := asyncio.run(_stream(host, media))) != media:
        raise RuntimeError(f"{seen} media of {media} came")
    if (peak := _peak()) <= inherited:
        raise RuntimeError("the peak is not this process's own")
    print(json.dumps(peak))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _TO_BYTES


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
