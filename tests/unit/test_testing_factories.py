"""Models that users make for their tests."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime
from typing import Any, get_type_hints

import attrs
import pytest

from instagram_async import (
    Comment,
    Location,
    Media,
    Relationship,
    Tag,
    User,
    UserSummary,
    structure,
    unstructure,
)
from instagram_async.models.pk import pk_second
from instagram_async.server import World
from instagram_async.server.ids import media_pk
from instagram_async.testing import (
    make_comment,
    make_location,
    make_media,
    make_relationship,
    make_tag,
    make_user,
    make_user_summary,
)
from instagram_async.testing.factories import fields

MAKERS: dict[Any, tuple[Any, Any]] = {
    Comment: (make_comment, fields.CommentFields),
    Location: (make_location, fields.LocationFields),
    Media: (make_media, fields.MediaFields),
    Relationship: (make_relationship, fields.RelationshipFields),
    Tag: (make_tag, fields.TagFields),
    User: (make_user, fields.UserFields),
    UserSummary: (make_user_summary, fields.SummaryFields),
}


@pytest.mark.parametrize("model", MAKERS)
def test_every_field_of_the_model_can_be_given(model: Any) -> None:
    make, taken = MAKERS[model]
    assert set(get_type_hints(taken)) == {one.name for one in attrs.fields(model)}
    for name in get_type_hints(taken):
        value: Any = getattr(make(), name)
        given = make(**{name: value})
        assert given == make(), name


@pytest.mark.parametrize("model", MAKERS)
def test_the_same_again_and_again_and_otherwise_different(model: Any) -> None:
    make, _ = MAKERS[model]
    assert make() == make()
    assert hash(make()) == hash(make())
    assert structure(unstructure(make()), model) == make()
    if "number" in inspect.signature(make).parameters:
        made = [make(number) for number in range(50)]
        assert len(set(made)) == 50
        names = [getattr(one, "id", None) or one.name for one in made]
        assert len(set(names)) == 50


def test_ids_tell_the_time() -> None:
    newest, oldest = make_media(9), make_media(2)
    assert media_pk(newest.id) > media_pk(oldest.id)
    for one in (newest, oldest, make_media(1, created_time=datetime(2013, 2, 3, 4, tzinfo=UTC))):
        assert pk_second(media_pk(one.id)) == one.created_time.timestamp()
    assert pk_second(int(make_comment(5).id)) == make_comment(5).created_time.timestamp()
    assert make_media(7, created_time=datetime(2011, 1, 1, tzinfo=UTC)).id == "7_1000001"


def test_the_rest_follows() -> None:
    media = make_media(1, id="64_9", user=make_user(9))
    assert (media.link, media.shortcode) == ("https://instagram.com/p/BA/", "BA")
    assert media.caption is not None
    assert media.caption.author == media.user == make_user_summary(9)
    assert make_media(1, caption=None).caption is None
    assert make_media(1, caption="#a #B #a").tags == ("a", "b")
    assert make_media(1, caption="#a", tags=()).tags == ()
    caption = make_comment(3, author=make_user(5))
    assert make_media(1, caption=caption).caption is caption
    assert make_comment(3, author=None).author is None
    assert make_media(1, id="what").link == "https://instagram.com/p/what/"


def test_videos_and_carousels() -> None:
    video = make_media(video=True)
    assert (video.type, video.is_video) == ("video", True)
    assert str(video.url).endswith("/640.mp4")
    pictures = make_media(carousel=2)
    assert (pictures.type, pictures.videos) == ("carousel", None)
    urls = {part.url for part in pictures.carousel_media}
    assert len(urls) == len(pictures.carousel_media) == 2
    mixed = make_media(carousel=["video", "image"])
    assert [part.is_video for part in mixed.carousel_media] == [True, False]
    assert mixed.videos is not None
    with pytest.raises(ValueError, match="not both"):
        make_media(video=True, carousel=2)


def test_a_world_can_be_made_of_them() -> None:
    ann, ben = make_user(1), make_user(2)
    world = World([ann, ben], [make_media(number, user=ben) for number in range(30)])
    newest, _ = world.recent(ben.id, count=20, viewer=ann.id)
    assert [one.id for one in newest] == [
        make_media(number, user=ben).id for number in reversed(range(10, 30))
    ]
