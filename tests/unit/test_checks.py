"""Bad arguments are told before anything is sent, by name; doubtful ones are the server's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from instagram_async import Client, Pager
from instagram_async.testing import ScriptedTransport
from tests.support.canary import TOKEN

Ask = Callable[[Any], Any]  # calls a client with what no type checker would let through

NAIVE = datetime(2015, 9, 10)  # noqa: DTZ001 - that it is naive is the point
LATE, EARLY = datetime(2015, 9, 11, tzinfo=UTC), datetime(2015, 9, 10, tzinfo=UTC)
IDS = ["users/self", "", " 7", "7x", "-7", "٣", "..", "7/likes"]


def by_user(method: str) -> Callable[[Any], Ask]:
    more = ("follow",) if method == "change_relationship" else ()
    return lambda value: lambda client: getattr(client, method)(value, *more)


async def refused(ask: Ask) -> Exception:
    """What a call raises before it has sent anything."""
    transport = ScriptedTransport()
    client = Client(TOKEN, transport=transport)
    with pytest.raises((TypeError, ValueError)) as caught:
        asked = ask(client)
        await (asked.collect() if isinstance(asked, Pager) else asked)
    assert transport.requests == []
    return caught.value


OF_USERS = [
    "user", "user_recent", "user_follows", "user_followed_by", "relationship",
    "change_relationship", "follow", "unfollow", "block", "unblock", "approve", "ignore",
]  # fmt: skip
OF_OTHERS = OF_USERS[4:]
OF_MEDIA = ["media", "media_comments", "media_likes", "like", "unlike"]
OF_DIGITS = {
    "location": "location_id",
    "location_recent": "location_id",
    "geography_recent": "geo_id",
}


@pytest.mark.parametrize("value", ["ann", *IDS])
@pytest.mark.parametrize("method", OF_USERS)
async def test_a_username_is_no_id(method: str, value: str) -> None:
    error = await refused(by_user(method)(value))
    assert type(error) is ValueError
    assert str(error) == f"user_id takes digits or 'self', not a username: {value!r}"


@pytest.mark.parametrize("method", OF_OTHERS)
async def test_nobody_is_related_to_himself(method: str) -> None:
    error = await refused(by_user(method)("self"))
    assert "user_id takes another user's digits" in str(error)


@pytest.mark.parametrize("value", [None, True, 1.5, b"7", ["7"]])
@pytest.mark.parametrize(
    ("method", "name"), [*((method, "user_id") for method in OF_USERS), *OF_DIGITS.items()]
)
async def test_ids_of_another_type(method: str, name: str, value: Any) -> None:
    error = await refused(by_user(method)(value))
    assert type(error) is TypeError
    assert str(error) == f"{name} takes text or a whole number, not {value!r}"


@pytest.mark.parametrize("value", ["self", -7, *IDS])
@pytest.mark.parametrize("method", OF_DIGITS)
async def test_ids_of_digits(method: str, value: Any) -> None:
    error = await refused(by_user(method)(value))
    assert type(error) is ValueError
    assert str(error) == f"{OF_DIGITS[method]} takes digits: {value!r}"


@pytest.mark.parametrize("value", ["7jw4x_-aB", "64_", "64_9_1", "https://x/p/BA/", *IDS])
@pytest.mark.parametrize("method", OF_MEDIA)
async def test_a_code_is_no_media_id(method: str, value: str) -> None:
    error = await refused(by_user(method)(value))
    assert type(error) is ValueError
    assert str(error).startswith("media_id takes digits, as in 64_9, and no code of a link")


@pytest.mark.parametrize("value", [64, None, b"64_9"])
@pytest.mark.parametrize("method", OF_MEDIA)
async def test_a_media_id_is_text(method: str, value: Any) -> None:
    error = await refused(by_user(method)(value))
    assert type(error) is TypeError
    assert str(error) == f"media_id takes text, not {value!r}"


BAD: list[tuple[Ask, type[Exception], str]] = [
    (lambda client: client.media_shortcode("https://x/p/BA/"), ValueError,
     "shortcode takes the part of a link after /p/"),
    (lambda client: client.media_shortcode(""), ValueError, "shortcode takes"),
    (lambda client: client.media_shortcode(64), TypeError, "shortcode takes text"),
    (lambda client: client.create_comment("BA", "fine"), ValueError, "media_id takes digits"),
    (lambda client: client.delete_comment("BA", "7"), ValueError, "media_id takes digits"),
    (lambda client: client.delete_comment("64_9", "x"), ValueError, "comment_id takes digits"),
    (lambda client: client.delete_comment("64_9", None), TypeError, "comment_id takes text or"),
    (lambda client: client.tag(""), ValueError, "name takes the name of a tag, without #"),
    (lambda client: client.tag("#snow"), ValueError, "name takes the name of a tag, without #"),
    (lambda client: client.tag("new snow"), ValueError, "without # and spaces"),
    (lambda client: client.tag(".."), ValueError, "name takes"),
    (lambda client: client.tag("."), ValueError, "name takes"),
    (lambda client: client.tag(5), TypeError, "name takes text"),
    (lambda client: client.tag("a\ud800"), ValueError, "name is no text that UTF-8 can hold"),
    (lambda client: client.tag_recent("#snow"), ValueError, "name takes"),
    (lambda client: client.tag_recent("snow", min_tag_id="64_9"), ValueError,
     "min_tag_id takes no media id: leave out the _"),
    (lambda client: client.tag_recent("snow", max_tag_id="64_9"), ValueError,
     "max_tag_id takes no media id"),
    (lambda client: client.tag_recent("snow", max_tag_id=b"64"), TypeError, "max_tag_id must be"),
    (lambda client: client.tag_search("#snow"), ValueError, "q takes the beginning of a tag"),
    (lambda client: client.tag_search(" "), ValueError, "q takes the beginning of a tag"),
    (lambda client: client.tag_search(None), TypeError, "q takes text"),
    (lambda client: client.user_search("\n "), ValueError, "q takes something to look for"),
    (lambda client: client.user_search("a\ud800"), ValueError, "q is no text"),
    (lambda client: client.user_search(7), TypeError, "q takes text"),
    (lambda client: client.find_user(" @ "), ValueError, "username takes a name, not ''"),
    (lambda client: client.find_user(""), ValueError, "username takes a name, not ''"),
    (lambda client: client.find_user(None), TypeError, "username takes text"),
    (lambda client: client.change_relationship("7", "poke"), ValueError,
     "action takes one of follow, unfollow, block, unblock, approve, ignore, not 'poke'"),
    (lambda client: client.media_search(90.5, 0), ValueError, "lat takes degrees from -90 to 90"),
    (lambda client: client.media_search(0, -181), ValueError, "lng takes degrees from -180"),
    (lambda client: client.media_search(float("nan"), 0), ValueError, "lat takes degrees"),
    (lambda client: client.media_search("1", 0), TypeError, "lat takes degrees, not '1'"),
    (lambda client: client.media_search(1, True), TypeError, "lng takes degrees, not True"),
    (lambda client: client.media_search(1, 1, distance=0), ValueError,
     "distance takes whole metres, at least 1, not 0"),
    (lambda client: client.media_search(1, 1, distance=1.5), ValueError, "distance takes whole"),
    (lambda client: client.location_search(), ValueError, "give lat and lng, or one id"),
    (lambda client: client.location_search(lat=1), ValueError, "lat and lng go together"),
    (lambda client: client.location_search(lng=1), ValueError, "lat and lng go together"),
    (lambda client: client.location_search(lat=1, lng=1, facebook_places_id=1), ValueError,
     "and nothing besides"),
    (lambda client: client.location_search(foursquare_id=1, foursquare_v2_id="1"), ValueError,
     "and nothing besides"),
    (lambda client: client.location_search(foursquare_id=1, distance=5), ValueError,
     "distance goes with lat and lng"),
    (lambda client: client.location_search(lat=1, lng="1"), TypeError, "lng takes degrees"),
    (lambda client: client.location_search(facebook_places_id=True), TypeError,
     "facebook_places_id must be text"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "kind", "words"), BAD)
async def test_bad_arguments(ask: Ask, kind: type[Exception], words: str) -> None:
    error = await refused(ask)
    assert type(error) is kind
    assert words in str(error)


SPANNED: list[Any] = [
    lambda client, first, last: client.user_recent(min_timestamp=first, max_timestamp=last),
    lambda client, first, last: client.location_recent(7, min_timestamp=first, max_timestamp=last),
    lambda client, first, last: client.media_search(1, 1, min_timestamp=first, max_timestamp=last),
]


@pytest.mark.parametrize("span", SPANNED, ids=["user", "location", "search"])
@pytest.mark.parametrize(
    ("first", "last", "kind", "words"),
    [
        (
            LATE,
            EARLY,
            ValueError,
            "later than max_timestamp: 2015-09-11 00:00:00+00:00, 2015-09-10",
        ),
        (6, 5, ValueError, "min_timestamp is later than max_timestamp: 6, 5"),
        (LATE, 5, ValueError, "min_timestamp is later than max_timestamp"),
        (NAIVE, None, ValueError, "min_timestamp has no time zone"),
        (LATE, NAIVE, ValueError, "max_timestamp has no time zone"),
        ("1441900000", 5, TypeError, "min_timestamp must be an aware datetime or whole seconds"),
        (None, 5.5, TypeError, "max_timestamp must be an aware datetime or whole seconds"),
        (None, True, TypeError, "max_timestamp must be text, a number or an aware datetime"),
    ],
)
async def test_spans(span: Any, first: Any, last: Any, kind: type[Exception], words: str) -> None:
    error = await refused(lambda client: span(client, first, last))
    assert type(error) is kind
    assert words in str(error)


COUNTED: list[Any] = [
    lambda client, count: client.user_search("a", count=count),
    lambda client, count: client.user_feed(count=count),
    lambda client, count: client.user_liked(count=count),
    lambda client, count: client.user_recent(count=count),
    lambda client, count: client.user_follows(count=count),
    lambda client, count: client.user_followed_by(count=count),
    lambda client, count: client.media_search(1, 1, count=count),
    lambda client, count: client.media_popular(count=count),
    lambda client, count: client.tag_search("a", count=count),
    lambda client, count: client.tag_recent("a", count=count),
    lambda client, count: client.location_search(lat=1, lng=1, count=count),
    lambda client, count: client.location_recent(7, count=count),
    lambda client, count: client.geography_recent(7, count=count),
]


@pytest.mark.parametrize("ask", COUNTED)
@pytest.mark.parametrize("count", [0, -1, "5", 5.0])
async def test_counts(ask: Any, count: Any) -> None:
    error = await refused(lambda client: ask(client, count))
    assert str(error) == f"count must be a whole number of at least 1, not {count!r}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "text takes something to say"),
        (" \n", "text takes something to say"),
        ("é" * 301, "text has 301 characters, 300 are allowed"),
        ("#a1 #b #c, #d\n#e", "text has 5 hashtags, 4 are allowed"),
        ("#a#b#c#d#e", "text has 5 hashtags, 4 are allowed"),
        ("see http://a.example and HTTPS://b.example", "text has 2 links, 1 is allowed"),
        ("LOVELY!", "text is all capitals"),
        ("ПРИВЕТ 100%", "text is all capitals"),
        ("a\ud800", "text is no text that UTF-8 can hold"),
    ],
)
async def test_comments_that_break_the_rules_of_2014(text: str, words: str) -> None:
    error = await refused(lambda client: client.create_comment("64_9", text))
    assert type(error) is ValueError
    assert words in str(error)


async def test_a_comment_is_text() -> None:
    error = await refused(lambda client: client.create_comment("64_9", 5))
    assert type(error) is TypeError
    assert str(error) == "text takes text, not 5"


@pytest.mark.parametrize(
    "text",
    [
        "é" * 300,
        "#a #b #c #d #",
        "#1 #2 #3 #4 #5",
        "a#b c#d e#f g#h i#j",
        "http://a.example/#top/#b/#c/#d/#e",
        "https://web.example/http://b.example",
        "see b.example, c.example and http://a.example",
        "A 日本",
        "100% ☃",
        "A word",
    ],
)
async def test_doubtful_comments_are_the_servers_to_refuse(text: str) -> None:
    transport = ScriptedTransport([ScriptedTransport.reply(None)])
    assert await Client(TOKEN, transport=transport).create_comment("64_9", text) is None
    assert transport.requests[0].form == (("text", text), ("access_token", TOKEN))


@pytest.mark.parametrize(
    ("ask", "sent"),
    [
        (lambda client: client.user_recent(min_id="draft", max_id=""),
         {"min_id": "draft", "max_id": ""}),
        (lambda client: client.user_recent(min_timestamp=-5), {"min_timestamp": "-5"}),
        (lambda client: client.user_recent(min_timestamp=5, max_timestamp=5),
         {"min_timestamp": "5", "max_timestamp": "5"}),
        (lambda client: client.user_follows(cursor="?"), {"cursor": "?"}),
        (lambda client: client.user_liked(count=10_000), {"count": "10000"}),
        (lambda client: client.tag_recent("snow", max_tag_id="AQ_x-"), {"max_tag_id": "AQ_x-"}),
        (lambda client: client.tag_recent("snow", max_tag_id=64), {"max_tag_id": "64"}),
        (lambda client: client.tag_search("new snow"), {"q": "new snow"}),
        (lambda client: client.user_search("@ann"), {"q": "@ann"}),
        (lambda client: client.location_search(lat=-90, lng=180, distance=99_999),
         {"lat": "-90", "lng": "180", "distance": "99999"}),
    ],
)  # fmt: skip
async def test_doubtful_arguments_are_sent(ask: Ask, sent: dict[str, str]) -> None:
    transport = ScriptedTransport([ScriptedTransport.reply([])])
    await ask(Client(TOKEN, transport=transport)).collect()
    assert dict(transport.requests[0].query) == {**sent, "access_token": TOKEN}


@pytest.mark.parametrize(
    "ask",
    [
        *map(by_user, ["user", "user_recent", "follow"]),
        lambda value: lambda client: client.media(value),
        lambda value: lambda client: client.like([value]),
        lambda value: lambda client: client.location(f"id={value}&"),
        lambda value: lambda client: client.media_shortcode(value),
        lambda value: lambda client: client.tag(f"{value} "),
        lambda value: lambda client: client.change_relationship("7", value),
    ],
)
async def test_a_token_where_something_else_belongs_is_not_quoted(
    ask: Callable[[Any], Ask],
) -> None:
    error = await refused(ask("1574083.f59def8.4677f1c7d12b4e0c8f21"))
    assert "..." in str(error)
    assert "f59def8" not in str(error)
    assert "4677f1c" not in str(error)
