from __future__ import annotations

import time
from itertools import pairwise

import pytest

from instagram_async.models import Media, shortcode_to_pk
from instagram_async.server import World
from instagram_async.server.ids import media_pk
from instagram_async.v1.structure import structure, unstructure


def all_of(world: World, user_id: str | None = None) -> list[Media]:
    return world.recent(user_id or world.self_id, count=100_000, viewer=world.self_id)[0]


def test_a_seed_names_one_world() -> None:
    one, same, other = World.seeded(3), World.seeded(3), World.seeded(4)
    assert all_of(one) == all_of(same)
    assert one.user(one.self_id) == same.user(same.self_id)
    assert all_of(one) != all_of(other)
    assert one.self_id != other.self_id


def test_a_media_is_the_same_in_whatever_order_it_is_asked_for() -> None:
    one, same = World.seeded(5), World.seeded(5)
    whole = all_of(one)
    middle = media_pk(whole[60].id)
    assert same.recent(same.self_id, count=1, max_id=middle, viewer=same.self_id)[0] == [whole[61]]


def test_self_has_as_many_media_as_asked_for_and_others_fewer() -> None:
    world = World.seeded(users=5, media=100)
    owners = list({media.user.id for media in all_of(world)})
    assert owners == [world.self_id]
    assert len(all_of(world)) == 100
    people = {user.id for media in all_of(world) for user in media.likes.data}
    sizes = sorted(len(all_of(world, user_id)) for user_id in people)
    assert sizes == [0, 13, 26, 40, 100]


@pytest.mark.parametrize(("users", "media", "total"), [(1, 0, 0), (1, 3, 3), (2, 3, 3), (3, 1, 1)])
def test_small_worlds(users: int, media: int, total: int) -> None:
    world = World.seeded(users=users, media=media)
    assert len(all_of(world)) == total


@pytest.mark.parametrize(("users", "media"), [(0, 1), (8193, 1), (1, -1)])
def test_impossible_worlds_are_refused(users: int, media: int) -> None:
    with pytest.raises(ValueError, match="can't be made of"):
        World.seeded(users=users, media=media)


def test_ids_links_and_times_agree() -> None:
    for media in all_of(World.seeded(media=500)):
        pk, _, owner = media.id.partition("_")
        ms = (int(pk) >> 23) + 1_314_220_021_721
        assert media.created_time.timestamp() == ms // 1000
        assert owner == media.user.id
        assert media.link == f"https://instagram.com/p/{media.shortcode}/"
        assert shortcode_to_pk(str(media.shortcode)) == int(pk)


def test_media_are_of_all_kinds() -> None:
    media = all_of(World.seeded(media=1000))
    assert {one.type for one in media} == {"image", "video", "carousel"}
    assert all(one.is_video == (one.videos is not None) for one in media if one.type != "carousel")
    assert all(2 <= len(one.carousel_media) <= 5 for one in media if one.type == "carousel")
    texts = [one.caption.text for one in media if one.caption]
    assert 0 < len(texts) < 1000
    assert any(not text.isascii() for text in texts)
    assert any(ord(letter) > 0xFFFF for text in texts for letter in text)
    tags = {tag for one in media for tag in one.tags}
    assert {"snow", "снег", "한국"} <= tags
    assert any(not one.tags for one in media)
    places = [one.location for one in media]
    assert None in places
    assert any(place and place.id and place.name for place in places)
    assert any(place and place.id is None and place.latitude is not None for place in places)
    assert any(one.users_in_photo for one in media)
    assert any(one.attribution for one in media)
    assert {one.user_has_liked for one in media} == {True, False}
    assert len({one.filter for one in media}) > 3


def test_comments_and_likes_are_samples_of_their_counts() -> None:
    media = all_of(World.seeded(media=300))
    for one in media:
        assert len(one.comments.data) == min(8, one.comments.count)
        assert len(one.likes.data) == min(4, one.likes.count)
        times = [one.created_time, *(comment.created_time for comment in one.comments.data)]
        assert times == sorted(times)
    assert any(one.comments.count > 8 for one in media)
    assert any(one.likes.count > 4 for one in media)


def test_posts_come_in_bursts_and_with_gaps() -> None:
    media = all_of(World.seeded(media=300))
    gaps = [(a.created_time - b.created_time).total_seconds() for a, b in pairwise(media)]
    assert min(gaps) == 0
    assert max(gaps) > 5 * 86_400


def test_the_wire_shape_reads_back() -> None:
    for media in all_of(World.seeded(media=200)):
        assert structure(unstructure(media), Media) == media


def test_a_large_world_is_made_at_once() -> None:
    started = time.perf_counter()
    world = World.seeded(media=10_000)
    page, more = world.recent(world.self_id, count=33)
    assert time.perf_counter() - started < 3
    assert len(page) == 33
    assert more


def test_a_large_world_reaches_back_to_2011_and_no_further() -> None:
    world = World.seeded(media=20_000)
    end_of_2011 = 1_325_376_000
    assert world.recent(world.self_id, count=1, max_timestamp=end_of_2011)[1]
    assert world.recent(world.self_id, count=1, max_timestamp=end_of_2011 - 120 * 86_400) == (
        [],
        False,
    )
