"""Recorded replies lose their people and keep their shape."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instagram_async import Media, ResponseError, Tag, shortcode_to_pk, structure, unstructure
from instagram_async.models.pk import pk_second
from instagram_async.server.ids import media_pk
from instagram_async.testing import make_location, make_media, make_user_summary, scrub
from instagram_async.v1.structure import loads
from tests.support import fixtures
from tests.support.fixtures import Recorded
from tests.support.strategies import MODELS, bodies

RECORDED = [*fixtures.own(), *fixtures.shared()]
KEPT = {"type", "filter", "error_type", "outgoing_status", "incoming_status"}
OF_THE_API = {
    "https", "instagram", "instagr", "example", "SCRUBBED", "localhost", "cdninstagram",
    "users", "media", "recent", "popular", "liked", "follows", "followed", "locations",
    "geographies",     "access_token", "max_id", "max_tag_id", "max_like_id", "cursor", "count",
    "client_id", "user_id",
}  # fmt: skip


def shape(value: Any) -> Any:
    """What may not change: keys in order, types, nulls, lengths, words of the API."""
    if isinstance(value, dict):
        return [(key, (key in KEPT and inner) or shape(inner)) for key, inner in value.items()]
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return value if value is None or isinstance(value, bool) else type(value)


def strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, key)
    elif isinstance(value, str):
        yield key, value


def words(value: Any) -> set[str]:
    told = {text for key, text in strings(value) if key not in {*KEPT, "deprecation_warning"}}
    return {word for text in told for word in re.findall(r"\w{5,}", text)}


@pytest.mark.parametrize("recorded", RECORDED, ids=[one.name for one in RECORDED])
def test_a_recorded_reply_keeps_its_shape_and_loses_its_words(recorded: Recorded) -> None:
    before = json.loads(recorded.body)
    made = scrub(recorded.body, seed=1)
    after = json.loads(made)
    assert shape(after) == shape(before)
    assert shape(scrub(after)) == shape(before)
    assert scrub(recorded.body, seed=1) == made
    assert words(before) & words(after) <= OF_THE_API
    model = recorded.model
    for old, new in zip(_items(before), _items(after), strict=True):
        assert read(new, model) == read(old, model)


def read(item: Any, model: type[Any]) -> Any:
    """The shape of the model that it becomes, or what is wrong with it."""
    try:
        return shape(unstructure(structure(item, model)))
    except ResponseError as error:
        return str(error)


def _items(body: Any) -> list[Any]:
    data = body["data"]
    return data if isinstance(data, list) else [data]


@given(st.sampled_from(list(MODELS)).flatmap(lambda model: bodies(model, page=True)))
def test_any_json_keeps_its_shape(body: bytes) -> None:
    try:
        before = loads(body)
    except ValueError:  # such as Infinity, which Python's parser would take
        with pytest.raises(ValueError, match=r"\w"):
            scrub(body, seed=3)
        return
    made = scrub(body, seed=3)
    after = json.loads(made)
    assert shape(after) == shape(before)
    assert scrub(before, seed=3) == after
    assert shape(scrub(after, seed=3)) == shape(before)


@given(st.from_regex(r"[a-z]{8}[0-9]{4}", fullmatch=True), st.sampled_from(["q", "text", "tags"]))
def test_a_word_survives_nowhere(word: str, key: str) -> None:
    recorded = {
        key: word,
        "next_cursor": word,
        "link": f"https://{word}.com/{word}/{word}.jpg?{key}={word}&access_token={word}#{word}",
        "full_name": word.upper(),
        "access_token": word,
        "error_message": f"@{word} said access_token={word}, see http://instagram.com/{word}",
        "deep": [[{"bio": f"see https://instagram.com/{word}, {word}"}]],
    }
    assert word not in json.dumps(scrub(recorded)).lower()


@given(st.lists(st.integers(0, 2**63), min_size=2, unique=True), st.integers())
def test_different_ids_stay_different_and_pks_in_the_order_of_time(
    ids: list[int], seed: int
) -> None:
    made = scrub([{"id": str(number)} for number in ids], seed=seed)
    assert len({one["id"] for one in made}) == len(ids)
    pks = [(old >> 23, int(one["id"]) >> 23) for old, one in zip(ids, made, strict=True)]
    pks = [(old, new) for old, new in pks if old >> 17]
    assert [new for _, new in sorted(pks)] == sorted(new for _, new in pks)


def test_what_belonged_together_still_does() -> None:
    ann = make_user_summary(4, username="ann.b")
    media = make_media(5, user=ann, caption="with @ann.b in the #Snow", location=make_location(6))
    page = {
        "data": [unstructure(media), unstructure(media)],
        "pagination": {
            "next_max_id": media.id,
            "next_url": f"https://api.instagram.com/v1/users/{ann.id}/media/recent"
            f"?access_token=4.abc.def&sig=0a1b&max_id={media.id}&count=33",
        },
    }
    clean: Any = scrub(page, seed="s")
    first, second = clean["data"]
    assert first == second
    new = structure(first, Media)
    assert new.id != media.id
    assert new.link is not None
    assert new.shortcode == new.link.split("/")[-2]
    assert shortcode_to_pk(new.shortcode or "") == media_pk(new.id)
    assert new.id.partition("_")[2] == new.user.id
    assert pk_second(media_pk(new.id)) == new.created_time.timestamp()
    assert new.created_time > media.created_time
    assert new.caption is not None
    assert f"@{new.user.username} " in new.caption.text
    assert new.caption.text.lower().endswith(f"#{new.tags[0]}")
    assert new.caption.text[-4].isupper()
    assert new.url != media.url
    assert str(new.url).endswith(".jpg")
    assert new.location is not None
    assert -80 <= (new.location.latitude or 0) <= 80
    assert clean["pagination"]["next_max_id"] == new.id
    url = urlsplit(clean["pagination"]["next_url"])
    assert (url.netloc, url.path) == (
        "api.instagram.com",
        f"/v1/users/{new.user.id}/media/recent",
    )
    query = parse_qs(url.query)
    assert query["access_token"] == query["sig"] == ["SCRUBBED"]
    assert query["max_id"] == [new.id]


def test_addresses_of_all_kinds() -> None:
    def url(text: str) -> str:
        made: str = scrub({"link": text}, seed=0)["link"]
        return made

    private = "https://instagram.com/p/" + "BAcd_-efgh1" + "x" * 28
    assert re.fullmatch(r"https://instagram\.com/p/[\w-]{39}", url(private))
    assert url("http://ann:pass@127.0.0.1:8080/v1/tags/search?q=ann").startswith(
        "http://127.0.0.1:8080/v1/tags/search?q="
    )
    assert "ann" not in url("http://ann:pass@127.0.0.1:8080/v1/tags/ann%20b")
    assert url("http://[::1]:80/v1/users/self") == "http://[::1]:80/v1/users/self"
    assert re.fullmatch(r"https://\w{4}\.example/\w{3}\.PNG", url("https://blog.com/ann.PNG"))
    assert re.fullmatch(r"https://\w{4}\.example", url("https://blog"))
    assert url("http://[broken/p/x") != "http://[broken/p/x"
    assert "ö" not in url("https://instagram.com/p/ö!/")
    assert url("blob:///p//x").startswith("blob:///p//") or url("blob:///p//x")


def test_numbers_by_their_keys() -> None:
    recorded: dict[str, Any] = {
        "id": 7, "object_id": 7.0, "pk": -1, "created_time": 1_442_059_200, "count": 7,
        "latitude": 60, "longitude": 10.5, "user_id": 0.5, "time": "soon", "next_max_id": "7",
    }  # fmt: skip
    clean: dict[str, Any] = scrub(recorded, seed=0)
    assert shape(clean) == shape(recorded)
    assert (clean["pk"], clean["count"], clean["user_id"]) == (-1, 7, 0.5)
    assert clean["id"] == clean["object_id"] == int(clean["next_max_id"]) != 7
    assert clean["created_time"] > recorded["created_time"] + 86_400


def test_the_layout_and_the_kind_stay() -> None:
    assert scrub('{"a":"\\/"}') == '{"a":"\\/"}'
    assert re.fullmatch(r'\{"a": "\w", "b": 1\}', scrub('{"a": "x", "b": 1}'))
    assert scrub(b'{\n  "a": null\n}') == b'{\n  "a": null\n}'
    assert scrub('["é"]').isascii() is False
    assert scrub(rb'["\u00e9 \ud800"]').isascii()
    assert scrub(("a", ["b"]))[1] != ["b"]
    assert scrub(None) is None
    recorded = {"username": "ann"}
    assert scrub(recorded) != scrub(recorded)
    assert recorded == {"username": "ann"}
    with pytest.raises(ValueError, match="Expecting value"):
        scrub(b"<html></html>")


def test_letters_keep_their_kind() -> None:
    clean = scrub({"text": "Ab_9 Ünï 写 🏔️!"}, seed=0)["text"]
    assert re.fullmatch(r"[A-Z][a-z]_\d \w{3} \w .{2}!", clean)
    assert clean[5].isupper()
    assert structure(scrub({"name": "снег", "media_count": 3.0}), Tag).media_count == 3
