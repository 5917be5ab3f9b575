from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.support.snippets import README, ROOT, commands, snippets

DEMO = (
    "python3 -m venv .venv && .venv/bin/pip install -e '.[cli]' "
    "&& .venv/bin/instagram-async demo"
)  # fmt: skip
GALLERY = (
    ".venv/bin/instagram-async demo --media 500 --out media.jsonl --pictures pictures "
    "&& .venv/bin/instagram-async gallery media.jsonl --pictures pictures --out site"
)
SERVE = ".venv/bin/instagram-async serve"
READ = ".venv/bin/instagram-async user-recent self --limit 500 --since 2014-01-01"
TESTS = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"


def test_the_first_snippet_prints_five_media_newest_first(tmp_path: Path) -> None:
    script = tmp_path / "first.py"
    script.write_text(next(snippets()).code)
    done = subprocess.run(
        [sys.executable, "-W", "error", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    line = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+00:00) https://instagram\.com/p/([\w-]+)/")
    found = [line.fullmatch(text) for text in done.stdout.splitlines()]
    times = [match[1] for match in found if match]
    assert len(found) == len(times) == 5
    assert times == sorted(times, reverse=True)
    assert len({match[2] for match in found if match}) == 5


def test_the_commands_are_whole() -> None:
    assert commands() == [DEMO, GALLERY, SERVE, READ, TESTS]
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    assert {"cli", "test"} <= set(project["optional-dependencies"])
    assert "instagram-async" in project["scripts"]


def test_the_first_screen_says_that_the_official_host_is_off() -> None:
    top = README.read_text().partition("## ")[0]
    assert "been switched off since 29 June 2020" in top
    assert "a faithful local server" in top


def test_ci_runs_the_readmes_test_command() -> None:
    ci = (ROOT / ".ci" / "run").read_text()
    assert "README.md" in ci or TESTS in ci
