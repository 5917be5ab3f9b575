"""What type checkers make of every operation's result. Checked by mypy and pyright, never run."""

from __future__ import annotations

from datetime import datetime
from typing import assert_type

from instagram_async import (
    Client,
    Comment,
    Items,
    Location,
    Media,
    Pager,
    Relationship,
    Tag,
    UncertainWriteError,
    User,
    UserSummary,
    WindowedPager,
)


async def users(client: Client, bound: datetime) -> None:
    assert_type(await client.user(), User)
    assert_type(await client.user("1000"), User)
    assert_type(await client.find_user("ann"), UserSummary | None)

    search = client.user_search("baker", count=10)
    assert_type(search, Pager[UserSummary])
    assert_type([user async for user in search], list[UserSummary])

    feed = client.user_feed(count=5, min_id="1_9", max_id="64_9")
    assert_type(feed, Pager[Media])
    assert_type([media async for media in feed], list[Media])

    liked = client.user_liked(count=5, max_like_id="64")
    assert_type(liked, Pager[Media])
    assert_type([media async for media in liked], list[Media])

    recent = client.user_recent(
        1000, count=5, min_id="1_9", max_id="64_9", min_timestamp=bound, max_timestamp=5
    )
    assert_type(recent, WindowedPager[Media])
    assert_type(aiter(recent), Items[Media])
    assert_type([media async for media in recent], list[Media])


async def relationships(client: Client) -> None:
    requests = client.user_requested_by()
    assert_type(requests, Pager[UserSummary])
    assert_type([user async for user in requests], list[UserSummary])

    followers = client.user_followed_by("1000", count=5, cursor="AQ")
    assert_type(followers, Pager[UserSummary])
    assert_type([user async for user in followers], list[UserSummary])

    followed = client.user_follows(1000, count=5, cursor=None)
    assert_type(followed, Pager[UserSummary])
    assert_type([user async for user in followed], list[UserSummary])

    relationship = await client.relationship("1000")
    assert_type(relationship, Relationship)
    assert_type(relationship.target_user_is_private, bool | None)
    assert_type(await client.change_relationship(1000, "follow"), Relationship)
    assert_type(await client.follow(1000), Relationship)
    assert_type(await client.unfollow("1000"), Relationship)
    assert_type(await client.block("1000"), Relationship)
    assert_type(await client.unblock("1000"), Relationship)
    assert_type(await client.approve("1000"), Relationship)
    assert_type(await client.ignore("1000"), Relationship)


async def media(client: Client, bound: datetime) -> None:
    assert_type(await client.media("64_9"), Media)
    assert_type(await client.media_shortcode("BA"), Media)

    around = client.media_search(
        59.9, 10, distance=750, min_timestamp=5, max_timestamp=bound, count=5
    )
    assert_type(around, WindowedPager[Media])
    assert_type(around.limit(3), WindowedPager[Media])
    assert_type([each async for each in around], list[Media])
    assert_type([each.distance async for each in around], list[float | None])

    popular = client.media_popular(count=5)
    assert_type(popular, Pager[Media])
    assert_type([each async for each in popular], list[Media])


async def comments_and_likes(client: Client, error: UncertainWriteError) -> None:
    comments = client.media_comments("64_9")
    assert_type(comments, Pager[Comment])
    assert_type([comment async for comment in comments], list[Comment])
    assert_type([comment.author async for comment in comments], list[UserSummary | None])
    assert_type(await client.create_comment("64_9", "lovely"), Comment | None)
    assert_type(await client.settle(error), bool)
    await client.delete_comment("64_9", "880")

    likes = client.media_likes("64_9")
    assert_type(likes, Pager[UserSummary])
    assert_type([user async for user in likes], list[UserSummary])
    await client.like("64_9")
    await client.unlike("64_9")


async def tags(client: Client) -> None:
    tag = await client.tag("snow")
    assert_type(tag, Tag)
    assert_type(tag.media_count, int)

    search = client.tag_search("sn", count=5)
    assert_type(search, Pager[Tag])
    assert_type([each async for each in search], list[Tag])

    recent = client.tag_recent("snow", count=5, min_tag_id="1", max_tag_id="AQ")
    assert_type(recent, Pager[Media])
    assert_type([each async for each in recent], list[Media])


async def locations_and_geographies(client: Client, bound: datetime) -> None:
    place = await client.location(7)
    assert_type(place, Location)
    assert_type(place.latitude, float | None)

    by_point = client.location_search(lat=59.9, lng=10.7, distance=5, count=5)
    assert_type(by_point, Pager[Location])
    assert_type([each async for each in by_point], list[Location])
    assert_type(client.location_search(facebook_places_id=5), Pager[Location])
    assert_type(client.location_search(foursquare_v2_id="4b"), Pager[Location])
    assert_type(client.location_search(foursquare_id="5"), Pager[Location])

    recent = client.location_recent(
        "7", count=5, min_id="1", max_id="64", min_timestamp=bound, max_timestamp=bound
    )
    assert_type(recent, WindowedPager[Media])
    assert_type([each async for each in recent], list[Media])

    subscribed = client.geography_recent("77", count=5, min_id="1")
    assert_type(subscribed, Pager[Media])
    assert_type([each async for each in subscribed], list[Media])
