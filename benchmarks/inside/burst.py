"""Wants to send much at once: `python -m benchmarks.inside.burst URL TOKENS LIMIT PER MANY GAP`.

Each way to keep within a limit sends MANY requests with a token of its own, marked with its
name, over the same HTTP client. Its burst begins GAP seconds after the one before began; with
0 it begins when the one before is over. It prints the names of those that are not installed.
"""

from __future__ import annotations

import asyncio
import json
import sys

import aiohttp

from benchmarks.rivals.limiters import Limiter, keeping


async def _burst(url: str, params: dict[str, str], limiter: Limiter, requests: int) -> None:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def send() -> None:
            async with session.get(f"{url}/users/self", params=params) as response:
                await response.read()

        await asyncio.gather(*[limiter.sends(send) for _ in range(requests)])
    limiter.close()


async def _main(
    url: str, tokens: list[str], limit: int, per: float, requests: int, gap: float
) -> None:
    missing: list[str] = []
    async with asyncio.TaskGroup() as group:
        for (name, make), token in zip(keeping(limit, per).items(), tokens, strict=False):
            try:
                limiter = make()
            except ModuleNotFoundError:
                missing.append(name)
                continue
            params = {"access_token": token, "mark": name}
            burst = group.create_task(_burst(url, params, limiter, requests))
            await (asyncio.sleep(gap) if gap else burst)
    print(json.dumps(missing))


if __name__ == "__main__":
    _, _url, _tokens, _limit, _per, _requests, _gap = sys.argv
    asyncio.run(
        _main(_url, json.loads(_tokens), int(_limit), float(_per), int(_requests), float(_gap))
    )
