"""What each operation sends: method, path, parameters in order, credentials, signature."""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest

from instagram_async import Client, Pager, Request, Response
from instagram_async.testing import ManualClock, ScriptedTransport
from instagram_async.transport import Pairs
from instagram_async.v1.operations import OPERATIONS
from tests.support.exchanges import EXCHANGES, NOW, SHORTCUTS, Ask, Exchange, name_of
from tests.support.fixtures import own

BASE = "http://127.0.0.1/v1"
TOKEN, APP, SECRET = "1000.0a1b2c3.e2f1", "c1d2e3", "5ecret"
BY_TOKEN = (("access_token", TOKEN),)
ALL = (*EXCHANGES, *SHORTCUTS)
WRITES = ("POST", "DELETE")


async def sent_by(ask: Ask, *replies: Response, token: str | None = TOKEN, **options: Any) -> Any:
    """The requests of one call, carried out to its end."""
    transport = ScriptedTransport(replies)
    clock = ManualClock(now=NOW)
    client = Client(token, base_url=BASE, transport=transport, clock=clock, **options)
    asked = ask(client)
    assert transport.requests == [], "a pager sends nothing before it is iterated"
    await (asked.collect() if isinstance(asked, Pager) else asked)
    return transport.requests


def success(exchange: Exchange) -> Response:
    """Some good reply to an operation: an empty list, nothing, or a recorded entity."""
    if exchange.operation.paging is not None:
        return ScriptedTransport.reply([])
    recorded = next(each for each in own() if exchange.operation in each.operations)
    return Response(200, {}, recorded.body)


def request(exchange: Exchange, given: Pairs, added: Pairs, headers: Any = None) -> Request:
    """What a call has to send: a form where it is a POST, else a query."""
    everything, is_post = given + added, exchange.operation.method == "POST"
    return Request(
        exchange.operation.method,
        f"{BASE}/{exchange.path}",
        query=() if is_post else everything,
        form=everything if is_post else None,
        headers=headers or {},
    )


def signature(exchange: Exchange, parameters: Pairs) -> Pairs:
    """Reference D.5, written down once more."""
    message = exchange.decoded or f"/{exchange.path}"
    for name in sorted(dict(parameters)):
        message += f"|{name}={dict(parameters)[name]}"
    digest = hmac.new(SECRET.encode(), message.encode(), sha256).hexdigest()
    return (("sig", digest),)


def test_every_operation_has_one_exchange() -> None:
    assert [exchange.operation for exchange in EXCHANGES] == list(OPERATIONS)
    assert len(OPERATIONS) == 27
    assert len({exchange.name for exchange in ALL}) == len(ALL)


@pytest.mark.parametrize("exchange", EXCHANGES, ids=name_of)
def test_the_full_call_leaves_no_parameter_out(exchange: Exchange) -> None:
    others = {"facebook_places_id", "foursquare_v2_id", "foursquare_id"}  # see below
    known = {parameter.name for parameter in exchange.operation.parameters}
    assert {name for name, _ in exchange.sent} == known - others
    needed = {each.name for each in exchange.operation.parameters if each.required}
    assert needed <= {name for name, _ in exchange.plainly}
    assert len(exchange.operation.arguments) == exchange.operation.path.count("{")


@pytest.mark.parametrize("exchange", ALL, ids=name_of)
async def test_with_every_argument(exchange: Exchange) -> None:
    sent = await sent_by(exchange.full, success(exchange))
    assert sent == [request(exchange, exchange.sent, BY_TOKEN)]


@pytest.mark.parametrize("exchange", ALL, ids=name_of)
async def test_what_is_not_given_is_not_sent(exchange: Exchange) -> None:
    sent = await sent_by(exchange.plain, success(exchange))
    assert sent == [request(exchange, exchange.plainly, BY_TOKEN)]


@pytest.mark.parametrize("exchange", ALL, ids=name_of)
async def test_signed(exchange: Exchange) -> None:
    sent = await sent_by(exchange.full, success(exchange), client_secret=SECRET, signed=True)
    unsigned = exchange.sent + BY_TOKEN
    added = BY_TOKEN + signature(exchange, unsigned)
    assert sent == [request(exchange, exchange.sent, added)]


@pytest.mark.parametrize("exchange", ALL, ids=name_of)
async def test_with_the_app_alone(exchange: Exchange) -> None:
    sent = await sent_by(exchange.full, success(exchange), token=None, client_id=APP)
    assert sent == [request(exchange, exchange.sent, (("client_id", APP),))]


@pytest.mark.parametrize("exchange", ALL, ids=name_of)
async def test_the_header_of_2014_is_on_writes_alone(exchange: Exchange) -> None:
    ips = "200.15.1.1,131.51.1.35"
    sent = await sent_by(exchange.full, success(exchange), client_secret=SECRET, forwarded_for=ips)
    digest = hmac.new(SECRET.encode(), ips.encode(), sha256).hexdigest()
    headers = {"X-Insta-Forwarded-For": f"{ips}|{digest}"}
    is_write = exchange.operation.method in WRITES
    assert sent == [request(exchange, exchange.sent, BY_TOKEN, headers if is_write else {})]


def page(pagination: dict[str, Any], data: object = ()) -> Response:
    return Response(200, {}, json.dumps({"pagination": pagination, "data": data}).encode())


WARNING = "next_max_id and min_id are deprecated for this endpoint"
TAG_PAGE = {
    "next_max_id": "1",
    "min_tag_id": "9",
    "next_min_id": "9",
    "next_max_tag_id": "5",
    "deprecation_warning": WARNING,
}
PAGES: dict[str, tuple[dict[str, Any], str, str]] = {
    "user_feed": ({"next_max_id": "5_9", "next_max_like_id": "1"}, "max_id", "5_9"),
    "user_recent": ({"next_max_id": "5_9", "next_cursor": "1"}, "max_id", "5_9"),
    "user_liked": ({"next_max_like_id": "5", "next_max_id": "1"}, "max_like_id", "5"),
    "user_followed_by": ({"next_cursor": 1441912345000}, "cursor", "1441912345000"),
    "user_follows": ({"next_cursor": "AQ_-+/=="}, "cursor", "AQ_-+/=="),
    "tag_recent": (TAG_PAGE, "max_tag_id", "5"),
    "location_recent": ({"next_max_id": "5"}, "max_id", "5"),
    "geography_recent": ({"next_max_id": 5}, "max_id", "5"),
}
BY_KEY = [each for each in EXCHANGES if each.name in PAGES]
WHOLE = [
    each
    for each in EXCHANGES
    if each.operation.paging is not None and each.name not in (*PAGES, "media_search")
]


@pytest.mark.parametrize("exchange", BY_KEY, ids=name_of)
@pytest.mark.parametrize("full", [True, False], ids=["full", "plain"])
async def test_the_second_page(exchange: Exchange, full: bool) -> None:
    pagination, key, cursor = PAGES[exchange.name]
    pagination = {"next_url": f"{BASE}/elsewhere?{key}=3&access_token=0ther", **pagination}
    first = exchange.sent if full else exchange.plainly
    ask = exchange.full if full else exchange.plain
    replies = (page(pagination), page({}))
    sent = await sent_by(ask, *replies, client_secret=SECRET, signed=True)
    kept = tuple(pair for pair in first if pair[0] not in (key, "count"))
    count = tuple(pair for pair in first if pair[0] == "count")
    second = (*kept, (key, cursor), *count)
    assert sent == [
        request(exchange, each, BY_TOKEN + signature(exchange, each + BY_TOKEN))
        for each in (first, second)
    ]


@pytest.mark.parametrize("exchange", WHOLE, ids=name_of)
async def test_lists_without_paging_have_no_second_page(exchange: Exchange) -> None:
    pagination = {"next_max_id": "5", "next_cursor": "5", "next_max_tag_id": "5"}
    sent = await sent_by(exchange.full, page(pagination))
    assert sent == [request(exchange, exchange.sent, BY_TOKEN)]


async def test_a_search_goes_on_below_the_oldest_second() -> None:
    exchange = next(each for each in EXCHANGES if each.name == "media_search")
    user = {"id": "9", "username": "ann"}
    seen = [{"id": f"{at}_9", "created_time": str(at), "user": user} for at in (NOW, NOW - 20)]
    sent = await sent_by(exchange.full, page({}, seen), page({}))
    second = (
        *[pair for pair in exchange.sent if pair[0] in ("lat", "lng", "distance")],
        ("min_timestamp", str(NOW - 60)),
        ("max_timestamp", str(NOW - 20)),
        ("count", "40"),
    )
    assert sent == [request(exchange, each, BY_TOKEN) for each in (exchange.sent, second)]


EAST = timezone(timedelta(hours=2))
FIRST, LAST = datetime(2015, 9, 10, 17, tzinfo=EAST), datetime(2015, 9, 10, 15, 46, 40, 9, UTC)
TIMES = (("min_timestamp", "1441897200"), ("max_timestamp", "1441900000"))
POINT = (("lat", "59.9"), ("lng", "10.0"))


@pytest.mark.parametrize(
    ("ask", "path", "query"),
    [
        (lambda client: client.user(), "users/self", ()),
        (lambda client: client.user_recent(), "users/self/media/recent", ()),
        (lambda client: client.user_follows(), "users/self/follows", ()),
        (lambda client: client.user_followed_by(), "users/self/followed-by", ()),
        (lambda client: client.user_recent(7, min_timestamp=FIRST, max_timestamp=LAST),
         "users/7/media/recent", TIMES),
        (lambda client: client.location_recent("7", min_timestamp=FIRST, max_timestamp=LAST),
         "locations/7/media/recent", TIMES),
        (lambda client: client.media_search(59.9, 10.0, min_timestamp=FIRST, max_timestamp=LAST),
         "media/search", (*POINT, *TIMES)),
        (lambda client: client.location_search(facebook_places_id=5), "locations/search",
         (("facebook_places_id", "5"),)),
        (lambda client: client.location_search(foursquare_v2_id="4b", count=1),
         "locations/search", (("foursquare_v2_id", "4b"), ("count", "1"))),
        (lambda client: client.location_search(foursquare_id=6), "locations/search",
         (("foursquare_id", "6"),)),
        (lambda client: client.location_search(lat=59.9, lng=10.0), "locations/search", POINT),
        (lambda client: client.tag_search("a b"), "tags/search", (("q", "a b"),)),
        (lambda client: client.tag_recent("c++/?"), "tags/c%2B%2B%2F%3F/media/recent", ()),
        (lambda client: client.geography_recent(0), "geographies/0/media/recent", ()),
        (lambda client: client.media("320"), "media/320", ()),
    ],
)  # fmt: skip
async def test_other_ways_to_ask(ask: Ask, path: str, query: Pairs) -> None:
    entity = {"id": "1", "username": "a", "created_time": "1", "user": {"id": "1", "username": "a"}}
    single = path in ("users/self", "media/320")
    (sent,) = await sent_by(ask, ScriptedTransport.reply(entity if single else []))
    assert sent == Request("GET", f"{BASE}/{path}", query + BY_TOKEN)


async def test_instagram_is_at_its_old_address_unless_another_is_given() -> None:
    transport = ScriptedTransport([ScriptedTransport.reply({"name": "snow"})])
    await Client(TOKEN, transport=transport).tag("snow")
    assert transport.requests[0].url == "https://api.instagram.com/v1/tags/snow"
