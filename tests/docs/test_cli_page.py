"""The commands of the docs are run, and print what stands below them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from instagram_async.cli import exits
from instagram_async.server import LocalInstagram, World
from tests.support.command import Command
from tests.support.snippets import PAGES, ROOT, consoles

PAGE = (ROOT / "docs" / "cli.md").read_text()
BLOCKS = list(consoles())


@pytest.mark.parametrize("block", [pytest.param(block, id=name) for name, block in BLOCKS])
async def test_commands_print_what_a_page_shows(
    block: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """Those of one block are run one after the other, in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    async with LocalInstagram(World.seeded(0, users=12, media=120)) as server:
        command = Command(monkeypatch, capsys, server, "likes")
        for line, shown in block:
            done = await command.words(*shlex.split(line))
            printed = done.out + done.err
            here = server.base_url.removesuffix("/v1")
            printed = printed.replace(here, "http://127.0.0.1:8015").replace("\r\n", "\n")
            assert (done.code, printed) == (0, shown)


def test_none_is_left_out() -> None:
    asked = [re.findall(r"(?m)^\$ instagram-async", page.read_text()) for page in PAGES]
    assert sum(len(block) for _, block in BLOCKS) == sum(map(len, asked)) > 8


def test_the_page_has_each_code() -> None:
    assert len([name for name, _ in BLOCKS if "cli.md" in name]) >= 4
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    known = [value for name, value in vars(exits).items() if name.isupper()]
    assert codes == {0, *(code for code in known if isinstance(code, int))}
