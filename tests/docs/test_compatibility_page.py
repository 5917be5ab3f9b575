"""What the page on compatibility says of versions is what the package has and does."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from instagram_async.bulk import tables
from instagram_async.paging import checkpoint
from instagram_async.quota import tables as quota
from instagram_async.server.store import schema
from tests.support.snippets import ROOT

PAGE = (ROOT / "docs" / "compatibility.md").read_text()
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
VERSIONS = {
    "checkpoint": checkpoint._VERSION,
    "watermark": checkpoint._VERSION,
    "ledger of a job": tables._VERSION,
    "world of the local server": schema.VERSION,
    "quota in a file": quota._VERSION,
}


@pytest.mark.parametrize("what", VERSIONS)
def test_the_versions_of_files_are_those_of_the_code(what: str) -> None:
    found = re.search(rf"(?m)^\| {what} \| [^|]+ \| (\d+) \|", PAGE)
    assert found is not None
    assert int(found[1]) == VERSIONS[what]


def test_the_pythons_are_those_of_the_metadata() -> None:
    found = re.search(r"(?m)^\| CPython \| ([\d., ]+) \|", PAGE)
    assert found is not None
    pythons = found[1].split(", ")
    minors = [one for one in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", one)]
    assert [one.rpartition(" ")[2] for one in minors] == pythons
    assert PROJECT["requires-python"] == f">={pythons[0]}"


def test_the_extras_are_there() -> None:
    assert {"cli", "parquet", "redis", "testing"} <= set(PROJECT["optional-dependencies"])


def test_no_dependency_has_an_upper_bound() -> None:
    extras = PROJECT["optional-dependencies"].items()
    own = [one for name, each in extras if name != "bench" for one in each]
    for requirement in [*PROJECT["dependencies"], *own]:
        assert re.fullmatch(r"instagram-async\[[\w,]+\]|[\w-]+(\[[\w,]+\])?>=[\w.]+", requirement)


def test_every_link_within_the_page_leads_somewhere() -> None:
    headings = re.findall(r"(?m)^## (.*)$", PAGE)
    anchors = {heading.lower().replace(",", "").replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([\w-]+)\)", PAGE)) <= anchors
