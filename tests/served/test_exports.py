"""A server's world, exported by a client and served again, is read as it was."""

from __future__ import annotations

import json
import re
from typing import Any

from instagram_async import Client, Pager, Quota, unstructure
from instagram_async.server import LocalInstagram, World
from tests.support.listings import ALL_SCOPES


def asking(server: LocalInstagram, user_id: str) -> Client:
    token = server.access_token(user_id, scope=ALL_SCOPES)
    return Client(token, base_url=server.base_url, quota=Quota.unlimited())


def listings_of(client: Client, world: World) -> list[Pager[Any]]:
    """All that is about the people of a world."""
    made: list[Pager[Any]] = []
    for user in world.users:
        made += [
            client.user_followed_by(user.id),
            client.user_recent(user.id, count=33),
            client.user_follows(user.id),
        ]
        media, _ = world.recent(user.id, count=99)
        made += [client.media_comments(one.id) for one in media]
        made += [client.media_likes(one.id) for one in media]
    made += [client.tag_search("s"), client.tag_recent("snow"), client.user_search("a")]
    made += [client.location_search(facebook_places_id="1")]
    return made


def shapes(items: list[Any]) -> list[Any]:
    """As the wire has them, with pictures at no server."""
    return [
        json.loads(re.sub(r"http://127[^/]+/", "", json.dumps(unstructure(one)))) for one in items
    ]


async def read(client: Client, pagers: list[Pager[Any]]) -> dict[str, list[Any]]:
    return {str(pager.listing): await pager.collect() for pager in pagers}


async def test_an_export_is_served_as_it_was_read() -> None:
    world = World.seeded(4, users=3, media=14)
    me = world.self_id
    for user in world.users:
        for media in world.recent(user.id, count=99)[0]:
            for comment in world.comments(media.id, count=999)[20:]:
                world.delete_comment(media.id, comment.id)  # one page is all that is shown
    async with LocalInstagram(world) as server, asking(server, me) as client:
        pagers = listings_of(client, world)
        told = await read(client, pagers)
        users = [await client.user(user.id) for user in world.users]
    assert sum(map(len, told.values())) > 100
    rows = [(user, "people") for user in users]
    rows += [(item, key) for key, items in told.items() for item in items]
    lines = [json.dumps(unstructure(item) | {"listing": key}) for item, key in rows]
    async with LocalInstagram(World.load(lines)) as server, asking(server, me) as client:
        again = await read(client, [client.pager(pager.listing) for pager in pagers])
        people = [await client.user(user.id) for user in world.users]
    assert shapes(people) == shapes(users)
    for key, items in told.items():
        assert shapes(again[key]) == shapes(items), key
