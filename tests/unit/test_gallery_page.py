"""The page as markup: nothing that a server said is any."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from instagram_async import Media
from instagram_async.gallery.cards import Deck
from instagram_async.gallery.page import page_of
from instagram_async.testing import make_media
from tests.support.gallery import Page
from tests.support.strategies import media as any_media

EVIL = "</script><script>alert(1)</script><!--<script>\u2028'\"&lt;[data][script]"
PLAIN = Page(page_of(Deck([make_media()], {}), "plain").decode())


def page(*media: Media, title: str = "plain") -> Page:
    return Page(page_of(Deck(media, {}), title).decode())


def test_a_caption_is_data_and_nothing_else() -> None:
    read = page(make_media(caption=EVIL, user=make_media().user))
    assert read.names == PLAIN.names
    assert read.attributes == PLAIN.attributes
    assert read.data["media"][0]["caption"] == EVIL


def test_a_title_is_text() -> None:
    read = page(make_media(), title=EVIL)
    assert read.names == PLAIN.names
    assert read.title == EVIL


@given(st.lists(any_media, min_size=1, max_size=3), st.text())
def test_whatever_a_server_says_the_page_is_the_same_but_for_its_data(
    some: list[Media], title: str
) -> None:
    deck = Deck(some, {})
    text = page_of(deck, title)
    read = Page(text.decode())
    assert read.names == PLAIN.names
    assert read.data == {"media": deck.cards, "places": deck.places}
    assert page_of(deck, title) == text


def test_the_policy_lets_run_what_is_ours_and_load_what_lies_beside_it() -> None:
    def hash_of(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    rules = dict(rule.split(" ", 1) for rule in PLAIN.policy.split("; "))
    assert rules == {
        "default-src": "'none'",
        "script-src": hash_of(PLAIN.scripts[""]),
        "style-src": hash_of(PLAIN.style),
        "img-src": "'self' file:",
        "media-src": "'self' file:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_nothing_in_it_leads_to_a_network() -> None:
    assert not {"link", "iframe", "img", "a"} & set(PLAIN.names)
    assert [value for _, name, value in PLAIN.attributes if name in ("src", "href")] == []
    ours = PLAIN.scripts[""] + PLAIN.style
    assert re.findall(r"https?:|//[\w.]+/|@import|url\(|fetch\(|XMLHttp|WebSocket", ours) == []


def test_the_script_makes_no_markup_of_text() -> None:
    ways = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(|srcdoc|DOMParser"
    )
    assert re.findall(ways, PLAIN.scripts[""]) == []
