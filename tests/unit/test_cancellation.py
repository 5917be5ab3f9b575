"""Calls cancelled at random moments: no slot and no place is lost, none is won."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from instagram_async import (
    Client,
    ClientClosedError,
    InstagramError,
    Quota,
    RateLimitError,
    Request,
    Response,
    Retry,
    Timeout,
    TransportError,
)
from tests.support.canary import TOKEN
from tests.support.offline import Line, html, reply
from tests.support.virtual import run

LIMIT, SLOTS, CALLERS = 40, 3, 30


class FickleLine(Line):
    """Takes its time, and loses one request in four."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__()
        self.rng = rng
        self.under_way = self.most = 0

    async def send(self, request: Request, timeout: Timeout) -> Response:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        self.requests.append(request)
        try:
            for _ in range(self.rng.randrange(4)):
                await asyncio.sleep(self.rng.choice((0, 0.5)))
        finally:
            self.under_way -= 1
        fate = self.rng.random()
        if fate < 0.1:
            raise TransportError("lost")
        return html(503) if fate < 0.25 else reply("fine")


async def read(client: Client) -> Any:
    return (await client.call("GET", "users/{}", "self")).data


def fickle(seed: int) -> tuple[Client, FickleLine, random.Random]:
    rng = random.Random(seed)
    line = FickleLine(rng)
    quota = Quota(LIMIT, per=10_000)
    retry = Retry(attempts=2, base=1)
    client = Client(
        TOKEN, transport=line, clock=line.clock, quota=quota, concurrency=SLOTS, retry=retry
    )
    return client, line, rng


@pytest.mark.parametrize("seed", range(100))
def test_the_gate_admits_exactly_what_is_left(seed: int) -> None:
    client, line, rng = fickle(seed)

    async def main() -> None:
        tasks = [asyncio.create_task(read(client)) for _ in range(CALLERS)]
        for task in rng.sample(tasks, CALLERS // 2):
            for _ in range(rng.randrange(3)):
                await asyncio.sleep(rng.choice((0, 0, 0.25)))
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(end) for end in ended} & {asyncio.CancelledError}
        left = LIMIT - len(line.requests)
        assert left > 0
        line.most = 0
        greedy = client.with_options(max_wait=0, retry=Retry(attempts=1))
        calls = [read(greedy) for _ in range(left + 5)]
        rest = await asyncio.gather(*calls, return_exceptions=True)
        refused = [end for end in rest if isinstance(end, RateLimitError)]
        assert len(line.requests) == LIMIT
        assert len(refused) == 5
        assert line.most == min(SLOTS, left)

    run(main())


@pytest.mark.parametrize("seed", range(30))
def test_a_close_at_any_moment_reaches_everybody(seed: int) -> None:
    client, line, rng = fickle(seed)

    async def main() -> None:
        tasks = [asyncio.create_task(read(client)) for _ in range(CALLERS)]
        for _ in range(rng.randrange(12)):
            await asyncio.sleep(rng.choice((0, 0.25)))
        under_way = [task for task in tasks if not task.done()]
        doomed = set(rng.sample(under_way, len(under_way) // 3))
        for task in doomed:
            task.cancel()
        await client.close()
        sent = len(line.requests)
        await asyncio.wait(tasks, timeout=0.001)
        assert all(task.done() for task in tasks)
        assert len(line.requests) - sent <= SLOTS
        lucky = 0  # whose reply was there already
        for task in under_way:
            if task in doomed:
                assert task.cancelled()
            elif task.exception() is None:
                lucky += 1
            else:
                assert isinstance(task.exception(), ClientClosedError)
        assert lucky <= SLOTS

    run(main())


@pytest.mark.parametrize("seconds", [0, 0.25, 0.6, 1.1])
def test_a_timeout_of_the_callers_is_his_own(seconds: float) -> None:
    client, _, _ = fickle(1)

    async def main() -> None:
        async with client._session.gate.flight(client._session.wire.windows(None)):
            with pytest.raises(TimeoutError) as caught:
                async with asyncio.timeout(seconds):
                    await asyncio.gather(*[read(client) for _ in range(CALLERS)])
        assert not isinstance(caught.value, InstagramError)
        assert await read(client.with_options(retry=Retry(attempts=9))) == "fine"

    run(main())
