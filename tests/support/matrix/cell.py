"""One cell of the matrix, and what all of them are made with."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from contextlib import suppress
from typing import Any

from attrs import frozen

from instagram_async import Client, InstagramError, Retry, Timeout
from instagram_async.server import FaultKind
from tests.support.matrix.scene import SILENCE, Scene
from tests.support.matrix.styles import Mode


@frozen
class Cell:
    """What came of one operation, used in one way, with one fault.

    Attributes:
        told: what happened, in Markdown.
        wrong: what should not have; empty if the law was held.
    """

    told: str
    wrong: str = ""


def told(there: Scene, errors: Iterable[InstagramError], *more: str) -> str:
    """What happened, in words; the retries that the scene was told of are used up."""
    words = ["asked again"] if there.retries else []
    there.retries.clear()
    words += [f"`{type(error).__name__}`" for error in errors]
    return ", ".join(dict.fromkeys((*words, *more))) or "as usual"


def used_so(client: Client, kind: FaultKind | None, mode: Mode) -> Client:
    """The client as a mode has it; it waits for a reply that will not come, but not long."""
    if mode == "no retry":
        client = client.with_options(retry=Retry(attempts=1))
    if kind == "stall" and mode != "cancelled":
        client = client.with_options(timeout=Timeout(read=SILENCE))
    return client


async def cancelled(there: Scene, kind: FaultKind, work: Awaitable[Any]) -> None:
    """Begin something, and cancel it as soon as a fault has met its request.

    Raises:
        AssertionError: it was over before that.
    """
    met = there.server.faults.happened[kind]
    task = asyncio.ensure_future(work)
    while there.server.faults.happened[kind] == met and not task.done():
        await asyncio.sleep(0)
    assert not task.done(), f"{kind} came too late"
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert task.cancelled()
