"""Who is asked in tests of commands, and of downloads."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from instagram_async.server import LocalInstagram, World
from tests.support.cdn import Cdn, cdn
from tests.support.command import Command


@pytest.fixture
async def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[Command]:
    """Runs commands as somebody with seventy media."""
    async with LocalInstagram(World.seeded(1, users=5, media=70)) as server:
        yield Command(monkeypatch, capsys, server)


@pytest.fixture
async def at() -> AsyncIterator[Cdn]:
    """Where files are."""
    async with cdn() as made:
        yield made
