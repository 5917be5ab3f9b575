"""Each command of docs/cli.md is run, and prints what stands below it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from instagram_async.cli import exits
from instagram_async.server import LocalInstagram, World
from tests.support.command import Command

PAGE = Path("docs/cli.md").read_text()
BLOCKS = "".join(re.findall(r"^```console\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
SHOWN = re.findall(r"^\$ instagram-async (.*)\n((?:(?!\$ ).*\n)*)", BLOCKS, re.MULTILINE)


@pytest.mark.parametrize(("line", "printed"), SHOWN)
async def test_a_command_prints_what_the_page_shows(
    line: str, printed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with LocalInstagram(World.seeded(0, users=12, media=120)) as server:
        done = await Command(monkeypatch, capsys, server, "likes").words(*shlex.split(line))
        here = server.base_url.removesuffix("/v1")
    assert (done.code, done.err) == (0, "")
    assert done.out.replace(here, "http://127.0.0.1:8015").replace("\r\n", "\n") == printed


def test_the_page_has_each_code() -> None:
    assert len(SHOWN) >= 4
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    known = [value for name, value in vars(exits).items() if name.isupper()]
    assert codes == {0, *(code for code in known if isinstance(code, int))}
