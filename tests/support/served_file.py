"""Serves a world from a file until it is killed: `python -m tests.support.served_file PATH`.

Prints the base URL and a token for each of the first two users.
"""

from __future__ import annotations

import asyncio
import sys

from instagram_async.server import LocalInstagram, World

SCOPES = "likes comments relationships"


async def _main(path: str) -> None:
    with World.open(path) as world:
        async with LocalInstagram(world, limit=10**6, family_limit=10**6) as server:
            tokens = [server.access_token(user.id, scope=SCOPES) for user in world.users[:2]]
            print(server.base_url, *tokens, flush=True)  # noqa: T201 - for who started it
            await asyncio.sleep(3600)


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
