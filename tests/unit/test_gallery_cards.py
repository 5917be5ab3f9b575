"""What the page is told of each media."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from instagram_async import CarouselItem, Location, Media, TaggedUser, UserInPhoto
from instagram_async.gallery.cards import Deck
from instagram_async.testing import make_media, make_user
from tests.support.strategies import media as any_media

AT = datetime(2015, 9, 12, tzinfo=UTC)


def test_a_card_tells_what_there_is() -> None:
    media = make_media(
        user=make_user(9, username="ann", full_name="Ann"),
        created_time=AT,
        caption="up early #Snow",
        location=Location(id="5", name="Harbour"),
        link="https://instagram.com/p/BA/",
    )
    deck = Deck([media], {media.id: ["pictures/1.jpg"]})
    assert deck.cards == [
        {
            "id": media.id,
            "time": 1442016000,
            "kind": "image",
            "user": "ann",
            "name": "Ann",
            "caption": "up early #Snow",
            "tags": ["snow"],
            "place": 0,
            "likes": media.likes.count,
            "comments": media.comments.count,
            "link": "https://instagram.com/p/BA/",
            "files": ["pictures/1.jpg"],
        }
    ]
    assert deck.places == [{"key": "5", "name": "Harbour"}]
    assert deck.authors == {"ann"}


def test_the_newest_come_first_and_each_once() -> None:
    some = [make_media(number) for number in (3, 1, 2, 3)]
    cards = Deck(some, {}).cards
    assert [card["id"] for card in cards] == [make_media(number).id for number in (3, 2, 1)]


def test_only_a_web_page_is_a_link() -> None:
    links = ["javascript:alert(1)", "data:text/html,x", "http://a.example/", "//b", None]
    cards = Deck([make_media(n, link=link) for n, link in enumerate(links, 1)], {}).cards
    assert [card.get("link") for card in cards] == [None, None, "http://a.example/", None, None]


def test_a_place_is_known_by_its_id_else_by_its_name_or_its_point() -> None:
    places = [
        Location(id="5", name="Harbour"),
        Location(id="5", name="Harbour, renamed"),
        Location(name="Harbour"),
        Location(latitude=47.5, longitude=-8.0),
        Location(latitude=47.5),
        Location(id="6"),
        Location(),
        Location(id=""),
        None,
    ]
    times = [AT - timedelta(hours=number) for number in range(len(places))]
    some = [
        make_media(n, created_time=at, location=place)
        for n, (at, place) in enumerate(zip(times, places, strict=True), 1)
    ]
    deck = Deck(some, {})
    assert [card.get("place") for card in deck.cards] == [0, 0, 1, 2, None, 3, None, None, None]
    assert [place["name"] for place in deck.places] == [
        "Harbour", "Harbour", "47.5000, -8.0000", "6"
    ]  # fmt: skip


def test_people_are_those_on_any_part_but_not_who_posted() -> None:
    def on(name: str) -> UserInPhoto:
        return UserInPhoto(user=TaggedUser(username=name))

    media = make_media(
        user=make_user(username="ann"),
        users_in_photo=(on("ann"), on("bob")),
        carousel_media=(CarouselItem(users_in_photo=(on("bob"), on("cleo"))),),
    )
    assert Deck([media], {}).cards[0]["people"] == ["bob", "cleo"]


def test_half_a_letter_is_what_a_form_makes_of_it() -> None:
    half, whole = "half \ud83d", "half \ufffd"
    media = make_media(
        id=half, caption=half, tags=(half,), location=Location(id=half, name=half),
        users_in_photo=(UserInPhoto(user=TaggedUser(username=half)),),
    )  # fmt: skip
    deck = Deck([media], {half: ["pictures/1.jpg"]})
    (card,) = deck.cards
    assert [card[name] for name in ("id", "caption", "tags", "people", "files")] == [
        whole, whole, [whole], [whole], ["pictures/1.jpg"]
    ]  # fmt: skip
    assert deck.places == [{"key": whole, "name": whole}]


@given(st.lists(any_media, max_size=5))
def test_there_is_a_card_for_every_media_whatever_it_is(some: list[Media]) -> None:
    once = {media.id: media for media in some}
    deck = Deck(some, {})
    assert sorted(card.get("id", "") for card in deck.cards) == sorted(once)
    times = [card["time"] for card in deck.cards]
    assert times == sorted(times, reverse=True)
    for card in deck.cards:
        caption = once[card.get("id", "")].caption
        assert card.get("caption", "") == (caption.text if caption else "")
        if "place" in card:
            assert deck.places[card["place"]]["name"]
