"""Looks for known vulnerabilities in what the package and its extras install.

pip-audit asks a service of such notices. Where that does not know a dependency, or can't be
reached, pip-audit may leave it out and still end well. So what counts is what was looked up: each
dependency has to be known to one of the services, or the audit is NOT DONE, with exit code 75.
One that is vulnerable fails, whatever becomes of the others.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
EXTRAS = "cli,parquet,redis,testing"  # what users install; tools of ours are our own affair
SERVICES = ((), ("-s", "osv"))  # pip-audit's own choice, and another one
NOT_DONE = 75
PATIENCE = 300  # seconds for all that a service is asked


class Report(NamedTuple):
    """What a service said.

    Attributes:
        service: who it is.
        known: the dependencies that it knows.
        unknown: those that it does not, each with the reason.
        vulnerable: what is wrong, a line each.
        reason: why there is nothing of this, empty if there is.
    """

    service: str
    known: frozenset[str] = frozenset()
    unknown: tuple[tuple[str, str], ...] = ()
    vulnerable: tuple[str, ...] = ()
    reason: str = ""


def read(service: str, text: str, complaint: str) -> Report:
    """What pip-audit has written, as JSON, and what it complained of if it has not."""
    try:
        told = json.loads(text)["dependencies"]
    except (ValueError, LookupError, TypeError):
        return Report(service, reason=(complaint.strip().splitlines() or ["it said nothing"])[-1])
    ours = [one for one in told if "editable" not in one.get("skip_reason", "")]
    return Report(
        service,
        frozenset(one["name"] for one in ours if "skip_reason" not in one),
        tuple((one["name"], one["skip_reason"]) for one in ours if "skip_reason" in one),
        tuple(
            f"{one['name']} {one['version']}: {each['id']}, fixed in {each['fix_versions']}"
            for one in ours
            for each in one.get("vulns", ())
        ),
    )


def judge(reports: Sequence[Report]) -> tuple[int, list[str]]:
    """The exit code, and what to say."""
    known = frozenset[str]().union(*(report.known for report in reports))
    asked = known.union(name for report in reports for name, _ in report.unknown)
    lines = [f"{one.service}: {_line(one)}" for one in reports]
    if found := sorted({line for report in reports for line in report.vulnerable}):
        return 1, [*lines, "VULNERABLE:", *found]
    if asked and known == asked:
        return 0, [*lines, f"none of {len(asked)} dependencies is known to be vulnerable"]
    left = f"{len(asked - known)} of {len(asked)} dependencies" if known else "nothing"
    verb = "were not looked up" if known else "was looked up"
    return NOT_DONE, [*lines, f"NOT DONE: {left} {verb}, so this says nothing of them"]


def _line(report: Report) -> str:
    if report.reason:
        return f"not reached: {report.reason}"
    known, unknown = len(report.known), len(report.unknown)
    some = f"; the first that it does not: {report.unknown[0][1]}" if unknown else ""
    return f"knows {known} of {known + unknown} dependencies{some}"


def ask(site: Path, service: Sequence[str]) -> Report:
    """Have pip-audit ask a service about what is installed in a folder."""
    command = (sys.executable, "-m", "pip_audit", "--skip-editable", "--path", site, "-f", "json")
    name = service[-1] if service else "the default service"
    try:
        done = subprocess.run(
            (*command, "--progress-spinner", "off", *service),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Report(name, reason=f"it took more than {PATIENCE} seconds")
    return read(name, done.stdout, done.stderr)


def main() -> int:
    """Install what is to be looked at, and nothing else; then ask until all is known."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder)  # without pip, which users have by themselves
        python = Path(folder) / "bin" / "python"
        pip = (sys.executable, "-m", "pip", "--python", python, "install", "-q")
        subprocess.run((*pip, "-e", f"{ROOT}[{EXTRAS}]"), check=True)
        (site,) = Path(folder).glob("lib/*/site-packages")
        reports = list[Report]()
        for service in SERVICES:
            reports.append(ask(site, service))
            code, lines = judge(reports)
            if code != NOT_DONE:
                break
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
