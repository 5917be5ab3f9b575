"""One call through the session: the order of its steps, and what the wire gets."""

from __future__ import annotations

import asyncio
import hmac
from typing import Any

import pytest

from instagram_async import (
    Client,
    Hooks,
    InstagramError,
    Request,
    Response,
    Retry,
    ServerError,
    Timeout,
)
from instagram_async.lifecycle import Lifecycle
from instagram_async.quota import RateLimitSemaphore, ServerQuota, WindowSpec
from instagram_async.session import Call, Session, Wire
from instagram_async.transport import Tally
from tests.support.canary import TOKEN as CANARY
from tests.support.offline import Line, offline, reply
from tests.support.virtual import VirtualClock, run

SECRET = "6dc1787668c64c939929c17683d7cb74"
TOKEN = "fb2e77d.47a0479900504cb3ab4a1f626d174d2d"


class Steps(list[str]):
    """A session whose every part writes down that it was there."""

    def __init__(self, *failures: InstagramError) -> None:
        super().__init__()
        self.failures = list(failures)
        self.call = Call("op", "GET", "a", self.read, family="likes")
        self.session = Session(
            Line(self.carry, self.carry, self.carry),
            RateLimitSemaphore(1, clock=VirtualClock()),
            Lifecycle(),
            Wire(self.sign, self.quota, self.windows, self.redact),
            Retry(),
            Timeout(),
            None,
            Hooks(on_retry=lambda _: self.append("retry")),
        )

    def windows(self, family: str | None) -> tuple[WindowSpec, ...]:
        self.append(f"gate {family}")
        return (WindowSpec("w", 100, 60.0),)

    def sign(self, call: Call[object]) -> Request:
        self.append("sign")
        return Request(call.method, f"http://h/{call.path}")

    def carry(self, request: Request) -> Response:
        self.append(f"transport {request.url}")
        return Response(200, {}, b"")

    def quota(self, response: Response) -> ServerQuota:
        self.append("quota")
        return ServerQuota()

    def redact(self, request: Request, response: Response, outcome: object) -> Response | None:
        if not isinstance(outcome, InstagramError):
            return None
        self.append("redact")
        return response

    def read(self, response: Response) -> str | InstagramError:
        self.append("decode")
        return self.failures[0] if self.failures else "value"


def test_the_steps_come_in_order() -> None:
    steps, tally = Steps(), Tally()
    assert run(steps.session.send(steps.call, tally)) == "value"
    assert steps == ["gate likes", "sign", "transport http://h/a", "quota", "decode"]
    assert tally.requests == 1


def test_the_steps_of_a_failure_come_again() -> None:
    error, tally = ServerError("no", "op", 503), Tally()
    steps = Steps(error)
    attempt = ["gate likes", "sign", "transport http://h/a", "quota", "decode", "redact", "decode"]

    async def main() -> str:
        task = asyncio.create_task(steps.session.send(steps.call, tally))
        while "retry" not in steps:
            await asyncio.sleep(0)
        steps.failures.clear()
        return await task

    assert run(main()) == "value"
    assert steps == [*attempt, "retry", *attempt[:5]]
    assert tally.requests == 2


def test_nothing_is_signed_before_the_gate_is_passed() -> None:
    steps = Steps()

    async def main() -> None:
        gate, windows = steps.session.gate, steps.windows(None)
        async with gate.flight(windows):  # the only slot
            task = asyncio.create_task(steps.session.send(steps.call))
            await asyncio.sleep(10)
            assert "sign" not in steps
        assert await task == "value"

    run(main())


@pytest.mark.parametrize("method", ["GET", "DELETE", "POST"])
def test_a_client_id_stands_in_for_a_token(method: str) -> None:
    line = Line(reply(None))
    client = Client(client_id="app", transport=line, clock=line.clock)
    run(client.call(method, "media/popular", count=3))
    [request] = line.requests
    sent = (("count", "3"), ("client_id", "app"))
    assert (request.query, request.form) == (((), sent) if method == "POST" else (sent, None))
    assert request.url == "https://api.instagram.com/v1/media/popular"


def test_a_signature_comes_last_and_covers_each_page() -> None:
    line = Line(reply([], pagination={"next_max_id": "2_1"}), reply([]))
    client = Client(TOKEN, client_secret=SECRET, signed=True, transport=line, clock=line.clock)
    run(client.user_recent(count=10).collect())
    first, second = (dict(request.query) for request in line.requests)
    assert list(first) == ["count", "access_token", "sig"]
    assert list(second) == ["max_id", "count", "access_token", "sig"]
    for sent in (first, second):
        expected = sent.pop("sig")
        message = "|".join(["/users/self/media/recent", *(f"{k}={sent[k]}" for k in sorted(sent))])
        assert hmac.new(SECRET.encode(), message.encode(), "sha256").hexdigest() == expected


def test_the_header_of_2014_is_for_writes() -> None:
    line = Line(reply(None), reply(None))
    client = Client(
        TOKEN, client_secret=SECRET, forwarded_for="200.15.1.1", transport=line, clock=line.clock
    )

    async def main() -> None:
        await client.call("POST", "media/{}/likes", "1_2")
        await client.call("GET", "media/{}/likes", "1_2")

    run(main())
    digest = "7e3c45bc34f56fd8e762ee4590a53c8c2bbce27e967a85484712e5faa0191688"
    assert [dict(request.headers) for request in line.requests] == [
        {"X-Insta-Forwarded-For": f"200.15.1.1|{digest}"},
        {},
    ]
    assert line.requests[0].form == (("access_token", TOKEN),)


@pytest.mark.parametrize("method", ["PUT", "get", ""])
def test_a_method_that_v1_has_not_is_refused_before_anything_is_sent(method: str) -> None:
    client, line = offline()
    with pytest.raises(ValueError, match="v1 has GET, POST and DELETE"):
        run(client.call(method, "users/self"))
    assert line.requests == []


def test_what_a_transport_may_not_raise_is_not_hidden() -> None:
    client, line = offline(KeyError("a bug"))
    with pytest.raises(KeyError, match="a bug"):
        run(client.call("GET", "users/self"))
    assert len(line.requests) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"signed": True}, "need a client_secret"),
        ({"forwarded_for": "1.2.3.4"}, "need a client_secret"),
        ({"max_bytes": 0}, "max_bytes must be at least 1"),
        ({"concurrency": 0}, "slots must be at least 1"),
        ({"base_url": "ftp://h/v1"}, "base_url must be"),
        ({"base_url": "http:///v1"}, "base_url must be"),
        ({"base_url": "http://h/v1?a=1"}, "base_url must be"),
        ({"base_url": "http://h/v1#a"}, "base_url must be"),
        ({"session": object(), "transport": Line()}, "give one"),
    ],
)
def test_arguments_that_make_no_sense(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Client(CANARY, **arguments)


def test_a_slash_at_the_end_of_the_base_url_is_one_too_many() -> None:
    line = Line(reply(None))
    run(Client(base_url="http://h:81/v1/", transport=line, clock=line.clock).call("GET", "a"))
    assert line.requests[0] == Request("GET", "http://h:81/v1/a")
