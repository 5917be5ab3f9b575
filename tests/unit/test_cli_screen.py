from __future__ import annotations

import io
import re
import unicodedata

import pytest
from attrs import evolve
from rich.console import Console

from instagram_async import Comment, Counts, Location, Report, User
from instagram_async.cli.screen import Screen
from instagram_async.cli.view import Account
from tests.unit.test_cli_text import ACCOUNT, MEDIA

USER = User(id="9", username="ann [bold]", counts=Counts(media=40))
HOSTILE = "[blink]b\x1b]0;x\x07[/] [link=http://x]l"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def draw(width: int, height: int, account: Account) -> str:
    """What a terminal gets to see of forty media."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=width, height=height, highlight=False)
    screen = Screen(console)
    screen.begin(USER, 40, "http://127.0.0.1:40123/v1")
    for number in range(1, 41):
        text = Comment(id="1", created_time=MEDIA.created_time, text=f"no{number} {HOSTILE} 夕焼け")
        media = evolve(MEDIA, caption=text, location=Location(name="[red]Harbour[/red]"))
        screen.show(media, Report(items=number, pages=1))
    screen.end(account)
    return out.getvalue()


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 50), (80, 10)])
def test_it_keeps_within_the_terminal_and_leaves_room_for_an_echo(width: int, height: int) -> None:
    printed = draw(width, height, ACCOUNT)
    lines = re.split(r"[\r\n]+", ESCAPES.sub("", printed))
    assert max(map(columns, lines)) == width - 4
    assert len(last_frame(printed)) < height


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def last_frame(printed: str) -> list[str]:
    lines = printed.split("\n")
    return lines[[at for at, line in enumerate(lines) if "caption" in line][-1] :]


def test_it_ends_with_the_newest_rows_the_full_bar_and_the_summary() -> None:
    shown = ESCAPES.sub("", "\n".join(last_frame(draw(120, 24, ACCOUNT))))
    assert "no40" in shown
    assert "no29" in shown
    assert "no28" not in shown
    assert "100% 40/40" in shown
    assert "40 items, 2 pages, 3 requests, 1.23 s, quota left: 4997" in shown
    assert "slowed" not in shown


def test_it_admits_that_it_was_slowed_down() -> None:
    shown = ESCAPES.sub("", draw(120, 24, evolve(ACCOUNT, pace=50.0)))
    assert "slowed down to 50 media a second, --pace 0 goes at full speed" in shown


def test_a_servers_text_is_neither_markup_nor_an_escape_sequence() -> None:
    printed = draw(120, 24, ACCOUNT)
    shown = ESCAPES.sub("", printed)
    assert "ann [bold]: 40 media" in shown
    assert "no40 [blink]b ]0;x [/] [link=http://x]l" in shown
    assert "[red]Harbour[/red]" in shown
    assert "\x1b]" not in printed
    assert "\x07" not in printed


def test_it_gives_the_cursor_back() -> None:
    printed = draw(80, 24, ACCOUNT)
    assert printed.rindex("\x1b[?25h") > printed.rindex("\x1b[?25l")
