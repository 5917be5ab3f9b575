"""Processes that read under a quota they share: `python -m tests.support.quota_worker ...`.

One for each number of requests; more than one are forks of one that has all but its client. Each
says that it is ready, and reads when its input ends.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress

from instagram_async import Client, Quota, RedisStore, Retry, SQLiteStore, Timeout

TOTAL = 2.0  # seconds of the clients' total timeout


async def main(
    store: str, base_url: str, token: str, requests: int, limit: int, per: float
) -> None:
    """Read, and say how often the server refused.

    Args:
        store: a path, or a Redis URL.
        base_url: of the server.
        token: whose quota it is.
        requests: how many.
        limit: of the quota.
        per: seconds of the quota.
    """
    statuses: list[int] = []
    async with (
        RedisStore(store) if "://" in store else SQLiteStore(store) as shared,
        Client(
            token,
            base_url=base_url,
            quota=Quota(limit, per=per),
            quota_store=shared,
            retry=Retry(attempts=1),
            timeout=Timeout(total=TOTAL),
        ) as client,
    ):
        say("ready")
        sys.stdin.read()  # its end is the word to go, for all forks

        async def read() -> None:
            statuses.append((await client.call("GET", "users/self")).status)

        await asyncio.gather(*[read() for _ in range(requests)])
    say(*sorted(set(statuses)), len(statuses))


def say(*words: object) -> None:
    """Tell the test."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _, store, base_url, token, limit, per, *each = sys.argv
    number = len(each)
    while number > 1 and os.fork():
        number -= 1
    asyncio.run(main(store, base_url, token, int(each[number - 1]), int(limit), float(per)))
    with suppress(ChildProcessError):  # the first is over when all are
        while True:
            os.wait()
