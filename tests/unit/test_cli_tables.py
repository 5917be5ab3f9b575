from __future__ import annotations

from datetime import UTC, datetime

import pytest
from rich.cells import cell_len

from instagram_async import (
    Comment,
    Likes,
    Location,
    Media,
    Relationship,
    Tag,
    User,
    UserSummary,
    structure,
)  # fmt: skip
from instagram_async.cli.tables import Layout, record_of

ANN = UserSummary(id="9", username="ann")
WHEN = datetime(2015, 9, 12, 8, 5, tzinfo=UTC)
WIDE = Media(
    id="64_9",
    created_time=WHEN,
    user=UserSummary(id="9", username="a_name_of_thirty_letters_at_most"),
    caption=Comment(id="1", created_time=WHEN, text="夕焼け " * 40 + "\x1b[31m\nred"),
    likes=Likes(count=2_000_000),
    location=Location(name="Lago/Lake"),
    tags=("snow", "ice"),
)
ITEMS = [
    WIDE,
    Media(id="64_9", created_time=WHEN, user=ANN),
    UserSummary(id="9", username="ann", full_name="Ann [bold]of[/bold] the Hill" * 9),
    Comment(id="1", created_time=WHEN, text="hi " * 90, author=ANN),
    Tag(name="n" * 90, media_count=3),
    Location(id="4", name="Кафе Мост " * 20, latitude=-33.9, longitude=1.5),
]


@pytest.mark.parametrize("width", [1, 20, 40, 80, 120, 200])
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: type(item).__name__)
def test_a_row_is_never_wider_than_the_terminal(item: object, width: int) -> None:
    layout = Layout(type(item), width)
    for line in (layout.header(), layout.row(item)):
        assert cell_len(line.plain) <= width
        assert "\n" not in line.plain
        assert "\x1b" not in line.plain


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: type(item).__name__)
def test_columns_stand_below_their_names(item: object, width: int) -> None:
    layout = Layout(type(item), width)
    header, row = layout.header().plain, layout.row(item).plain
    first = header.split()[0]
    assert header.startswith(first)
    assert not row.startswith(" ")


def test_a_wider_terminal_shows_more() -> None:
    names = ["created_time", "username", "likes", "caption", "type"]
    assert Layout(Media, 80).header().plain.split() == names
    assert Layout(Media, 200).header().plain.split()[-3:] == ["comments", "location_name", "link"]
    assert Layout(Media, 30).header().plain.split() == ["caption"]
    assert Layout(Media, 40).header().plain.split() == ["created_time", "caption"]


def test_people_have_names_on_a_narrow_terminal() -> None:
    assert Layout(UserSummary, 40).header().plain.split() == ["username", "full_name"]
    assert Layout(UserSummary, 80).header().plain.split() == ["username", "id", "full_name"]


def test_what_does_not_fit_ends_in_dots() -> None:
    row = Layout(Media, 90).row(WIDE).plain
    assert "…" in row
    assert row.startswith("2015-09-12 08:05  a_name_of_thi…    2000000  夕焼け")


def test_a_record_says_what_there_is() -> None:
    assert dict(record_of(WIDE))["tags"] == "snow ice"
    assert dict(record_of(WIDE))["created_time"] == "2015-09-12 08:05"
    assert "filter" not in dict(record_of(WIDE))
    user = structure({"id": "9", "username": "ann", "counts": {"media": 0}}, User)
    assert dict(record_of(user))["media"] == "0"
    relationship = structure({"outgoing_status": "follows"}, Relationship)
    assert record_of(relationship) == [("outgoing_status", "follows")]
