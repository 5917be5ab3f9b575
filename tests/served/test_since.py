"""What is new, of every listing that can say so, from the local server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from instagram_async import Client, Media, Pager
from tests.support.since import PLACES, post, served


async def read(pager: Pager[Any]) -> tuple[list[str], str | None, int]:
    items = aiter(pager)
    ids = [item.id async for item in items]
    return ids, items.watermark, items.report.pages


@pytest.mark.parametrize("make", PLACES.values(), ids=PLACES)
async def test_a_second_run_gives_what_was_posted_since(
    make: Callable[[Client, Media], Pager[Media]],
) -> None:
    async with served() as (server, client, pattern):
        for one in server.world.recent(server.world.self_id, count=60)[0]:
            server.world.like(one.id, server.world.self_id)
        post(server.world, pattern, 1)
        known, mark, _ = await read(make(client, pattern))
        assert mark is not None
        posted = [post(server.world, pattern, 1) for _ in range(3)]
        server.world.delete(known[0])
        fresh, mark, pages = await read(make(client, pattern).since(mark))
        assert fresh == posted[::-1]
        assert pages <= 3
        assert (await read(make(client, pattern).since(mark)))[:2] == ([], mark)
