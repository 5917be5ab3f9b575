"""Every page is linked, in the table of contents too, and every link leads somewhere."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.support.links import Link, anchors, links
from tests.support.snippets import PAGES, README, ROOT

DOCS = ROOT / "docs"
CHANGELOG = ROOT / "CHANGELOG.md"
INDEX = DOCS / "index.md"
# They show what lies outside the folder, and are what a link to that is in the site.
INCLUDED = {DOCS / "overview.md": README, DOCS / "changelog.md": CHANGELOG}


@pytest.mark.parametrize("page", [*PAGES, CHANGELOG], ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    assert [link for link in links(page) if not link.path.is_file()] == []
    assert [link for link in links(page) if link.anchor and not leads(link)] == []


def leads(link: Link) -> bool:
    return link.path.suffix == ".md" and link.anchor in anchors(link.path)


def test_every_page_is_linked() -> None:
    linked = {link.path for page in PAGES for link in links(page)}
    assert {*PAGES, CHANGELOG} - set(INCLUDED) <= linked
    assert not linked & set(INCLUDED)
    for page, included in INCLUDED.items():
        assert page.read_text() == f"```{{include}} ../{included.name}\n```\n"


def test_the_tables_of_the_first_page_have_each_page_once() -> None:
    """They are the site's table of contents."""
    sections = INDEX.read_text().split("\n## ")[1:]
    rows = {
        part.partition("\n")[0]: re.findall(r"(?m)^\| \[.+?\]\((.+?)\)", part) for part in sections
    }
    assert [name for name, found in rows.items() if found] == [
        "Start",
        "Guides",
        "Reference",
        "Project",
    ]
    listed = Counter((DOCS / target).resolve() for found in rows.values() for target in found)
    assert listed == Counter({*PAGES, CHANGELOG} - {*INCLUDED, INDEX})


def test_the_pages_that_the_code_names_are_there() -> None:
    named = set[str]()
    for folder in ("instagram_async", "tests", "benchmarks"):
        for file in (ROOT / folder).rglob("*.py"):
            named.update(re.findall(r"\bdocs/[\w/-]+\.md\b", file.read_text()))
    assert len(named) > 5
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def test_headings_are_named_as_git_hosts_name_them(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# What it *is*: `a_b`, [c](d.md)\n## Twice\n## Twice\n```sh\n# none\n```\n")
    assert anchors(page) == {"what-it-is-a_b-c", "twice", "twice-1"}
