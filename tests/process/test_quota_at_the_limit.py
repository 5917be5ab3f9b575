"""A burst of reads against a server with limits, in real time."""

from __future__ import annotations

import asyncio

from instagram_async import AttemptEnded, Client, Hooks, Quota
from instagram_async.server import LocalInstagram

LIMIT, PER, READS = 40, 2.0, 80  # a slow machine has time enough; more in benchmarks/


async def test_twice_the_limit_meets_no_refusal() -> None:
    """The server never counts more than its limit, and waits no longer than it has to."""
    statuses: list[int | None] = []

    def ended(event: AttemptEnded) -> None:
        statuses.append(event.status)

    async with (
        LocalInstagram(limit=LIMIT, per=PER) as server,
        Client(
            server.access_token(),
            base_url=server.base_url,
            quota=Quota(LIMIT, per=PER),
            hooks=Hooks(on_response=ended),
        ) as client,
    ):
        await asyncio.gather(*[client.user() for _ in range(READS)])
    assert statuses == [200] * READS
    arrivals = [received.at for received in server.requests]
    reuse = [later - first for first, later in zip(arrivals, arrivals[LIMIT:], strict=False)]
    assert len(reuse) == READS - LIMIT
    assert min(reuse) >= PER  # which also says that most of them waited
    # With room for a busy machine; `python -m benchmarks gate` has the figure.
    assert PER / (sum(reuse) / len(reuse)) >= 0.85
