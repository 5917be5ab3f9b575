"""Secrets stay inside, whatever a server repeats and whatever goes wrong."""

from __future__ import annotations

import base64
import json
import logging
import pickle
from typing import Any
from urllib.parse import quote

import pytest
from multidict import CIMultiDict

from instagram_async import (
    APIError,
    Client,
    ClientClosedError,
    ConnectError,
    InstagramError,
    Quota,
    RateLimitError,
    Request,
    Response,
    ResponseError,
    Retry,
    TransportError,
    UncertainWriteError,
)
from instagram_async.quota import ServerQuota
from instagram_async.testing.transport import Script
from instagram_async.v1.signing import Credentials, Secret, redacted
from tests.support.canary import SECRET, TOKEN
from tests.support.hunt import Hunt
from tests.support.offline import LIKES, Line, html, refusal, reply
from tests.support.virtual import run

HUNT = Hunt(TOKEN, SECRET, blind=[__file__])
MEDIA = {"id": "9_1", "created_time": "1", "user": {"id": "1", "username": "a"}}


def signed(*script: Script, **options: Any) -> tuple[Client, Line]:
    line = Line(*script)
    given: dict[str, Any] = {"retry": Retry(attempts=2, base=0), "clock": line.clock} | options
    client = Client(TOKEN, client_secret=SECRET, signed=True, transport=line, **given)
    return client, line


def echo(status: int, wrap: str, shape: str = "plain") -> Any:
    """A server that repeats everything it was sent."""

    def answer(request: Request) -> Response:
        values = [_shaped(value, shape) for _, value in _sent(request)]
        words = [f"{name}={value}" for (name, _), value in zip(_sent(request), values, strict=True)]
        message = f"cannot {request.url}?{'&'.join(words)} or {' or '.join(values)}"
        told: Any = {"code": status, "error_type": "APIError", "error_message": message}
        body = {
            "meta": {"meta": told},
            "flat": told,
            "raw": {"meta": {"code": 200}, "data": {"id": {"echo": message}, "token": words}},
            "next_url": {"pagination": {"next_url": message}, "meta": told},
        }[wrap]
        text = json.dumps(body)
        if shape == "slashed":  # as v1 wrote it
            text = text.replace("/", "\\/")
        return Response(status, CIMultiDict(), text.encode())

    return answer


def _sent(request: Request) -> tuple[tuple[str, str], ...]:
    return request.query + (request.form or ())


def _shaped(value: str, shape: str) -> str:
    return {
        "plain": value,
        "slashed": value,
        "quoted": quote(value, safe=""),
        "partly": quote(value),
    }[shape]


def hunted(error: BaseException) -> None:
    assert HUNT.exception(error) == []
    if isinstance(error, InstagramError):
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error)
        assert HUNT.exception(again) == []


@pytest.fixture(autouse=True)
def _logs(caplog: pytest.LogCaptureFixture) -> Any:
    caplog.set_level(logging.DEBUG)
    yield
    assert HUNT.records(caplog.records) == []


@pytest.mark.parametrize("shape", ["plain", "slashed", "quoted", "partly"])
@pytest.mark.parametrize("status", [200, 400, 403, 429, 500])
@pytest.mark.parametrize("wrap", ["meta", "flat", "next_url"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_refusal_that_repeats_what_it_was_sent(
    method: str, wrap: str, status: int, shape: str
) -> None:
    client, line = signed(*[echo(status, wrap, shape)] * 2, retry=Retry(attempts=1))
    with pytest.raises(InstagramError) as caught:
        run(client.call(method, LIKES, "1_2", text="hello"))
    hunted(caught.value)
    assert str(caught.value).startswith(f"{method} media/{{id}}/likes: ")
    assert len(line.requests) == 1


def test_an_entity_that_cannot_be_read_and_repeats_it() -> None:
    client, _ = signed(echo(200, "raw"))
    with pytest.raises(ResponseError) as caught:
        run(client.user())
    assert caught.value.raw is not None
    hunted(caught.value)


@pytest.mark.parametrize(
    "failure",
    [
        TransportError("lost"),
        ConnectError("refused"),
        html(503),
        html(404),
        Response(200, {}, b'{"da'),
        Response(200, {}, b"\xff"),
        Response(200, {}, b"[" * 100_000),
        reply("no list", pagination={"next_url": f"http://h/?access_token={TOKEN}"}),
        refusal(429, headers={"Retry-After": "1"}),
        refusal(403, "OAuthForbiddenException", "Invalid signed-request: no match", flat=True),
    ],
    ids=lambda failure: str(failure)[:20],
)
@pytest.mark.parametrize("operation", ["user", "pages", "write"])
def test_every_failure(failure: Script, operation: str) -> None:
    client, _ = signed(*[failure] * 2)

    async def main() -> None:
        if operation == "user":
            await client.user()
        elif operation == "write":
            await client.call("POST", LIKES, "1_2")
            raise UncertainWriteError  # a reply that only models could not read
        else:
            await client.user_recent().collect()

    with pytest.raises(InstagramError) as caught:
        run(main())
    hunted(caught.value)
    assert HUNT.value(caught.value.checkpoint) == []


def test_our_own_refusals() -> None:
    client, _ = signed(reply([MEDIA]), quota=Quota(1), max_wait=0)

    async def main() -> None:
        await client.user_recent().collect()
        with pytest.raises(RateLimitError) as refused:
            await client.user_recent().collect()
        await client.close()
        with pytest.raises(ClientClosedError) as closed:
            await client.user()
        with pytest.raises(ValueError, match="v1 has GET") as wrong:
            await client.call("PUT", "users")
        for caught in (refused, closed, wrong):
            hunted(caught.value)

    run(main())


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_url": "ftp://h"},
        {"base_url": "http://["},
        {"concurrency": 0},
        {"max_bytes": 0},
        {"session": object(), "transport": object()},
        {"client_secret": None, "signed": True},
        {"client_secret": SECRET.encode()},
        {"client_secret": SECRET + "\ud800"},
        {"access_token": TOKEN.encode()},
        {"access_token": TOKEN + "\ud800"},
        {"access_token": [TOKEN]},
        {"no_such_argument": 1},
    ],
)
def test_construction(wrong: dict[str, Any]) -> None:
    arguments: dict[str, Any] = {"access_token": TOKEN, "client_secret": SECRET} | wrong
    with pytest.raises((TypeError, ValueError)) as caught:
        Client(**arguments)
    hunted(caught.value)
    if "access_token" in wrong:
        with pytest.raises((TypeError, ValueError)) as caught:
            Client().with_options(**wrong)
        hunted(caught.value)


def test_nothing_shows_a_secret_by_being_printed() -> None:
    next_url = f"http://h/?access_token={quote(TOKEN)}&sig={'0' * 64}&client_secret={SECRET}"
    more = {"next_url": next_url, "next_max_id": "9_1"}
    client, line = signed(reply([MEDIA], pagination=more), reply([MEDIA], pagination=more))

    async def main() -> None:
        pager = client.user_recent(count=3)
        items, pages = aiter(pager), pager.pages()
        await anext(items)
        page = await anext(pages)
        line.add(reply({}, pagination=more))
        assert "next_max_id" in page.pagination
        answer = await client.call("GET", "users/{}", "self")
        shown = [
            client, client.with_options(access_token=TOKEN), client._session, client._session.wire,
            client._credentials, client._session.transport, client._session.gate,
            vars(client), pager, items, pages, page, page.pagination, page.checkpoint, page.report,
            items.checkpoint, items.report, pages.checkpoint, pager.listing, str(pager.listing),
            pickle.dumps(pager.listing), answer, answer.pagination, line.requests,
            client._session.wire.windows(None), client._session.wire.windows("likes"),
            client._credentials.owner, ServerQuota(),
        ]  # fmt: skip
        for value in shown:
            assert HUNT.value(value) == []

    run(main())
    assert all(HUNT.value(request.query) for request in line.requests)  # it was sent, after all


def test_a_reply_is_redacted_only_of_what_was_sent() -> None:
    query = (("access_token", TOKEN), ("q", "snow"), ("sig", ""), ("client_secret", SECRET))
    body = f"{TOKEN} snow {quote(TOKEN)} {SECRET} {json.dumps(TOKEN)}".encode()
    response = Response(400, {"A": "b"}, body)
    clean = redacted(Request("GET", "http://h", query), response, APIError())
    assert clean == Response(400, {"A": "b"}, b'... snow ... ... "..."')
    request = Request("POST", "http://h", form=(("access_token", TOKEN),))
    posted = redacted(request, response, APIError())
    assert posted is not None
    assert SECRET.encode() in posted.body
    assert TOKEN.encode() not in posted.body


def test_a_secret_is_known_by_its_text_alone() -> None:
    assert repr(Secret(TOKEN)) == str(Secret(TOKEN)) == "Secret(...)"
    credentials = Credentials(Secret(TOKEN), "app", Secret(SECRET), forwarded_for="1.2.3.4")
    assert HUNT.value(repr(credentials)) == []
    assert base64.b64encode(TOKEN.encode()).decode() not in credentials.owner


def test_an_unreadable_item_does_not_show_what_the_server_repeats() -> None:
    """The data of a page is the server's own; the raw item of an error is cleaned."""

    async def main() -> None:
        client, _ = signed(reply([{"id": {}, "link": f"http://h/?access_token={TOKEN}"}]))
        with pytest.raises(ResponseError) as raised:
            await client.user_recent("self").first()
        assert raised.value.raw == {"id": {}, "link": "http://h/?access_token=..."}
        assert HUNT.exception(raised.value) == []

    run(main())
