"""Reads as much as is allowed: `python -m benchmarks.inside.reads WAY URL TOKEN LIMIT PER READS`.

It prints after how many seconds the last read left.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from contextlib import AsyncExitStack

from instagram_async import Client, Hooks, Quota, RequestSent, SQLiteStore

WAYS = ("Client", "Client, paced", "Client, SQLiteStore")


async def _main(way: str, url: str, token: str, quota: Quota, reads: int) -> None:
    left: list[float] = []

    def sent(_: RequestSent) -> None:
        left.append(time.perf_counter())

    async with AsyncExitStack() as stack:
        store = None
        if way.endswith("SQLiteStore"):
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            store = await stack.enter_async_context(SQLiteStore(f"{folder}/quota.db"))
        client = Client(
            token,
            base_url=url,
            quota=quota,
            quota_store=store,
            hooks=Hooks(on_request=sent),
        )
        await stack.enter_async_context(client)
        started = time.perf_counter()
        await asyncio.gather(*[client.user() for _ in range(reads)])
    print(json.dumps(max(left) - started))


if __name__ == "__main__":
    _, _way, _url, _token, _limit, _per, _reads = sys.argv
    _quota = Quota(int(_limit), per=float(_per), paced=_way.endswith("paced"))
    asyncio.run(_main(_way, _url, _token, _quota, int(_reads)))
