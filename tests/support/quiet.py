"""Every way to begin and to end: `python -W error -X dev -m tests.support.quiet <folder>`.

It must not say a word on stderr.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from pathlib import Path

from instagram_async import Client, ClientClosedError, Quota, Retry, SQLiteStore, Timeout
from instagram_async.server import Fault, LocalInstagram, World


async def main(folder: Path) -> list[str]:
    """Begin and end, and tell what was done."""
    done: list[str] = []
    asyncio.get_running_loop().slow_callback_duration = 60  # a busy machine is no fault
    async with (
        LocalInstagram(World.seeded(1, media=7)) as server,
        SQLiteStore(folder / "quota.db") as store,
        Client(server.access_token(), base_url=server.base_url, quota_store=store) as client,
    ):
        async for media in client.user_recent(count=3):
            done.append(f"left {media.type and 'items'}")
            break
        async for page in client.user_recent(count=3).pages():
            done.append(f"left {len(page.items)} of a page")
            break
        await forget(client, done)
        server.faults.add(*[Fault("stall") for _ in range(20)])
        try:
            async with asyncio.timeout(0.02):
                await client.user_recent().collect()
        except TimeoutError:
            done.append("cancelled")
        task = asyncio.create_task(client.user())
        await asyncio.sleep(0.02)
        task.cancel()
        await asyncio.wait([task])
        calls = [asyncio.create_task(client.user()) for _ in range(5)]
        await asyncio.sleep(0.02)
        await client.close()
        ends = await asyncio.gather(*calls, return_exceptions=True)
        done.append(f"closed {sum(isinstance(end, ClientClosedError) for end in ends)} in flight")
    await refused(done)
    return done


async def forget(client: Client, done: list[str]) -> None:
    """Let go of iterators in the middle, and of clients that sent nothing."""
    items, pages = aiter(client.user_recent(count=3)), client.user_recent(count=3).pages()
    await anext(items)
    await anext(pages)
    Client("t").user_recent()
    SQLiteStore("nowhere.db")
    del items, pages
    gc.collect()
    done.append("forgot iterators")


async def refused(done: list[str]) -> None:
    """A server that is not there, with a retry that is cancelled."""
    async with Client(
        "t",
        base_url="http://localhost:9/v1",
        quota=Quota(100),
        retry=Retry(base=9e9, cap=9e9),
        timeout=Timeout(connect=1),
    ) as client:
        try:
            async with asyncio.timeout(0.05):
                await client.user()
        except TimeoutError:
            done.append("gave up retrying")


if __name__ == "__main__":
    said = asyncio.run(main(Path(sys.argv[1])))
    gc.collect()
    sys.stdout.write("\n".join(said) + "\n")
