"""Reads a listing that is served badly: `python -m benchmarks.inside.soak BASE_URL TOKEN IDS`.

Each item is held against the next line of the file IDS; one that is missing, doubled or out of
its place is an error. After each tenth of the listing it prints, as a line of JSON, what it took
until then.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

from benchmarks.inside.peak import peak
from instagram_async import (
    AttemptEnded,
    Client,
    Hooks,
    InstagramError,
    Media,
    Pager,
    PagingError,
    Quota,
    Timeout,
)

_PARTS = 10


async def _all(pager: Pager[Media], errors: Counter[str]) -> AsyncIterator[Media]:
    """A listing to its end, by one who goes on after whatever error."""
    items = aiter(pager)
    while True:
        try:
            item = await anext(items, None)
        except PagingError as error:  # the server's cursors led in a circle: from the place on
            errors[type(error).__name__] += 1
            if error.checkpoint is None:
                raise
            items = aiter(pager.resume(error.checkpoint))
            continue
        except InstagramError as error:
            errors[type(error).__name__] += 1
            continue
        if item is None:
            return
        yield item


async def _main(base_url: str, token: str, ids: Path) -> None:
    attempts, errors = [0, 0], Counter[str]()

    def ended(event: AttemptEnded) -> None:
        attempts[event.status != 200 or event.error is not None] += 1

    with ids.open() as lines:
        total = sum(1 for _ in lines)
        lines.seek(0)
        seen, started = 0, time.perf_counter()
        async with Client(
            token,
            base_url=base_url,
            quota=Quota.unlimited(),
            timeout=Timeout(read=0.2, total=2),
            max_bytes=2**20 - 1,
            hooks=Hooks(on_response=ended),
        ) as client:
            async for media in _all(client.user_recent(count=33), errors):
                expected = lines.readline().strip()
                if media.id != expected:
                    raise RuntimeError(f"item {seen} is {media.id}, not {expected}")
                seen += 1
                if seen % (total // _PARTS) == 0:
                    took, (well, badly) = time.perf_counter() - started, attempts
                    print(json.dumps([seen, took, well, badly, errors, peak()]))
        if seen != total:
            raise RuntimeError(f"{seen} of {total} media came")


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
