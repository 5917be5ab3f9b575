"""A local server that runs until it is told to stop."""

from __future__ import annotations

import asyncio
import errno
import signal
from contextlib import AsyncExitStack

from instagram_async.cli.journal import Journal
from instagram_async.cli.signals import on_signals
from instagram_async.server import LocalInstagram
from instagram_async.v1.redirects import SCOPES

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


async def serve(server: LocalInstagram, journal: Journal) -> None:
    """Run a server until Ctrl-C or SIGTERM.

    Args:
        server: not running yet.
        journal: is told where it is, and of each request.

    Raises:
        OSError: it can't listen, for example since its port is in use.
    """
    stopped = asyncio.Event()
    with on_signals(_SIGNALS, stopped.set):
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(server)
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
                raise OSError("the port is in use, --port 0 takes any that is free") from None
            server.requests.watch(journal.request)
            journal.begin(introduction(server))
            await stopped.wait()


def introduction(server: LocalInstagram) -> list[tuple[str, str]]:
    """What one needs to know to ask a server that runs, as names and values."""
    token = server.access_token(scope=" ".join(SCOPES))
    path = "users/self/media/recent"
    return [
        ("base URL", server.base_url),
        ("page", server.base_url.removesuffix("v1")),
        ("token", token),
        ("client id", server.client_id),
        ("secret", server.client_secret),
        ("use", f"export INSTAGRAM_BASE_URL={server.base_url} INSTAGRAM_ACCESS_TOKEN={token}"),
        ("try", f"curl '{server.base_url}/{path}?count=1&access_token={token}'"),
    ]
