"""The changelog and the version say the same."""

from __future__ import annotations

import re
from datetime import date

from instagram_async import __version__
from tests.support.snippets import ROOT

HEADINGS = re.findall(r"(?m)^## (.*)$", (ROOT / "CHANGELOG.md").read_text())


def test_what_is_not_released_yet_stands_above_the_releases() -> None:
    assert HEADINGS[0] == "[Unreleased]"
    assert len(HEADINGS) == len(set(HEADINGS))


def test_each_release_has_its_version_and_its_day_newest_first() -> None:
    found = [re.fullmatch(r"\[(\d+)\.(\d+)\.(\d+)\] - (\S+)", one) for one in HEADINGS[1:]]
    releases = [one.groups() for one in found if one]
    assert len(releases) == len(HEADINGS) - 1
    versions = [tuple(map(int, numbers)) for *numbers, _ in releases]
    days = [date.fromisoformat(day) for *_, day in releases]
    assert versions == sorted(versions, reverse=True)
    assert days == sorted(days, reverse=True)


def test_the_package_is_of_the_latest_release_or_on_the_way_to_a_newer_one() -> None:
    latest = HEADINGS[1].partition("]")[0].removeprefix("[")
    assert __version__ == latest or ".dev" in __version__
