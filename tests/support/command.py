"""The command line, run in this process beside a server of the test's own loop."""

from __future__ import annotations

import asyncio
import sys
from typing import NamedTuple

import pytest

from instagram_async.cli.app import run
from instagram_async.server import LocalInstagram


class Done(NamedTuple):
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


class Command:
    """Runs commands as the owner of a server's token."""

    def __init__(
        self,
        patch: pytest.MonkeyPatch,
        output: pytest.CaptureFixture[str],
        server: LocalInstagram,
        scope: str = "follower_list",
    ) -> None:
        self.patch = patch
        self._output = output
        self.server = server
        patch.setenv("INSTAGRAM_BASE_URL", server.base_url)
        patch.setenv("INSTAGRAM_ACCESS_TOKEN", server.access_token(scope=scope))

    async def __call__(self, line: str) -> Done:
        """Run a command line, without the command's name; words stand between spaces."""
        return await self.words(*line.split())

    async def words(self, *words: str) -> Done:
        self.patch.setattr(sys, "argv", ["instagram-async", *words])
        self._output.readouterr()
        code = await asyncio.to_thread(_exit_code)
        return Done(code, *self._output.readouterr())


def _exit_code() -> int:
    try:
        run()
    except SystemExit as end:
        assert isinstance(end.code, int)
        return end.code
    return 0
