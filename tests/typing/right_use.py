"""What type checkers make of right use. Checked by mypy and pyright, never run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, assert_type

from instagram_async import (
    AuthorizationCode,
    AuthorizationRequest,
    Client,
    Clock,
    Comment,
    Counts,
    Grant,
    Hooks,
    InstagramError,
    Items,
    Listing,
    Media,
    OAuth,
    Page,
    Pager,
    Pages,
    Quota,
    RateLimitError,
    Reply,
    Report,
    Request,
    Response,
    Retry,
    ServerQuota,
    Tag,
    Timeout,
    Transport,
    Unreadable,
    User,
    UserGrant,
    Watch,
    WindowedPager,
    bulk,
    download,
    shortcode_to_pk,
    structure,
    watch,
)
from instagram_async.server import Fault, LocalInstagram, World


async def entities(client: Client) -> None:
    user = await client.user()
    assert_type(user, User)
    assert_type(user.counts, Counts | None)
    assert_type(await client.user(25025320), User)


async def a_pager(client: Client, bound: datetime) -> None:
    pager = client.user_recent("self", count=33, min_timestamp=bound, max_timestamp=1_442_059_200)
    assert_type(pager, WindowedPager[Media])
    assert_type(pager.limit(3), WindowedPager[Media])
    assert_type(pager.resume("...").limit(3), WindowedPager[Media])
    assert_type(await pager.collect(), list[Media])
    assert_type(await pager.first(), Media | None)
    async for media in pager:
        assert_type(media, Media)
        assert_type(media.caption, Comment | None)
        assert_type(media.tags, tuple[str, ...])
        assert_type(media.created_time, datetime)
        assert_type(media.url, str | None)
    assert_type([media.id async for media in pager], list[str])


async def iterators(client: Client) -> None:
    items = aiter(client.user_recent())
    assert_type(items, Items[Media])
    assert_type(await anext(items), Media)
    assert_type(items.checkpoint, str)
    assert_type(items.report, Report)
    assert_type(items.report.anomalies, Mapping[str, int])
    pages = client.user_recent().pages()
    assert_type(pages, Pages[Media])
    assert_type(pages.checkpoint, str)
    async for page in pages:
        assert_type(page, Page[Media])
        assert_type(page.items, tuple[Media, ...])
        assert_type(page.unreadable, tuple[Unreadable, ...])
        assert_type(page.next, str | None)
        assert_type(page.quota, ServerQuota)


async def items_in_parallel(client: Client) -> None:
    async with client.user_recent().parallel(16, ordered=False, buffer=100) as items:
        assert_type(items, Items[Media])
        async for media in items:
            assert_type(media, Media)
    async with client.tag_recent("snow").ahead() as ahead:
        assert_type(ahead, Items[Media])


async def what_is_new(client: Client) -> None:
    items = watch(client.user_recent().since(None), every=timedelta(minutes=1))
    assert_type(items, Watch[Media])
    assert_type(items.watermark, str | None)
    assert_type(items.last_error, InstagramError | None)
    assert_type(await anext(items), Media)
    async for media in watch(client.tag_recent("snow"), every=1.5, buffer=100):
        assert_type(media, Media)


def listings(client: Client, tags: Listing[Tag]) -> None:
    listing = client.user_recent().listing
    assert_type(listing, Listing[Media])
    assert_type(client.pager(listing), Pager[Media])
    assert_type(client.pager(tags), Pager[Tag])
    assert_type(client.pager(tags).limit(1), Pager[Tag])


async def many_listings(
    client: Client,
    pairs: Iterator[tuple[int, Pager[Tag]]],
    stream: AsyncIterator[tuple[str, WindowedPager[Media]]],
) -> None:
    pagers = {"me": client.user_recent(), "snow": client.tag_recent("snow")}
    async with bulk.merge(pagers, concurrency=8) as results:
        assert_type(results, bulk.Merged[str, Media])
        async for key, item in results:
            assert_type(key, str)
            assert_type(item, Media | InstagramError)
            assert_type(results.checkpoint(key), str)
    assert_type(results.report, bulk.MergeReport)
    assert_type(bulk.merge(pairs), bulk.Merged[int, Tag])
    assert_type(bulk.merge(stream), bulk.Merged[str, Media])


async def many_objects(client: Client, ids: AsyncIterator[str]) -> None:
    async with bulk.fetch(client.user, ["1", "2"], concurrency=8) as results:
        async for user_id, user in results:
            assert_type(user_id, str)
            assert_type(user, User | InstagramError)
    assert_type(results.report, bulk.FetchReport)
    assert_type(bulk.fetch(client.media, ids), bulk.Fetched[str, Media])


async def jobs(client: Client, stream: AsyncIterator[tuple[str, Pager[Tag]]]) -> None:
    sink = bulk.JSONLinesSink("media.jsonl")
    async with bulk.Job(ledger="media.db", sink=sink) as job:
        assert_type(job, bulk.Job)
        mixed: dict[str, Pager[Media] | Pager[Comment]] = {"me": client.user_recent()}
        assert_type(await job.run(mixed, on_progress=tell), bulk.JobReport)
        assert_type(await job.run({"me": client.user_recent()}), bulk.JobReport)
        assert_type(await job.run(stream, retry_failed=True), bulk.JobReport)
        assert_type(await job.run(stream, refresh=True), bulk.JobReport)
        assert_type(job.checkpoint("me"), str)
        assert_type(job.watermark("me"), str | None)
        for failure in job.failures():
            assert_type(failure, bulk.Failure)
            assert_type(failure.path, str | None)
    for row in sink.read(Media):
        assert_type(row, bulk.Row)


def tell(progress: bulk.Progress) -> None:
    assert_type(progress.eta, float | None)
    assert_type(progress.listings, int | None)


async def views_and_raw_calls(client: Client) -> None:
    view = client.with_options(timeout=Timeout(read=5), retry=Retry(attempts=1), max_wait=None)
    assert_type(view, Client)
    assert_type(client.with_options(access_token="t", max_wait=0), Client)
    async with client as entered:
        assert_type(entered, Client)
    reply = await client.call("GET", "users/{}/media/recent", "self", count=5)
    assert_type(reply, Reply)
    assert_type(reply.data, Any)
    assert_type(reply.pagination, Mapping[str, Any])


async def files(client: Client, media: Media) -> None:
    assert_type(await download(media, "pictures"), tuple[Path, ...])
    await download(media, Path("pictures"), max_bytes=5, retry=Retry(), timeout=Timeout())
    async with bulk.download(client.user_recent(), "pictures") as results:
        async for one, outcome in results:
            assert_type(one, Media)
            assert_type(outcome, tuple[Path, ...] | InstagramError)


class Special(Client):
    """A view of a subclass is one of the subclass."""


async def subclasses(client: Special) -> None:
    assert_type(client.with_options(), Special)
    async with client as entered:
        assert_type(entered, Special)


def shapes() -> None:
    assert_type(structure(b"{}", Media), Media)
    assert_type(structure({"name": "snow"}, Tag), Tag)
    assert_type(shortcode_to_pk("BA"), int)


def errors(error: RateLimitError) -> None:
    assert_type(error.retry_at, datetime | None)
    assert_type(error.checkpoint, str | None)
    root: InstagramError = error
    assert_type(root.operation, str | None)


class Offline:
    """A transport is whatever has these two methods."""

    async def send(self, request: Request, timeout: Timeout) -> Response:
        return Response(503, {}, b"")

    async def close(self) -> None: ...


def construction(clock: Clock) -> None:
    transport: Transport = Offline()
    Client()
    Client("t", quota=Quota.live(), hooks=Hooks(on_request=print), transport=transport, clock=clock)


async def oauth(kept: str | None) -> None:
    oauth = OAuth("id", "secret", redirect_uri="https://h/", transport=Offline())
    assert_type(oauth.authorize(["basic"]), AuthorizationRequest)
    assert_type(oauth.authorize("basic likes", implicit=True).state, str)
    code = oauth.code_from("https://h/?code=1&state=2", kept)
    assert_type(code, AuthorizationCode)
    assert_type(await oauth.exchange(code), UserGrant)
    assert_type((await oauth.exchange("code")).user, User)
    assert_type(oauth.token_from("https://h/#access_token=1", kept), Grant)


async def local_server() -> None:
    async with LocalInstagram(World.seeded(1, media=3)) as server:
        assert_type(server, LocalInstagram)
        assert_type(server.access_token(), str)
        server.faults.add(Fault("status", status=502), Fault("empty_page"))
