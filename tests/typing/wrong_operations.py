"""Wrong arguments of every section. Checked by mypy and pyright, never run.

An ignore that is not needed is an error of both, so each one proves that both refuse.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from instagram_async import Client, InstagramError, Media, UserSummary


async def users(client: Client) -> None:
    await client.user(b"1000")  # type: ignore[arg-type]
    await client.find_user(1000)  # type: ignore[arg-type]
    await client.find_user()  # type: ignore[call-arg]
    client.user_search()  # type: ignore[call-arg]
    client.user_search("ann", 10)  # type: ignore[call-arg]
    client.user_search(q=5)  # type: ignore[arg-type]
    client.user_feed(user_id="self")  # type: ignore[call-arg]
    client.user_feed(min_timestamp=5)  # type: ignore[call-arg]
    client.user_liked(max_id="64_9")  # type: ignore[call-arg]
    client.user_liked(max_like_id=64)  # type: ignore[arg-type]
    client.user_recent(cursor="AQ")  # type: ignore[call-arg]
    client.user_recent(max_timestamp=5.5)  # type: ignore[arg-type]


async def relationships(client: Client) -> None:
    client.user_requested_by("self")  # type: ignore[call-arg]
    client.user_followed_by("self", 50)  # type: ignore[call-arg]
    client.user_follows(max_id="64")  # type: ignore[call-arg]
    client.user_follows(cursor=5)  # type: ignore[arg-type]
    await client.relationship()  # type: ignore[call-arg]
    await client.change_relationship("1000", "poke")  # type: ignore[arg-type]
    await client.change_relationship("1000")  # type: ignore[call-arg]
    await client.follow(None)  # type: ignore[arg-type]
    client.follow("1000")  # type: ignore[unused-coroutine]


async def media(client: Client) -> None:
    await client.media(64)  # type: ignore[arg-type]
    await client.media_shortcode(64)  # type: ignore[arg-type]
    client.media_search(59.9)  # type: ignore[call-arg]
    client.media_search("59.9", 10.7)  # type: ignore[arg-type]
    client.media_search(59.9, 10.7, 750)  # type: ignore[call-arg]
    client.media_search(59.9, 10.7, distance=0.5)  # type: ignore[arg-type]
    client.media_search(59.9, 10.7, max_id="64")  # type: ignore[call-arg]
    client.media_popular(5)  # type: ignore[call-arg]
    for _ in client.media_popular():  # type: ignore[attr-defined]
        pass


async def comments_and_likes(client: Client, error: InstagramError) -> None:
    client.media_comments("64_9", count=5)  # type: ignore[call-arg]
    await client.media_comments("64_9")  # type: ignore[misc]
    await client.create_comment("64_9")  # type: ignore[call-arg]
    await client.create_comment("64_9", 5)  # type: ignore[arg-type]
    (await client.create_comment("64_9", "fine")).id  # type: ignore[union-attr] # noqa: B018
    await client.delete_comment("64_9")  # type: ignore[call-arg]
    await client.settle(error)  # type: ignore[arg-type]
    client.media_likes(64)  # type: ignore[arg-type]
    await client.like(64)  # type: ignore[arg-type]
    client.unlike("64_9")  # type: ignore[unused-coroutine]


async def tags(client: Client) -> None:
    await client.tag(5)  # type: ignore[arg-type]
    client.tag_search(count=5)  # type: ignore[call-arg]
    client.tag_recent("snow", max_id="64")  # type: ignore[call-arg]
    client.tag_recent("snow", min_tag_id=64)  # type: ignore[arg-type]
    _media: list[Media] = await client.tag_search("sn").collect()  # type: ignore[assignment]


async def locations_and_geographies(client: Client) -> None:
    await client.location(7.5)  # type: ignore[arg-type]
    client.location_search(59.9, 10.7)  # type: ignore[call-arg]
    client.location_search(facebook_places_id=5.5)  # type: ignore[arg-type]
    client.location_search(foursquare_v2_id=5)  # type: ignore[arg-type]
    client.location_recent()  # type: ignore[call-arg]
    client.location_recent(7, max_timestamp="2015")  # type: ignore[arg-type]
    client.geography_recent(None)  # type: ignore[arg-type]
    client.geography_recent(77, max_id="64")  # type: ignore[call-arg]
    async for user in client.geography_recent(77):
        _user: UserSummary = user  # type: ignore[assignment]
