"""What is sent again, how often and when (design: retries and writes)."""

from __future__ import annotations

import pickle
from itertools import pairwise
from typing import Any

import pytest

from instagram_async import (
    APIError,
    AuthenticationError,
    Client,
    ConnectError,
    Hooks,
    InstagramError,
    InvalidRequestError,
    NotFoundError,
    Quota,
    RateLimitError,
    Response,
    ResponseError,
    Retry,
    ServerError,
    TransportError,
    UncertainWriteError,
)
from instagram_async.retry import next_delay
from instagram_async.testing.transport import Script
from tests.support.offline import LIKES, html, offline, refusal, reply
from tests.support.virtual import run

BROKEN = Response(200, {}, b'{"meta": {"code": 200}, "da')
HALF = Response(200, {}, b'{"meta": {"code": 200}}')
MISSHAPEN = reply({"id": {"pk": 1}})
UNCLEAR: list[tuple[Script, type[InstagramError]]] = [
    (TransportError("lost"), TransportError),
    (html(500), ServerError),
    (html(503), ServerError),
    (BROKEN, ResponseError),
    (HALF, ResponseError),
]
NOT_DONE: list[tuple[Script, type[InstagramError]]] = [
    (ConnectError("refused"), ConnectError),
    (refusal(429, flat=True), RateLimitError),
    (refusal(429), RateLimitError),
]
FINAL: list[tuple[Script, type[InstagramError]]] = [
    (refusal(400, "APINotFoundError"), NotFoundError),
    (refusal(400, "APIInvalidParametersError"), InvalidRequestError),
    (refusal(400, "OAuthAccessTokenException"), AuthenticationError),
    (refusal(400, "APIError"), APIError),
    (html(404), NotFoundError),
]


async def read(client: Client) -> Any:
    return (await client.call("GET", "users/{}", "self")).data


async def write(client: Client) -> Any:
    return (await client.call("POST", LIKES, "1_2")).data


@pytest.mark.parametrize(("failure", "kind"), UNCLEAR + NOT_DONE)
def test_a_read_is_sent_again(failure: Script, kind: type[InstagramError]) -> None:
    seen: list[type[InstagramError]] = []
    hooks = Hooks(on_retry=lambda event: seen.append(type(event.error)))
    client, line = offline(failure, failure, reply("fine"), hooks=hooks)
    assert run(read(client)) == "fine"
    assert len(line.requests) == 3
    assert seen == [kind, kind]


@pytest.mark.parametrize(("failure", "kind"), FINAL)
@pytest.mark.parametrize("send", [read, write])
def test_a_refusal_is_final(failure: Script, kind: type[InstagramError], send: Any) -> None:
    client, line = offline(failure)
    with pytest.raises(InstagramError) as caught:
        run(send(client))
    assert type(caught.value) is kind
    assert len(line.requests) == 1


def test_a_shape_stays_what_it_is() -> None:
    client, line = offline(MISSHAPEN)
    with pytest.raises(ResponseError) as caught:
        run(client.user())
    assert caught.value.path == "data.id"
    assert len(line.requests) == 1


@pytest.mark.parametrize(("failure", "kind"), NOT_DONE)
def test_a_write_that_was_surely_not_done_is_sent_again(
    failure: Script, kind: type[InstagramError]
) -> None:
    client, line = offline(failure, reply("fine"))
    assert run(write(client)) == "fine"
    assert len(line.requests) == 2


@pytest.mark.parametrize(("failure", "kind"), UNCLEAR)
def test_a_write_that_may_have_been_done_is_not(
    failure: Script, kind: type[InstagramError]
) -> None:
    client, line = offline(failure)
    with pytest.raises(UncertainWriteError) as caught:
        run(write(client))
    assert len(line.requests) == 1
    error = caught.value
    assert error.operation == "POST media/{id}/likes"
    assert "no telling whether it was carried out: " in error.message
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is UncertainWriteError
    assert (str(again), again.operation) == (str(error), error.operation)


@pytest.mark.parametrize(("failure", "kind"), UNCLEAR + NOT_DONE)
@pytest.mark.parametrize("send", [read, write])
def test_one_attempt_is_one_request(failure: Script, kind: type[InstagramError], send: Any) -> None:
    client, line = offline(failure, retry=Retry(attempts=1))
    with pytest.raises(InstagramError) as caught:
        run(send(client))
    uncertain = send is write and (failure, kind) in UNCLEAR
    assert type(caught.value) is (UncertainWriteError if uncertain else kind)
    assert len(line.requests) == 1


@pytest.mark.parametrize("attempts", [2, 3, 7])
def test_the_last_attempt_says_what_went_wrong(attempts: int) -> None:
    client, line = offline(*[html(500)] * (attempts - 1), html(502), retry=Retry(attempts=attempts))
    with pytest.raises(ServerError) as caught:
        run(read(client))
    assert caught.value.status == 502
    assert len(line.requests) == attempts


@pytest.mark.parametrize(("random", "share"), [(0.0, 0.0), (0.25, 0.25), (1.0, 1.0)])
def test_the_waits_double_up_to_the_cap(
    monkeypatch: pytest.MonkeyPatch, random: float, share: float
) -> None:
    monkeypatch.setattr("instagram_async.session.random", lambda: random)
    client, line = offline(*[html(500)] * 7, retry=Retry(attempts=7, base=2, cap=20))
    with pytest.raises(ServerError):
        run(read(client))
    waits = [after - before for before, after in pairwise(line.left_at)]
    assert waits == pytest.approx([share * wait for wait in (2, 4, 8, 16, 20, 20)])


def test_the_waits_are_spread_over_all_of_it() -> None:
    waits: list[float] = []
    for _ in range(200):
        client, line = offline(html(500), reply(1), retry=Retry(base=8))
        run(read(client))
        waits.append(line.left_at[1] - line.left_at[0])
    assert all(0 <= wait <= 8 for wait in waits)
    assert min(waits) < 1.5
    assert max(waits) > 6.5


def test_even_the_thousandth_attempt_has_a_wait() -> None:
    policy = Retry(attempts=10_000, base=1, cap=1e9)
    error = ServerError()
    assert next_delay(policy, 2000, repeatable=True, error=error, random=1.0) == 1e9
    assert next_delay(policy, 10_000, repeatable=True, error=error, random=1.0) is None


def test_a_refusal_of_our_own_is_no_reason_to_try_again() -> None:
    theirs, ours = RateLimitError(status=429), RateLimitError()
    assert next_delay(Retry(base=1), 1, repeatable=True, error=theirs, random=1.0) == 1
    assert next_delay(Retry(base=1), 1, repeatable=True, error=ours, random=1.0) is None


@pytest.mark.parametrize("wrong", [{"attempts": 0}, {"base": -1}, {"cap": -0.1}])
def test_policies_that_make_no_sense(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be >="):
        Retry(**wrong)  # type: ignore[arg-type]


def test_our_own_quota_is_no_failure() -> None:
    planned: list[object] = []
    hooks = Hooks(on_retry=planned.append)
    client, line = offline(reply(1), quota=Quota(1), max_wait=60, hooks=hooks)

    async def main() -> None:
        await read(client)
        with pytest.raises(RateLimitError) as caught:
            await read(client)
        assert caught.value.status is None

    run(main())
    assert len(line.requests) == 1
    assert planned == []


def test_a_lost_connection_names_its_operation() -> None:
    client, _ = offline(TransportError("lost"), retry=Retry(attempts=1))
    with pytest.raises(TransportError, match=r"^GET users/\{id\}: lost$"):
        run(read(client))


def test_a_script_has_an_end() -> None:
    with pytest.raises(AssertionError, match="nothing left in the script"):
        run(read(offline()[0]))
