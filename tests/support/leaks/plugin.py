"""The leak hunt of the whole suite: whatever a test shows anybody is searched for its secrets.

Each test ends with the hunt, and fails if a secret that it has used stands in anything that
was told to the watch. A test that shows one by right is marked, with the place and a reason:
`@pytest.mark.shows_secret("printed", reason="...")`; it fails if nothing stands there.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.leaks.seams import (
    files,
    listen_for_bytes,
    listen_for_errors,
    listen_for_logs,
    listen_for_secrets,
    listen_for_values,
)
from tests.support.leaks.watch import Watch

_ROOT = Path(__file__).parents[3]
_TESTS = str(_ROOT / "tests")
_PACKAGE = str(_ROOT / "instagram_async")
_SERVER = str(_ROOT / "instagram_async" / "server")
_DEAF = frozenset({"urllib3.connectionpool"})
"""The client of schemathesis, which is none of ours, logs each address that it asks for."""


def _blind(file: str) -> bool:
    """Tests hold their secrets, and the server those that it has given; snippets are tests."""
    return file.startswith((_TESTS, _SERVER)) or not file.endswith(".py")


def _ours(file: str) -> bool:
    """Where the client's own code stands."""
    return file.startswith(_PACKAGE) and not file.startswith(_SERVER)


class LeakHunt:
    """The hunt as a plugin of pytest."""

    def __init__(self) -> None:
        self.watch = Watch(_blind)
        self._still = listen_for_errors(self.watch, _ours)
        self._tests = self._canaries = self._expected = 0
        listen_for_secrets(self.watch)
        listen_for_values(self.watch)
        listen_for_bytes(self.watch)
        listen_for_logs(self.watch, _DEAF)

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if call.when == "teardown":
            wrong = self._end(item, report)
            if wrong and report.passed:
                report.outcome = "failed"
                report.longrepr = "\n".join(wrong)
        return report

    def pytest_collection_finish(self) -> None:
        """What modules make of themselves as they are imported is no test's."""
        if wrong := self.sift():
            raise pytest.UsageError("\n".join(wrong))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        places = ", ".join(f"{place} {times}" for place, times in self.watch.places.most_common())
        terminalreporter.write_line(
            f"leak hunt: {self._tests} tests with a secret, {self._canaries} of them with a "
            f"canary; {self._expected} show one by right; {places}"
        )

    def sift(self) -> list[str]:
        """Where secrets stand in all that was told since the last time."""
        self._still()
        return self.watch.sift()

    def _end(self, item: pytest.Item, report: pytest.TestReport) -> list[str]:
        """What is wrong with a test that is over: a secret shown, or none where its mark says."""
        for name, text in report.sections:
            if "log" not in name.split():
                self.watch.text("printed", text)
        folder = getattr(item, "funcargs", {}).get("tmp_path")
        if folder is not None:
            files(self.watch, folder)
        self._tests += self.watch.has_secret
        self._canaries += self.watch.has_canary
        wrong = self.sift()
        for mark in item.iter_markers("shows_secret"):
            place = mark.args[0]
            shown = [one for one in wrong if one.startswith(place)]
            wrong = [one for one in wrong if not one.startswith(place)]
            if shown:
                self._expected += 1
            else:
                wrong.append(f"it is marked to show a secret at {place!r}, and shows none there")
        return wrong


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "shows_secret(place, reason=...): the test shows one of its secrets, by right"
    )
    config.pluginmanager.register(LeakHunt(), "leak_hunt")
