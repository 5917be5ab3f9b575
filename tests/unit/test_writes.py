"""Writes: what is sent again, what never is, and what can be found out afterwards."""

from __future__ import annotations

import asyncio
import pickle
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from instagram_async import (
    Client,
    ClientClosedError,
    Comment,
    ConnectError,
    NotFoundError,
    Relationship,
    Request,
    Response,
    ResponseError,
    Retry,
    ServerError,
    TransportError,
    UncertainWriteError,
    User,
    UserSummary,
)
from instagram_async.testing import ManualClock, ScriptedTransport
from tests.support.canary import TOKEN

ANN = User(id="9", username="ann")
NOW = datetime(2015, 9, 12, 12, tzinfo=UTC)
DONE = ScriptedTransport.reply(None)
GONE = Response(
    400,
    {},
    b'{"meta":{"error_type":"APINotFoundError","code":400,"error_message":"invalid comment id"}}',
)
LOST = TransportError("connection lost")
QUICK = Retry(attempts=3, base=0)
_ids = count(1)


def client(*script: Any, **options: Any) -> tuple[Client, ScriptedTransport]:
    transport = ScriptedTransport(script)
    options.setdefault("clock", ManualClock(now=NOW.timestamp()))
    return Client(TOKEN, transport=transport, retry=QUICK, **options), transport


def comment(text: str, *, seconds: float = 0, by: str = "9") -> Comment:
    return Comment(
        id=str(next(_ids)),
        created_time=NOW + timedelta(seconds=seconds),
        text=text,
        author=UserSummary(id=by, username="somebody"),
    )


@pytest.mark.parametrize("error", [LOST, Response(503, {}, b""), Response(200, {}, b"{")])
async def test_writes_that_set_a_state_are_sent_again(error: Any) -> None:
    ann, transport = client(error, DONE, error, DONE, error, DONE)
    await ann.like("64_9")
    await ann.unlike("64_9")
    await ann.delete_comment("64_9", "7")
    assert [request.method for request in transport.requests] == [
        *["POST"] * 2,
        *["DELETE"] * 4,
    ]
    followed = ScriptedTransport.reply(Relationship(outgoing_status="follows"))
    ann, transport = client(error, followed)
    assert (await ann.follow("5")).outgoing_status == "follows"
    assert len(transport.requests) == 2


async def test_what_a_lost_delete_has_deleted_is_deleted() -> None:
    ann, transport = client(LOST, GONE)
    await ann.delete_comment("64_9", "7")
    assert len(transport.requests) == 2
    ann, transport = client(ServerError("busy", None, 503), LOST, GONE)
    transport = ScriptedTransport([Response(503, {}, b""), LOST, GONE])
    ann = Client(TOKEN, transport=transport, retry=QUICK)
    await ann.unlike("64_9")
    assert len(transport.requests) == 3


async def test_what_was_never_there_can_not_be_deleted() -> None:
    ann, _ = client(GONE)
    with pytest.raises(NotFoundError):
        await ann.delete_comment("64_9", "7")
    ann, _ = client(ConnectError("no connection"), GONE)
    with pytest.raises(NotFoundError):
        await ann.delete_comment("64_9", "7")


async def test_only_a_delete_succeeds_by_absence() -> None:
    ann, _ = client(LOST, GONE)
    with pytest.raises(NotFoundError):
        await ann.like("64_9")
    ann, _ = client(LOST, GONE)
    with pytest.raises(NotFoundError):
        await ann.call("DELETE", "media/{}/likes", "64_9")


@pytest.mark.parametrize("error", [LOST, Response(503, {}, b""), Response(200, {}, b"{")])
async def test_a_comment_is_not_posted_twice(error: Any) -> None:
    ann, transport = client(error)
    with pytest.raises(UncertainWriteError) as caught:
        await ann.create_comment("64_9", "lovely!")
    assert len(transport.requests) == 1
    uncertain = caught.value
    assert uncertain.operation == "POST media/{id}/comments"
    assert uncertain.path == "media/64_9/comments"
    assert uncertain.parameters == (("text", "lovely!"),)
    assert uncertain.since == NOW
    again = pickle.loads(pickle.dumps(uncertain))
    assert vars(again) == vars(uncertain)
    assert TOKEN not in repr(vars(uncertain))


async def test_a_comment_that_surely_was_not_posted_is_sent_again() -> None:
    limit = Response(429, {}, b'{"code":429,"error_type":"OAuthRateLimitException"}')
    ann, transport = client(ConnectError("no connection"), DONE)
    assert await ann.create_comment("64_9", "lovely!") is None
    assert len(transport.requests) == 2
    clock = ManualClock(now=NOW.timestamp())
    ann, transport = client(limit, DONE, clock=clock)
    task = asyncio.create_task(ann.create_comment("64_9", "lovely!"))
    while len(transport.requests) < 2:
        await asyncio.sleep(0)
        clock.advance(60)
    assert await task is None


async def test_servers_of_2011_gave_the_comment_back() -> None:
    posted = comment("lovely!")
    ann, _ = client(ScriptedTransport.reply(posted))
    assert await ann.create_comment("64_9", "lovely!") == posted
    ann, _ = client(ScriptedTransport.reply({"id": {}}))
    with pytest.raises(ResponseError) as caught:
        await ann.create_comment("64_9", "lovely!")
    assert caught.value.path == "data.id"


class Stalled:
    """A transport that never answers."""

    async def send(self, request: Request, timeout: object) -> Response:
        await asyncio.Event().wait()
        raise AssertionError(request)

    async def close(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize(
    ("write", "kind"),
    [
        (lambda ann: ann.create_comment("64_9", "lovely!"), UncertainWriteError),
        (lambda ann: ann.like("64_9"), ClientClosedError),
        (lambda ann: ann.user(), ClientClosedError),
    ],
)
async def test_closing_while_a_write_is_under_way(write: Any, kind: type[Exception]) -> None:
    ann = Client(TOKEN, transport=Stalled())
    task = asyncio.create_task(write(ann))
    await asyncio.sleep(0.01)
    await ann.close()
    with pytest.raises(kind):
        await task


async def uncertain() -> UncertainWriteError:
    ann, _ = client(LOST)
    with pytest.raises(UncertainWriteError) as caught:
        await ann.create_comment("64_9", " lovely! ")
    return caught.value


@pytest.mark.parametrize(
    ("listed", "posted"),
    [
        ([], False),
        ([comment("lovely!")], True),
        ([comment("old"), comment("lovely!", seconds=2)], True),
        ([comment("lovely!", seconds=-4)], True),
        ([comment("lovely!", seconds=-6)], False),
        ([comment("lovely!", by="10")], False),
        ([comment("lovely")], False),
        ([comment("x", seconds=-60), *[comment("x", seconds=at) for at in range(149)]], False),
    ],
)
async def test_settling(listed: list[Comment], posted: bool) -> None:
    ann, transport = client(ScriptedTransport.reply(ANN), ScriptedTransport.reply(listed))
    assert await ann.settle(await uncertain()) is posted
    assert [request.url.partition("/v1/")[2] for request in transport.requests] == [
        "users/self",
        "media/64_9/comments",
    ]


async def test_settling_what_the_server_no_longer_lists() -> None:
    many = [comment("x", seconds=at) for at in range(150)]
    ann, _ = client(ScriptedTransport.reply(ANN), ScriptedTransport.reply(many))
    error = await uncertain()
    with pytest.raises(UncertainWriteError, match="no longer lists"):
        await ann.settle(error)


async def test_settling_needs_to_read_what_might_be_it() -> None:
    ann, _ = client(ScriptedTransport.reply(ANN), ScriptedTransport.reply([{"id": "1"}]))
    with pytest.raises(ResponseError, match="created_time is missing"):
        await ann.settle(await uncertain())


async def test_only_comments_can_be_settled() -> None:
    ann, transport = client(LOST)
    with pytest.raises(UncertainWriteError) as caught:
        await ann.call("POST", "users/{}/relationship", "5", action="follow")
    for other in (caught.value, UncertainWriteError("lost", "POST media/{id}/comments")):
        with pytest.raises(ValueError, match="only comments can be settled"):
            await ann.settle(other)
    assert len(transport.requests) == 1


@pytest.mark.parametrize("username", ["bo", "@Bo", " BO "])
async def test_the_user_of_exactly_this_name(username: str) -> None:
    people = [UserSummary(id="1", username="bob"), UserSummary(id="2", username="bo")]
    ann, transport = client(ScriptedTransport.reply(people))
    found = await ann.find_user(username)
    assert found is not None
    assert found.id == "2"
    assert ("q", "bo") in transport.requests[0].query


async def test_nobody_of_this_name() -> None:
    ann, _ = client(ScriptedTransport.reply([UserSummary(id="1", username="bob")]))
    assert await ann.find_user("bo") is None
    ann, _ = client(ScriptedTransport.reply([{"id": "1"}]))
    with pytest.raises(ResponseError, match=r"data\[0\]"):
        await ann.find_user("bo")
    with pytest.raises(ValueError, match="username takes a name"):
        await ann.find_user("@")


async def test_an_uncertain_write_shows_no_secret_of_the_callers() -> None:
    ann, transport = client(LOST)
    secrets = {"access_token": "t0ken-c4nary", "client_secret": "s3cret-c4nary", "sig": "c4nary"}
    with pytest.raises(UncertainWriteError) as caught:
        await ann.call("POST", "subscriptions", **secrets, aspect="media")
    assert dict(transport.requests[0].form or ())["client_secret"] == "s3cret-c4nary"
    assert caught.value.parameters == (("aspect", "media"),)
    assert "c4nary" not in repr(caught.value) + repr(vars(caught.value))
