"""A local server in a thread of its own, for clients that block."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from instagram_async.server import LocalInstagram

_PATIENCE = 10  # seconds


@contextmanager
def in_a_thread(server: LocalInstagram) -> Iterator[LocalInstagram]:
    """Run a server in a loop beside this thread until the block ends."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="local server")
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result(_PATIENCE)
        try:
            yield server
        finally:
            asyncio.run_coroutine_threadsafe(server.__aexit__(None, None, None), loop).result(
                _PATIENCE
            )
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
