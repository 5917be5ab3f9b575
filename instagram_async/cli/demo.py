"""The demo: a server, a client, and media streaming from one to the other."""

from __future__ import annotations

import asyncio
import time

from instagram_async import Client, Media, Report
from instagram_async.cli.keeping import Keep
from instagram_async.cli.traffic import Traffic
from instagram_async.cli.view import Account, View
from instagram_async.server import LocalInstagram, World

_PAGE = 33  # the most that the server gives in one page


async def stream(view: View, media: int, pace: float, keep: Keep | None = None) -> None:
    """Stream a profile's media from a local server to a view.

    Args:
        view: shows them.
        media: how many the profile has.
        pace: media a second at most, 0 for as fast as they come.
        keep: where they are kept when all were shown, if anywhere.
    """
    shown: list[Media] = []
    traffic = Traffic()
    async with (
        LocalInstagram(World.seeded(media=media)) as server,
        Client(server.access_token(), base_url=server.base_url, hooks=traffic.hooks) as client,
    ):
        started = time.perf_counter()
        report = Report()
        user = await client.user()
        view.begin(user, user.counts.media if user.counts else media, server.base_url)
        try:
            items = aiter(client.user_recent("self", count=_PAGE))
            async for item in items:
                report = items.report
                view.show(item, report)
                if keep is not None:
                    shown.append(item)
                if pace:
                    due = started + report.items / pace
                    await asyncio.sleep(max(0.0, due - time.perf_counter()))
        finally:
            seconds = time.perf_counter() - started
            view.end(Account(report, traffic.requests, seconds, pace, traffic.remaining))
        if keep is not None:
            await keep.keep(shown)
