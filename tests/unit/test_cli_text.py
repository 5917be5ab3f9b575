from __future__ import annotations

from datetime import UTC, datetime

import pytest
from attrs import evolve

from instagram_async import Comment, Likes, Location, Media, Report, UserSummary
from instagram_async.cli.text import Row, clean, row_of, summary
from instagram_async.cli.view import Account

ANN = UserSummary(id="9", username="ann")
MEDIA = Media(id="64_9", created_time=datetime(2015, 9, 12, 8, 5, tzinfo=UTC), user=ANN)
ACCOUNT = Account(
    report=Report(items=40, pages=2, requests=2, complete=True),
    requests=3,
    seconds=1.234,
    pace=0.0,
    quota=4997,
)


def test_a_row_of_everything_and_of_next_to_nothing() -> None:
    caption = Comment(id="1", created_time=MEDIA.created_time, text="two\nlines ☕")
    full = evolve(
        MEDIA,
        type="video",
        likes=Likes(count=2004),
        caption=caption,
        location=Location(name=" Harbour\tSteps "),
    )
    assert row_of(full) == Row("2015-09-12 08:05", "video", "2004", "two lines ☕", "Harbour Steps")
    assert row_of(MEDIA) == Row("2015-09-12 08:05", "image", "0", "", "")
    assert row_of(evolve(full, location=Location())).place == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain [red]text[/red] ☕ 夕焼け", "plain [red]text[/red] ☕ 夕焼け"),
        ("\x1b[31mred\x1b[0m", "[31mred [0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("\x9b2J", "2J"),
        ("a\r\n\tb\u2028c\u00a0d", "a b c d"),
        ("abc\u202edef\u2066", "abc def"),
        ("lone \ud83d surrogate\x00\x7f", "lone surrogate"),
        ("", ""),
    ],
)
def test_a_servers_text_is_one_line_without_control_characters(text: str, shown: str) -> None:
    assert clean(text) == shown
    assert shown.isprintable()


def test_the_summary_tells_items_pages_requests_time_and_quota() -> None:
    told = "40 items, 2 pages, 3 requests, 1.23 s, quota left: 4997"
    assert summary(ACCOUNT) == told
    stopped = evolve(ACCOUNT, report=ACCOUNT.report._replace(complete=False))
    assert summary(stopped) == f"stopped after {told}"
    one = evolve(ACCOUNT, report=Report(items=1, pages=1, complete=True), requests=1)
    assert summary(one).startswith("1 item, 1 page, 1 request, ")
    assert summary(evolve(ACCOUNT, quota=None)).endswith("quota left: unknown")
