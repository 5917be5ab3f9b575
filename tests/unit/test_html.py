"""Markup of the local server's pages: what is a value stays one."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from instagram_async.server.html import Document, Html, fill, joined


@given(st.text())
def test_a_value_is_never_markup(text: str) -> None:
    made = fill('<a title="{one}">{one}</a>', one=text)
    assert made.count("<") == 2
    assert made.count('"') == 2
    assert "'" not in made.replace("&#x27;", "")


def test_markup_is_not_escaped_again() -> None:
    part = fill("<b>{what}</b>", what="a & {b}")
    assert part == "<b>a &amp; {b}</b>"
    assert fill("<p>{part}</p>", part=joined([part, part])) == f"<p>{part}{part}</p>"
    assert isinstance(joined([]), Html)


def test_the_policy_lets_in_the_style_of_the_page_and_nothing_else() -> None:
    document = Document(title="<T>", body=Html("<p>hi</p>"), css="p { margin: 0; }")
    style = re.search(r"(?s)<style>(.*)</style>", document.text)
    assert style is not None
    assert style[1].endswith("p { margin: 0; }")
    right = b64encode(sha256(style[1].encode()).digest()).decode()
    policy = document.headers()["Content-Security-Policy"]
    assert f"style-src 'sha256-{right}'" in policy
    assert "form-action 'none'" in policy
    assert "form-action 'self'" in document.headers("'self'")["Content-Security-Policy"]
    assert "<title>&lt;T&gt;</title>" in document.text
