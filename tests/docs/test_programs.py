"""The programs of the docs are run as files, and print what stands below them."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest

from instagram_async.server import LocalInstagram, World
from tests.support.snippets import README, ROOT, Snippet, commands, programs

START = ROOT / "docs" / "start.md"
PROGRAMS = list(programs())


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
async def test_a_program_prints_what_stands_below_it(program: Snippet, tmp_path: Path) -> None:
    script = tmp_path / program.name
    script.write_text(program.code)
    async with LocalInstagram(World.seeded(0, users=12, media=120)) as server:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "error", script),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={
                **os.environ,
                "INSTAGRAM_BASE_URL": server.base_url,
                "INSTAGRAM_ACCESS_TOKEN": server.access_token(),
            },
        )
        printed, told = await asyncio.wait_for(process.communicate(), 60)
    assert (process.returncode, told.decode()) == (0, "")
    assert printed.decode() == program.output


def test_the_first_page_installs_as_the_readme_does_and_runs_its_programs() -> None:
    install, *rest = commands(START)
    assert [program.name for program in PROGRAMS] == ["first.py", "recent.py"]
    assert rest == ["instagram-async serve"]
    clone, make, activate = install.splitlines()
    read = README.read_text()
    assert clone in read
    assert re.search(rf"(?m)^{re.escape(make)} &&", read)
    assert activate == ". .venv/bin/activate"
