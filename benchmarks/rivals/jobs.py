"""Ways to write many listings down; each imports only what it needs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from benchmarks.page import SIZE

CONCURRENCY = 32

Read = Callable[[str, int], Awaitable[int]]


def json_lines() -> Read:
    """`bulk.Job` into lines of JSON."""
    from instagram_async.bulk import JSONLinesSink  # noqa: PLC0415 - only this rival's

    return _job(lambda folder: JSONLinesSink(folder / "media.jsonl"))


def sqlite() -> Read:
    """`bulk.Job` into tables of its ledger."""
    from instagram_async.bulk import SQLiteSink  # noqa: PLC0415 - only this rival's

    return _job(lambda _: SQLiteSink())


def _job(sink: Callable[[Path], Any]) -> Read:
    from instagram_async import Client, Quota, bulk  # noqa: PLC0415 - only this rival's

    async def read(host: str, listings: int) -> int:
        with TemporaryDirectory() as name:
            folder = Path(name)
            async with (
                Client(
                    "token", base_url=f"{host}/v1", concurrency=CONCURRENCY, quota=Quota.unlimited()
                ) as client,
                bulk.Job(ledger=folder / "job.db", sink=sink(folder)) as job,
            ):
                people = [str(number) for number in range(1, listings + 1)]
                recent = {key: client.user_recent(key, count=SIZE) for key in people}
                report = await job.run(recent, concurrency=CONCURRENCY)
            return report.items

    return read


def gathered() -> Read:
    """A coroutine a listing, gathered, around aiohttp; what comes is written as it came."""
    import aiohttp  # noqa: PLC0415 - only this rival's

    async def read(host: str, listings: int) -> int:
        slots = asyncio.Semaphore(CONCURRENCY)

        async def listing(session: aiohttp.ClientSession, key: int, file: TextIO) -> int:
            seen, url = 0, f"{host}/v1/users/{key}/media/recent"
            params = {"access_token": "token", "count": str(SIZE)}
            while True:
                async with slots, session.get(url, params=params) as response:
                    page = await response.json()
                for media in page["data"]:
                    file.write(json.dumps({**media, "listing": key}) + "\n")
                    seen += 1
                max_id = page["pagination"].get("next_max_id")
                if max_id is None:
                    return seen
                params = {**params, "max_id": max_id}

        connector = aiohttp.TCPConnector(limit=CONCURRENCY)
        with TemporaryDirectory() as folder, (Path(folder) / "media.jsonl").open("w") as file:
            async with aiohttp.ClientSession(connector=connector) as session:
                keys = range(1, listings + 1)
                return sum(await asyncio.gather(*[listing(session, key, file) for key in keys]))

    return read


def python_instagram() -> Read:
    """python-instagram, a listing a thread; its models know no way to JSON but by hand."""
    api_class = import_module("instagram.client").InstagramAPI

    def listing(key: int, file: TextIO) -> int:
        seen, api = 0, api_class(access_token="token")
        pages = api.user_recent_media(user_id=key, count=SIZE, as_generator=True, max_pages=None)
        for page, _ in pages:
            for media in page:
                line = {
                    "id": media.id,
                    "created_time": str(int(media.created_time.timestamp())),
                    "link": media.link,
                    "caption": media.caption and media.caption.text,
                    "likes": media.like_count,
                    "user": {"id": media.user.id, "username": media.user.username},
                    "listing": key,
                }
                file.write(json.dumps(line) + "\n")
                seen += 1
        return seen

    async def read(host: str, listings: int) -> int:
        api_class.protocol, _, api_class.host = host.partition("://")
        run = asyncio.get_running_loop().run_in_executor
        with (
            ThreadPoolExecutor(CONCURRENCY) as pool,
            TemporaryDirectory() as folder,
            (Path(folder) / "media.jsonl").open("w") as file,
        ):
            keys = range(1, listings + 1)
            return sum(await asyncio.gather(*[run(pool, listing, key, file) for key in keys]))

    return read


RIVALS = {
    "bulk.Job, JSONLinesSink": json_lines,
    "bulk.Job, SQLiteSink": sqlite,
    "aiohttp + gather": gathered,
    "python-instagram, threads": python_instagram,
}
"""Each makes its way ready, imports and all, and returns it."""
