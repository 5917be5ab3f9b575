"""The page of the docs that lists all operations, and the command that prints it."""

from __future__ import annotations

import json
import re
import runpy
import sys
from pathlib import Path

import pytest

from instagram_async.v1.openapi import document
from instagram_async.v1.openapi.document import OFFICIAL
from instagram_async.v1.openapi.markdown import page
from instagram_async.v1.operations import OPERATIONS

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"


def test_the_page_of_the_docs_is_up_to_date() -> None:
    """`python -m instagram_async.v1.openapi --markdown > docs/operations.md` brings it there."""
    assert PAGE.read_text() == page()


def test_a_heading_is_where_its_link_leads() -> None:
    names = {operation.name for operation in OPERATIONS}
    headings = re.findall(r"(?m)^#+ (.*)$", page())
    anchors = [heading.lower().replace(" ", "-") for heading in headings]
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#(\w+)\)", page())) == names <= set(anchors)


@pytest.mark.parametrize(
    ("options", "printed"),
    [
        ([], json.dumps(document(OFFICIAL), indent=2) + "\n"),
        (["--server-url", "http://h/v1"], json.dumps(document("http://h/v1"), indent=2) + "\n"),
        (["--markdown"], page()),
    ],
    ids=["document", "elsewhere", "page"],
)
def test_the_command_prints(
    options: list[str],
    printed: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["openapi", *options])
    monkeypatch.delitem(sys.modules, "instagram_async.v1.openapi.__main__", raising=False)
    runpy.run_module("instagram_async.v1.openapi", run_name="__main__")
    assert capsys.readouterr().out == printed
