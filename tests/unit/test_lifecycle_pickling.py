"""What can be pickled comes back equal; what can't be says so, and shows no secret."""

from __future__ import annotations

import copy
import inspect
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import fields

import instagram_async
from instagram_async import (
    AiohttpTransport,
    AttemptEnded,
    AuthorizationCode,
    AuthorizationRequest,
    Client,
    Clock,
    Grant,
    Hooks,
    InstagramError,
    Items,
    Listing,
    MemoryStore,
    OAuth,
    Page,
    Pager,
    Pages,
    Quota,
    QuotaWait,
    RateLimitSemaphore,
    RedisStore,
    Reply,
    Report,
    Request,
    RequestSent,
    Response,
    Retry,
    RetryPlanned,
    ServerError,
    ServerQuota,
    SQLiteStore,
    Timeout,
    Transport,
    Unreadable,
    User,
    UserGrant,
    Watch,
    models,
    watch,
)
from instagram_async.testing import ScriptedTransport

TOKEN, SECRET = "1.fb2e77d.c0ffee", "5ecre7"
ANN = User(id="9", username="ann")
MEDIA = {"id": "64_9", "created_time": "1442000000", "user": {"id": "9", "username": "ann"}}
ERROR = ServerError("busy", "GET users/{id}", 503)


def client() -> Client:
    replies = [
        ScriptedTransport.reply([MEDIA, {"id": 1}], pagination={"next_max_id": "64_9"})
        for _ in range(2)
    ]
    return Client(TOKEN, client_secret=SECRET, transport=ScriptedTransport(replies))


VALUES = [
    AttemptEnded("GET users/{id}", 1, 200, 0.5, 2, 4999, None),
    AuthorizationCode("3f8c0d15"),
    AuthorizationRequest("https://api.instagram.com/oauth/authorize/?state=s", "s"),
    Grant(TOKEN),
    Hooks(on_wait=print),
    Quota.live(paced=True),
    QuotaWait("likes", 60.0, 2),
    Report(items=3, anomalies={"empty_page": 1}),
    RequestSent("GET users/{id}", 1),
    Retry(attempts=2),
    ServerQuota(5000, 4999),
    Timeout(total=5),
    Unreadable("data[3].id", "text", {"id": None}),
    UserGrant(TOKEN, ANN),
    client().user_recent("self", count=5).listing,
    client().media_search(48.1, 11.6, max_timestamp=datetime(2015, 9, 12, tzinfo=UTC)).listing,
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_values_come_back_equal(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value


async def test_pages_replies_and_checkpoints_come_back_equal() -> None:
    asked = client()
    page = await anext(asked.user_recent().pages())
    again = pickle.loads(pickle.dumps(page))
    assert isinstance(again, Page)
    names = [one.name for one in fields(Page)]
    assert [getattr(again, name) for name in names] == [getattr(page, name) for name in names]
    assert len(again.unreadable) == 1
    reply = await asked.call("GET", "users/self/media/recent")
    assert pickle.loads(pickle.dumps(reply)) == reply
    checkpoint = pickle.loads(pickle.dumps(again.checkpoint))
    listing = pickle.loads(pickle.dumps(asked.user_recent().listing))
    resumed = aiter(client().pager(listing).resume(checkpoint))
    assert resumed.checkpoint == checkpoint
    event = RetryPlanned("GET users/{id}", 1, 0.5, ERROR)
    thawed = pickle.loads(pickle.dumps(event))
    assert thawed[:3] == event[:3]
    assert vars(thawed.error) == vars(ERROR)


def stores(folder: Path) -> list[object]:
    return [MemoryStore(), SQLiteStore(folder / "quota.db"), RedisStore("redis://127.0.0.1")]


def oauth() -> OAuth:
    return OAuth("app", SECRET, redirect_uri="https://app.example/")


REFUSING: list[tuple[str, Callable[[Client, Path], object]]] = [
    ("a client", lambda client, _: client),
    ("a client", lambda client, _: client.with_options(max_wait=1)),
    ("a pager", lambda client, _: client.user_liked()),
    ("a pager", lambda client, _: client.user_recent().limit(3)),
    ("an iterator", lambda client, _: aiter(client.user_recent())),
    ("an iterator", lambda client, _: client.user_recent().pages()),
    ("an iterator", lambda client, _: watch(client.user_recent(), every=60)),
    ("a view of a quota", lambda client, _: client.quota),
    ("a view of a quota", lambda client, _: client.quota.families["likes"]),
    ("a MemoryStore", lambda _, folder: stores(folder)[0]),
    ("a quota store", lambda _, folder: stores(folder)[1]),
    ("a quota store", lambda _, folder: stores(folder)[2]),
    ("a MemoryStore", lambda *_: RateLimitSemaphore(1)),
    ("a transport", lambda *_: AiohttpTransport()),
    ("OAuth", lambda *_: oauth()),
    ("a secret", lambda client, _: client._credentials),
    ("a secret", lambda client, _: client._session.wire.sign),
]


@pytest.mark.parametrize(("name", "made"), REFUSING)
@pytest.mark.parametrize("way", [pickle.dumps, copy.deepcopy])
def test_what_lives_says_that_it_can_not_be_pickled(
    name: str,
    made: Callable[[Client, Path], object],
    way: Callable[[object], object],
    tmp_path: Path,
) -> None:
    with pytest.raises(TypeError, match=f"^{name} can't be copied or pickled") as caught:
        way(made(client(), tmp_path))
    assert TOKEN not in str(caught.value)


def test_what_to_do_instead_is_said() -> None:
    with pytest.raises(TypeError, match=r"client\.pager\(listing\)"):
        pickle.dumps(client().user_recent())
    with pytest.raises(TypeError, match=r"pager\.resume\(checkpoint\)"):
        pickle.dumps(aiter(client().user_recent()))
    with pytest.raises(TypeError, match=r"pager\.since\(watermark\)"):
        pickle.dumps(watch(client().user_recent(), every=60))
    with pytest.raises(TypeError, match="make one in each process"):
        copy.copy(client())


def test_no_public_class_is_left_out() -> None:
    public = {getattr(instagram_async, name) for name in instagram_async.__all__}
    known: set[Any] = {type(value) for value in VALUES}
    known |= {Client, Pager, Items, Pages, OAuth, AiohttpTransport, RateLimitSemaphore}
    known |= {Watch, MemoryStore, SQLiteStore, Listing, Page, Reply, RetryPlanned}
    known |= {Request, Response}  # a transport's: their headers are whatever it has
    known |= {each for _, each in inspect.getmembers(models, inspect.isclass)}
    protocols = {Clock, Transport}
    left = [
        each
        for each in public - protocols
        if inspect.isclass(each) and not issubclass(each, (InstagramError, *known))
    ]
    assert left == []
