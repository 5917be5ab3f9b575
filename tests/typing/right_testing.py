"""What type checkers make of the test kit. Checked by mypy and pyright, never run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, assert_type

from instagram_async import Client, Clock, Comment, Media, Request, Response, Transport, User
from instagram_async.testing import (
    ManualClock,
    Script,
    ScriptedTransport,
    make_comment,
    make_media,
    make_user,
    scrub,
)


def factories() -> None:
    user = make_user(1, bio="up early", counts=None)
    assert_type(user, User)
    assert_type(make_media(1, user=user, caption="hi", tags=("snow",), carousel=3), Media)
    assert_type(make_media(1, caption=None, carousel=["video", "image"]), Media)
    assert_type(make_comment(1, author=user), Comment)


def scripts() -> None:
    assert_type(ScriptedTransport.reply([make_media()]), Response)
    page = ScriptedTransport.page([make_media()], next="64_9")
    assert_type(page, Callable[[Request], Response])
    refusal = ScriptedTransport.refusal("APINotFoundError", "no", 404, flat=True)
    steps: list[Script] = [page, refusal, ValueError("no")]
    transport: Transport = ScriptedTransport(steps)
    Client("token", transport=transport)


async def time(client: Client) -> None:
    clock = ManualClock()
    given: Clock = clock
    Client("token", clock=given)
    assert_type(await clock.run(client.user()), User)
    assert_type(await clock.waiting(), float)


def recordings(body: bytes, text: str, parsed: Any) -> None:
    assert_type(scrub(body), bytes)
    assert_type(scrub(text, seed=1), str)
    assert_type(scrub(parsed), Any)
