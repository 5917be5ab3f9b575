"""The scripts of `.ci`: the list of checks, and an audit that can't pass without having looked."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from typing import Any

import pytest

from tests.support.snippets import ROOT


def loaded(name: str) -> Any:
    loader = SourceFileLoader(name.replace(".", "_"), str(ROOT / ".ci" / name))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


AUDIT, CHECK = loaded("audit.py"), loaded("check")
SOUND = {"name": "aiohttp", "version": "3.14.5", "vulns": []}
WRONG = {
    "name": "yarl",
    "version": "1.0",
    "vulns": [{"id": "X-1", "fix_versions": ["1.1"]}],
}
UNKNOWN = {"name": "yarl", "skip_reason": "not found: yarl (1.0)"}
OURS = {"name": "instagram-async", "skip_reason": "distribution marked as editable"}


def judged(*services: list[Any] | str) -> tuple[int, str]:
    reports = [
        AUDIT.read(f"service {number}", *([one, ""] if isinstance(one, str) else [said(one), ""]))
        for number, one in enumerate(services)
    ]
    code, lines = AUDIT.judge(reports)
    return code, "\n".join(lines)


def said(dependencies: list[Any]) -> str:
    return json.dumps({"dependencies": dependencies})


def test_all_known_and_sound_is_passed() -> None:
    code, text = judged([SOUND, OURS])
    assert code == 0
    assert text.endswith("none of 1 dependencies is known to be vulnerable")


def test_what_one_service_does_not_know_another_may() -> None:
    assert judged([SOUND, UNKNOWN, OURS])[0] == 75
    assert judged([SOUND, UNKNOWN, OURS], [UNKNOWN | {"name": "x"}])[0] == 75
    assert judged([SOUND, UNKNOWN, OURS], [{"name": "yarl", "version": "1.0", "vulns": []}])[0] == 0


@pytest.mark.parametrize("others", [[], [SOUND], [UNKNOWN]])
def test_one_that_is_vulnerable_fails_whatever_becomes_of_the_others(others: list[Any]) -> None:
    code, text = judged([WRONG, *others], "")
    assert code == 1
    assert "yarl 1.0: X-1, fixed in ['1.1']" in text


@pytest.mark.parametrize("silence", ["", "no JSON", "[]", "{}", said([]), said([OURS])])
def test_who_has_looked_at_nothing_has_not_passed(silence: str) -> None:
    code, text = judged(silence, [UNKNOWN, OURS])
    assert code == 75
    assert "NOT DONE: nothing was looked up" in text
    assert judged(silence)[0] == 75


def test_a_service_that_is_out_of_reach_is_told_with_its_reason() -> None:
    report = AUDIT.read("osv", "", "Traceback\nConnectionError: no such host\n")
    assert AUDIT.judge([report])[1][0] == "osv: not reached: ConnectionError: no such host"


def test_each_check_is_there_once_and_its_scripts_are_there() -> None:
    names = [check.name for check in CHECK.CHECKS]
    assert len(set(names)) == len(names)
    commands = [command for check in CHECK.CHECKS for command in check.commands]
    scripts = {script for one in commands for script in re.findall(r"\.ci/\w+\.py", one)}
    assert scripts == {".ci/audit.py", ".ci/dist.py", ".ci/thinking.py"}
    assert all((ROOT / script).is_file() for script in scripts)


def test_ci_runs_the_same_list() -> None:
    run = (ROOT / ".ci" / "run").read_text()
    assert ".venv/bin/python .ci/check\n" in run
    assert "ruff" not in run


def outcome(command: str) -> tuple[str, int]:
    check = CHECK.Check("one", "a check", (command, "python -c 'print(2)'"))
    found = CHECK.run(check, CHECK.tools())
    assert found.seconds >= 0
    return found.said, CHECK.total([found])


@pytest.mark.parametrize(
    ("command", "said", "code"),
    [
        ("python -c 'print(1)'", "passed", 0),
        ("python -c 'raise SystemExit(75)'", "NOT DONE", 0),
        ("python -c 'raise SystemExit(3)'", "FAILED (3)", 1),
    ],
)
def test_what_becomes_of_a_check(
    command: str, said: str, code: int, capfd: pytest.CaptureFixture[str]
) -> None:
    assert outcome(command) == (said, code)
    printed = capfd.readouterr().out
    assert ("\n2\n" in printed) == (said == "passed")
    assert ("NOT DONE, and so not passed: one" in printed) == (said == "NOT DONE")


def test_an_unknown_check_is_a_matter_of_usage() -> None:
    done = subprocess.run(
        [sys.executable, ".ci/check", "spelling"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert "no check is called spelling" in done.stderr
