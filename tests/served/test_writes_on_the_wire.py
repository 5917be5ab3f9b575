"""What a write looks like in bytes: a POST's parameters are a form body, a DELETE has no body."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote

import pytest

from instagram_async import Client
from tests.support.exchanges import EXCHANGES, SHORTCUTS, Exchange, name_of
from tests.support.raw import Answer, http, raw_server
from tests.support.replying import carried_out

TOKEN = "1000.47a0479.e2f1"
DATA = b'{"meta":{"code":200},"data":{"outgoing_status":"none"}}'
NOTHING = b'{"meta":{"code":200},"data":null}'
ALL = (*EXCHANGES, *SHORTCUTS)
POSTS = [each for each in ALL if each.operation.method == "POST"]
DELETES = [each for each in ALL if each.operation.method == "DELETE"]


def answer(exchange: Exchange) -> Answer:
    return Answer(http(DATA if exchange.operation.family == "relationships" else NOTHING))


@pytest.mark.parametrize("exchange", POSTS, ids=name_of)
async def test_a_post_carries_a_form_with_the_token_in_it(exchange: Exchange) -> None:
    async with (
        raw_server(answer(exchange)) as raw,
        Client(TOKEN, base_url=raw.base_url) as client,
    ):
        await carried_out(client, exchange.full)
    (arrived,) = raw.arrived
    assert arrived.line == f"POST /v1/{exchange.path} HTTP/1.1"
    assert arrived.headers["content-type"] == "application/x-www-form-urlencoded"
    assert int(arrived.headers["content-length"]) == len(arrived.body)
    assert arrived.body.isascii()
    expected = [*exchange.sent, ("access_token", TOKEN)]
    assert parse_qsl(arrived.body.decode(), strict_parsing=True) == expected


async def test_a_comment_in_bytes() -> None:
    text = "schön & gut ☃ = 100%\n#été +1"
    async with (
        raw_server(Answer(http(NOTHING))) as raw,
        Client(TOKEN, base_url=raw.base_url) as client,
    ):
        await client.create_comment("64_9", text)
    (arrived,) = raw.arrived
    assert arrived.line == "POST /v1/media/64_9/comments HTTP/1.1"
    encoded = quote(text, safe="")
    assert arrived.body == f"text={encoded}&access_token={TOKEN}".encode()


@pytest.mark.parametrize("exchange", DELETES, ids=name_of)
async def test_a_delete_has_its_token_in_the_query_and_no_body(exchange: Exchange) -> None:
    async with (
        raw_server(answer(exchange)) as raw,
        Client(TOKEN, base_url=raw.base_url) as client,
    ):
        await carried_out(client, exchange.full)
    (arrived,) = raw.arrived
    assert arrived.line == f"DELETE /v1/{exchange.path}?access_token={TOKEN} HTTP/1.1"
    assert arrived.body == b""
    assert "content-type" not in arrived.headers


async def test_a_tag_travels_percent_encoded_once() -> None:
    async with (
        raw_server(Answer(http(b'{"meta":{"code":200},"data":{"name":"x"}}'))) as raw,
        Client(TOKEN, base_url=raw.base_url) as client,
    ):
        await client.tag("été+%/😀")
    path = "/v1/tags/%C3%A9t%C3%A9%2B%25%2F%F0%9F%98%80"
    assert raw.lines == [f"GET {path}?access_token={TOKEN}"]
