"""Its tests: nothing but `pip install 'instagram-async[testing]'` is needed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from weekly import WEEK, like_all, summary, week_of

from instagram_async import Client
from instagram_async.models import Likes
from instagram_async.server import Fault, LocalInstagram
from instagram_async.testing import make_media

pytestmark = pytest.mark.asyncio


@pytest.mark.instagram(users=2, media=60, seed=7)
async def test_a_week_is_whole_even_if_a_reply_is_lost(
    local_instagram: LocalInstagram, instagram_client: Client
) -> None:
    everything = await instagram_client.user_recent().collect()
    until = everything[0].created_time
    local_instagram.faults.add(Fault("reset_before", operation="GET users/{id}/media/recent"))
    found = await week_of(instagram_client, until)
    assert found == [one for one in everything if until - one.created_time <= WEEK]
    assert await week_of(instagram_client, until + timedelta(days=365)) == []


async def test_a_summary_names_the_best() -> None:
    liked = [make_media(number, likes=Likes(count=number)) for number in range(3)]
    assert summary(liked) == f"3 posts, 3 likes, best: {liked[2].link}"
    assert summary([]) == "nothing this week"


@pytest.mark.instagram(media=3)
async def test_what_was_deleted_is_not_liked(
    local_instagram: LocalInstagram, instagram_client: Client
) -> None:
    media = await instagram_client.user_recent().collect()
    local_instagram.world.delete(media[1].id)
    assert await like_all(instagram_client, media) == 2
