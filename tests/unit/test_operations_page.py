"""The page of the docs that lists all operations, and the command that prints it."""

from __future__ import annotations

import re
from pathlib import Path

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
