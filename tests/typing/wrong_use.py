"""Wrong use that type checkers refuse. Checked by mypy and pyright, never run.

An ignore that is not needed is an error of both, so each one proves that both refuse.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from instagram_async import (
    Client,
    Grant,
    Hooks,
    Media,
    OAuth,
    Quota,
    Retry,
    Timeout,
    bulk,
    download,
    structure,
    watch,
)
from instagram_async.server import Fault


async def operations(client: Client) -> None:
    await client.user(1.5)  # type: ignore[arg-type]
    await client.user(None)  # type: ignore[arg-type]
    client.user_recent("self", 33)  # type: ignore[call-arg]
    client.user_recent(size=33)  # type: ignore[call-arg]
    client.user_recent(count="33")  # type: ignore[arg-type]
    client.user_recent(min_timestamp="2015")  # type: ignore[arg-type]
    client.user_recent(max_id=64)  # type: ignore[arg-type]


async def a_forgotten_await(client: Client) -> None:
    client.user()  # type: ignore[unused-coroutine]
    (await client.user_recent().first()).id  # type: ignore[union-attr] # noqa: B018


async def a_pager_is_no_coroutine_and_no_list(client: Client) -> None:
    await client.user_recent()  # type: ignore[misc]
    for _ in client.user_recent():  # type: ignore[attr-defined]
        pass
    client.user_recent().limit("3")  # type: ignore[arg-type]
    client.user_recent().resume(3)  # type: ignore[arg-type]
    client.pager("users/self")  # type: ignore[arg-type]


async def what_is_new(client: Client) -> None:
    watch(client.user_recent())  # type: ignore[call-arg]
    watch(client.user_recent(), 60)  # type: ignore[call-arg]
    watch(client.user_recent(), every="60")  # type: ignore[arg-type]
    watch(aiter(client.user_recent()), every=60)  # type: ignore[arg-type]
    client.tag_recent("snow").parallel(16)  # type: ignore[attr-defined]
    client.user_recent().parallel("16")  # type: ignore[arg-type]


async def many_at_once(client: Client) -> None:
    bulk.merge([client.user_recent()])  # type: ignore[arg-type]
    bulk.merge({"me": client.user()})  # type: ignore[arg-type]
    bulk.fetch(client.user, ["self"], 8)  # type: ignore[call-arg]
    async with bulk.merge({"me": client.user_recent()}) as results:
        async for _, media in results:
            media.link  # type: ignore[union-attr] # noqa: B018


async def files(client: Client, media: Media) -> None:
    await download("64_9", "pictures")  # type: ignore[arg-type]
    await download(media)  # type: ignore[call-arg]
    bulk.download(client.user_follows(), "pictures")  # type: ignore[arg-type]
    async with bulk.download([media], "pictures") as results:
        async for _, paths in results:
            paths[0]  # type: ignore[index]


async def jobs(client: Client, job: bulk.Job) -> None:
    await job.run([client.user_recent()])  # type: ignore[list-item]
    await job.run({7: client.user_recent()})  # type: ignore[arg-type]
    await job.run({}, on_progress=lambda: None)  # type: ignore[arg-type, misc]
    bulk.Job("media.db", bulk.JSONLinesSink("media.jsonl"))  # type: ignore[call-arg]
    bulk.Job(ledger="media.db", sink="media.jsonl")  # type: ignore[arg-type]


def values_are_frozen(media: Media) -> None:
    media.id = "64_9"  # type: ignore[misc]
    Retry().attempts = 2  # type: ignore[misc]


def construction() -> None:
    Client("t", "id")  # type: ignore[call-arg]
    Client(quota=5000)  # type: ignore[arg-type]
    Client(timeout=5)  # type: ignore[arg-type]
    Client().with_options(quota=Quota.live())  # type: ignore[call-arg]
    Client().with_options(timeout=5)  # type: ignore[arg-type]
    Hooks(on_request=print, on_close=print)  # type: ignore[call-arg]
    Timeout(read="5")  # type: ignore[arg-type]
    Fault("meteorite")  # type: ignore[arg-type]


async def oauth(oauth: OAuth, grant: Grant) -> None:
    OAuth("id", "secret")  # type: ignore[call-arg]
    OAuth("id", "secret", "https://h/")  # type: ignore[call-arg]
    oauth.authorize(scope=3)  # type: ignore[arg-type]
    oauth.code_from("https://h/")  # type: ignore[call-arg]
    await oauth.exchange(grant)  # type: ignore[arg-type]
    grant.user  # type: ignore[attr-defined] # noqa: B018
    grant.access_token = "t"  # type: ignore[misc]


def shapes() -> None:
    structure(3, Media)  # type: ignore[arg-type]
    structure("{}")  # type: ignore[call-arg]
