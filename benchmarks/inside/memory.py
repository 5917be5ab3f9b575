"""Streams a listing: `python -m benchmarks.inside.memory HOST MEDIA` prints the peak in bytes."""

from __future__ import annotations

import asyncio
import json
import sys

from benchmarks.inside.peak import peak
from benchmarks.page import SIZE
from instagram_async import Client, Quota


async def _stream(host: str, media: int) -> int:
    seen = 0
    async with Client("token", base_url=f"{host}/v1", quota=Quota.unlimited()) as client:
        async for _ in client.user_recent(count=SIZE).limit(media):
            seen += 1
    return seen


def _main(host: str, media: int) -> None:
    # A process begins with the peak of the one that started it, which must stay smaller.
    inherited = peak()
    if (seen := asyncio.run(_stream(host, media))) != media:
        raise RuntimeError(f"{seen} media of {media} came")
    if (reached := peak()) <= inherited:
        raise RuntimeError("the peak is not this process's own")
    print(json.dumps(reached))


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
