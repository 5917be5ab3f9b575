"""The colours of the page: they can be read, and are the same before and after the script."""

from __future__ import annotations

import re
from itertools import product

import pytest

from instagram_async.gallery.cards import Deck
from instagram_async.gallery.page import page_of
from instagram_async.testing import make_media
from tests.support.gallery import Page

STYLE = Page(page_of(Deck([make_media()], {}), "plain").decode()).style


def colours(theme: str) -> dict[str, str]:
    """The variables of a theme, by the selector that it has."""
    (block,) = re.findall(rf"^\s*{re.escape(theme)} {{(.*?)}}", STYLE, re.DOTALL | re.MULTILINE)
    return dict(re.findall(r"--(\w+): ([^;]+);", block))


def brightness(colour: str) -> float:
    """How bright it is, from 0 to 1, as WCAG 2 counts."""
    digits = colour.lstrip("#")
    wide = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    parts = [int(wide[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [":root", ':root[data-theme="dark"]'])
@pytest.mark.parametrize(
    ("text", "below"), [*product(("ink", "soft", "accent"), ("back", "paper", "tint"))]
)
def test_text_can_be_read(theme: str, text: str, below: str) -> None:
    of = colours(theme)
    dark, light = sorted((brightness(of[text]), brightness(of[below])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_it_is_as_dark_before_the_script_is_there() -> None:
    assert colours(":root:not([data-theme])") == colours(':root[data-theme="dark"]')


def test_what_a_field_says_before_it_is_filled_can_be_read() -> None:
    assert "input::placeholder { color: var(--soft); opacity: 1; }" in STYLE
