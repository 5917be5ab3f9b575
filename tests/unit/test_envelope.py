"""From a reply's bytes to a value or an error, both as values (reference B and C.1)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from multidict import CIMultiDict

from instagram_async import (
    APIError,
    AuthenticationError,
    Comment,
    InstagramError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    Reply,
    ResponseError,
    ServerError,
    Tag,
    Unreadable,
    User,
)
from instagram_async.paging.page import ListReply
from instagram_async.transport import Response
from instagram_async.v1.envelope import Origin, one_of, page_of, quota_in, raw_of
from tests.support.lanes import ORIGIN, reply

OLD_TOKEN = (
    b'{"meta":{"error_type":"OAuthAccessTokenException","code":400,'
    b'"error_message":"The access_token provided is invalid."}}'
)
READERS: list[Callable[[Response], Any]] = [
    lambda response: page_of(Tag, ORIGIN, response),
    lambda response: one_of(Tag, ORIGIN, response),
    lambda response: raw_of(ORIGIN, response),
]
every_reader = pytest.mark.parametrize("read", READERS, ids=["page", "entity", "raw"])


def page(body: bytes, **headers: str) -> Any:
    return page_of(Tag, ORIGIN, reply(body, 200, **headers))


def with_pagination(text: str) -> bytes:
    return f'{{"pagination": {text}, "data": [{{"name": "snow"}}]}}'.encode()


@pytest.mark.parametrize("text", ["{}", "null", '""', '"null"', '"NULL"', "[]", "0", "false"])
def test_an_empty_pagination_is_that_of_the_last_page(text: str) -> None:
    body = with_pagination(text)
    for found, name in ((page(body), "snow"), (page(body.replace(b'"snow"', b"7")), "7")):
        assert isinstance(found, ListReply)
        assert found.pagination == {}
        assert found.items == (Tag(name=name),)


@pytest.mark.parametrize("text", ['"next"', "[1]", "7", "true"])
def test_a_pagination_that_is_no_object_is_a_broken_reply(text: str) -> None:
    for found in (page(with_pagination(text)), raw_of(ORIGIN, reply(with_pagination(text)))):
        assert isinstance(found, ResponseError)
        assert str(found) == f"{ORIGIN.operation}: pagination is no object"


def test_the_next_url_is_dropped_and_the_keys_are_kept() -> None:
    body = with_pagination('{"next_url": "http://x/?access_token=T", "next_max_id": 7}')
    assert page(body).pagination == {"next_max_id": 7}
    careless = body.replace(b'"snow"', b"7")
    assert page(careless).pagination == {"next_max_id": 7}
    raw = raw_of(ORIGIN, reply(body))
    assert isinstance(raw, Reply)
    assert raw.pagination == {"next_max_id": 7}


def test_a_page_knows_its_quota() -> None:
    found = page(b'{"data": []}', **{"X-Ratelimit-Remaining": "4992"})
    assert (found.items, found.quota.remaining) == ((), 4992)


def test_what_cannot_be_read_keeps_its_place() -> None:
    wire = [
        {"id": "1", "username": "ann"},
        {"id": "2", "from": 1},
        7,
        {"id": 3, "username": "bob"},
    ]
    found = page_of(User, ORIGIN, reply(json.dumps({"data": wire}).encode()))
    assert isinstance(found, ListReply)
    assert found.items == (
        User(id="1", username="ann"),
        Unreadable("data[1].username", "username is missing", {"id": "2", "from": 1}),
        Unreadable("data[2]", "expected an object, got 7", 7),
        User(id="3", username="bob"),
    )


def test_the_path_of_what_is_unreadable_says_from_as_the_wire_does() -> None:
    wire = {"id": "1", "created_time": "1", "from": {"id": "2"}}
    found = page_of(Comment, ORIGIN, reply(json.dumps({"data": [wire]}).encode()))
    assert isinstance(found, ListReply)
    assert found.items == (Unreadable("data[0].from.username", "username is missing", wire),)
    one = one_of(Comment, ORIGIN, reply(json.dumps({"data": wire}).encode()))
    assert isinstance(one, ResponseError)
    assert (one.path, one.raw) == ("data.from.username", wire)


@pytest.mark.parametrize("data", ["null", "{}", '"x"', "7"])
def test_a_page_needs_a_list(data: str) -> None:
    found = page(f'{{"data": {data}}}'.encode())
    assert isinstance(found, ResponseError)
    told = (found.message, found.path, found.raw)
    assert told == ("expected a list", "data", json.loads(data))


def test_an_entity() -> None:
    assert one_of(Tag, ORIGIN, reply(b'{"data": {"name": "snow"}}')) == Tag(name="snow")
    assert one_of(Tag, ORIGIN, reply(b'{"data": {"name": 7}}')) == Tag(name="7")


@pytest.mark.parametrize(
    ("data", "path", "message"),
    [
        (None, "data", "expected an object, got None"),
        ([], "data", "expected an object, got []"),
        ({"media_count": 1}, "data.name", "name is missing"),
    ],
)
def test_an_entity_that_cannot_be_read(data: Any, path: str, message: str) -> None:
    found = one_of(Tag, ORIGIN, reply(json.dumps({"data": data}).encode()))
    assert isinstance(found, ResponseError)
    assert (found.path, found.message, found.raw) == (path, message, data)
    assert found.operation == ORIGIN.operation


def test_a_raw_reply() -> None:
    body = b'{"data": {"from": 1.0}, "meta": {"code": 200}}'
    found = raw_of(ORIGIN, reply(body, 200, **{"X-Ratelimit-Limit": "5000"}))
    assert isinstance(found, Reply)
    assert (found.data, found.pagination, found.status) == ({"from": 1.0}, {}, 200)
    assert (found.quota.limit, found.headers["X-Ratelimit-Limit"]) == (5000, "5000")
    assert "X-Ratelimit-Limit" not in repr(found)


@every_reader
@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"{", b"null", b"[]", b"7", b"{}", b'{"meta": {"code": 200}}', b'"data"',
     b"\xef\xbb\xbf{}", b'{"data": NaN}', b"\x00", b"[" * 100_000],
    ids=lambda body: repr(body[:20]),
)  # fmt: skip
@pytest.mark.parametrize("status", [200, 204])
def test_a_success_without_data_is_broken(read: Any, body: bytes, status: int) -> None:
    found = read(Response(status, {}, body))
    assert isinstance(found, ResponseError)
    assert found.message == "the reply is no JSON object with data in it"
    assert (found.operation, found.path, found.raw) == (ORIGIN.operation, "", None)


@every_reader
@pytest.mark.parametrize("status", [400, 200])
def test_an_error_in_meta(read: Any, status: int) -> None:
    found = read(Response(status, {}, OLD_TOKEN))
    assert type(found) is AuthenticationError
    assert (found.status, found.error_type) == (status, "OAuthAccessTokenException")
    assert found.message == "The access_token provided is invalid."


@every_reader
@pytest.mark.parametrize("status", [403, 200])
def test_a_flat_error_keeps_its_words_and_code_under_any_status(read: Any, status: int) -> None:
    found = read(Response(status, {}, b'{"code":403,"error_type":"X","error_message":"no"}'))
    assert type(found) is PermissionDeniedError
    assert (found.status, found.error_type, found.message) == (status, "X", "no")
    limited = read(Response(status, {}, b'{"code":429,"error_type":"X","error_message":"no"}'))
    assert type(limited) is RateLimitError


@every_reader
@pytest.mark.parametrize(
    "body",
    [b'{"data":[],"meta":{"error_type":"APINotFoundError","code":400,"error_message":"no"}}',
     b'{"data":[],"error_type":"APINotFoundError","error_message":"no"}',
     b'{"data":{"name":"a"},"error_type":"APINotFoundError","error_message":"no"}',
     b'{"data":null,"error_type":"APINotFoundError","error_message":"no","from":1}'],
)  # fmt: skip
def test_an_error_with_data_is_an_error(read: Any, body: bytes) -> None:
    found = read(Response(200, {}, body))
    assert type(found) is NotFoundError
    assert found.message == "no"


@every_reader
@pytest.mark.parametrize("body", [b"", b"<html>502</html>", b'{"data": [], "meta": {}}'])
def test_a_status_is_an_error_whatever_the_body(read: Any, body: bytes) -> None:
    found = read(Response(502, {}, body))
    assert type(found) is ServerError
    assert (found.status, found.message) == (502, "HTTP 502 without a word")


@every_reader
def test_redirects_are_errors(read: Any) -> None:
    found = read(Response(302, {}, b'{"data": []}'))
    assert type(found) is APIError
    assert found.status == 302


def test_the_family_is_named_only_if_it_is_its_quota() -> None:
    origin = Origin("POST media/{id}/likes", "likes")
    in_meta = b'{"meta":{"error_type":"OAuthRateLimitException","code":429,"error_message":"m"}}'
    flat = b'{"error_type":"OAuthRateLimitException","code":429,"error_message":"m"}'
    for body, family in ((in_meta, "likes"), (flat, None)):
        found = raw_of(origin, Response(429, {}, body))
        assert isinstance(found, RateLimitError)
        assert (found.family, found.status, found.retry_at) == (family, 429, None)


def test_no_error_holds_the_body() -> None:
    body = b'{"pagination": {"next_url": "http://x/?access_token=CANARY"}, "data": 7}'
    for read in READERS[:2]:
        found = read(Response(200, {}, body))
        assert isinstance(found, InstagramError)
        assert "CANARY" not in repr(vars(found))


@pytest.mark.parametrize(
    "names",
    [
        ("X-Ratelimit-Limit", "X-Ratelimit-Remaining"),
        ("x-ratelimit-limit", "x-ratelimit-remaining"),
        ("X-RATELIMIT-LIMIT", "X-RATELIMIT-REMAINING"),
    ],
)
def test_rate_headers_in_any_case(names: tuple[str, str]) -> None:
    headers = CIMultiDict({names[0]: "5000", names[1]: " 4992 "})
    quota = quota_in(Response(200, headers, b""))
    assert (quota.limit, quota.remaining, quota.retry_after) == (5000, 4992, None)


@pytest.mark.parametrize("text", ["", "many", "-1", "1.5", "9" * 5000, "\u00b2"])
def test_rate_headers_that_are_no_number(text: str) -> None:
    quota = quota_in(reply(b"", 200, **{"X-Ratelimit-Limit": text, "X-Ratelimit-Remaining": text}))
    assert (quota.limit, quota.remaining) == (None, None)


@pytest.mark.parametrize(
    ("after", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Thu, 10 Sep 2015 15:48:40 GMT", 120.0),
        ("Thu, 10 Sep 2015 15:46:00 GMT", 0.0),
        ("Thu, 10 Sep 2015 15:48:40 -0000", None),
        ("Thu, 10 Sep 99999999999 15:48:40 GMT", None),
        ("Thu, 10 Sep 2015 15:48:40 +99999999999999", None),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_retry_after(after: str, seconds: float | None) -> None:
    headers = {"Retry-After": after, "Date": "Thu, 10 Sep 2015 15:46:40 GMT"}
    assert quota_in(reply(b"", 429, **headers)).retry_after == seconds


def test_a_retry_after_date_needs_the_servers_own_date() -> None:
    headers = {"Retry-After": "Thu, 10 Sep 2015 15:48:40 GMT"}
    assert quota_in(reply(b"", 429, **headers)).retry_after is None
