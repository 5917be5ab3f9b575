"""What the page says to go wrong with models goes wrong."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha1
from hmac import new as hmac
from importlib import import_module
from typing import Any

import pytest

from instagram_async import unstructure
from instagram_async.server import LocalInstagram
from tests.support.old_calls import ask

pytestmark = pytest.mark.filterwarnings("ignore")  # the old client's, of its own age


@pytest.fixture
def wire(server: LocalInstagram) -> dict[str, Any]:
    recent, _ = server.world.recent(server.world.self_id, count=45)
    full = next(one for one in recent if one.users_in_photo and one.comments.data)
    return {**deepcopy(dict(unstructure(full))), "location": None}


def media_of(wire: dict[str, Any], **changed: Any) -> Any:
    kind = import_module("instagram.models").Media
    return kind.object_from_dictionary({**wire, **changed})


def test_what_is_missing_in_a_media(wire: dict[str, Any]) -> None:
    made = media_of(wire)
    for name in ("location", "videos", "carousel_media", "attribution", "distance"):
        assert not hasattr(made, name)
    assert not hasattr(
        media_of({name: value for name, value in wire.items() if name != "user_has_liked"}),
        "user_has_liked",
    )
    with pytest.raises(KeyError, match="link"):
        media_of({name: value for name, value in wire.items() if name != "link"})


def test_what_later_media_have(wire: dict[str, Any]) -> None:
    video = {name: {"url": "u", "width": 1, "height": 1} for name in ("low_resolution",)}
    assert media_of(wire, type="video", videos=video).videos["low_resolution"].url == "u"
    video["low_resolution"]["id"] = 0
    with pytest.raises(TypeError, match="'id'"):
        media_of(wire, type="video", videos=video)
    with pytest.raises(AttributeError, match="videos"):
        media_of(wire, type="carousel").get_standard_resolution_url()
    tagged = [{"user": {"username": "ann"}, "position": {"x": 0.5, "y": 0.5}}]
    with pytest.raises(TypeError, match="'id'"):
        media_of(wire, users_in_photo=tagged)


def test_what_is_made_up() -> None:
    models = import_module("instagram.models")
    place = models.Location.object_from_dictionary({"name": None})
    assert (place.id, place.name, place.point) == ("0", None, None)
    assert models.Location.object_from_dictionary({}).name == ""
    said = models.Relationship.object_from_dictionary({"outgoing_status": "follows"})
    assert (said.incoming_status, said.target_user_is_private) == ("none", False)


async def test_tags_are_counted_in_fractions(api: Any) -> None:
    tags, _ = await ask(api.tag_search, q="s")
    assert {type(tag.media_count) for tag in tags} == {float}
    assert type((await ask(api.tag, tag_name="snow")).media_count) is int


def test_times_are_taken_for_utc() -> None:
    helper = import_module("instagram.helper")
    assert helper.timestamp_to_datetime("0") == datetime(1970, 1, 1)  # noqa: DTZ001
    east = datetime(1970, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    assert helper.datetime_to_timestamp(east) == 7200
    assert east.timestamp() == 0
    with pytest.raises(TypeError):
        _ = helper.timestamp_to_datetime("0") < datetime.now(UTC)


def test_a_reactor_takes_text() -> None:
    reactor = import_module("instagram.subscriptions").SubscriptionsReactor()
    told: list[Any] = []
    reactor.register_callback("tag", told.append)
    body = b'[{"object": "tag"}]'
    signature = hmac(b"secret", body, sha1).hexdigest()
    reactor.process("secret", body.decode(), signature)
    assert told == [{"object": "tag"}]
    with pytest.raises(AttributeError, match="encode"):
        reactor.process("secret", body, signature)
