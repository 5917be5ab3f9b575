"""From the first call to the last: one loop, one process, and an end that all hear of."""

from __future__ import annotations

import asyncio
import os
from types import TracebackType

from instagram_async.errors import ClientClosedError, TransportError


class Lifecycle:
    """What all views of a client share: whether it is open, where, and who is inside."""

    def __init__(self) -> None:
        self.closed = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pid: int | None = None
        self._scopes: set[Scope] = set()

    def scope(self, operation: str) -> Scope:
        """Be inside while a call is under way; closing the client ends it.

        Args:
            operation: named by the error.

        Returns:
            An async context manager.

        Raises:
            ClientClosedError: on entering a closed client, or when it is closed meanwhile.
            RuntimeError: the client was first used by another loop, or before a fork.
        """
        if self.closed:
            raise ClientClosedError("the client is closed", operation)
        loop = asyncio.get_running_loop()
        if loop is not self._loop or os.getpid() != self._pid:
            self._bind(loop)
        return Scope(self._scopes, operation)

    def close(self) -> bool:
        """End every call that is under way.

        Returns:
            Whether there are connections to close: the client was open, and they are this
            process's. A forked child that closes leaves its parent's alone.

        Raises:
            RuntimeError: the client belongs to another loop.
        """
        if self.closed:
            return False
        is_own = self._loop is None or os.getpid() == self._pid
        if is_own and self._loop is not None and asyncio.get_running_loop() is not self._loop:
            raise RuntimeError("a client is closed in the event loop that it belongs to")
        self.closed = True
        if not is_own:
            return False
        for scope in list(self._scopes):
            scope.end()
        return True

    def _bind(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._loop is None:
            self._loop, self._pid = loop, os.getpid()
        elif os.getpid() != self._pid:
            raise RuntimeError("a client can't be used after a fork: make one in each process")
        else:
            raise RuntimeError("a client belongs to one event loop: make one in each loop")


class Scope:
    """One call under way; made by `Lifecycle.scope`."""

    __slots__ = ("_ended", "_inside", "_operation", "_timeout")

    def __init__(self, inside: set[Scope], operation: str) -> None:
        self._inside = inside
        self._operation = operation
        self._timeout = asyncio.timeout(None)
        self._ended = False

    def end(self) -> None:
        """Interrupt the call, as a timeout would."""
        self._ended = True
        self._timeout.reschedule(asyncio.get_running_loop().time())

    async def __aenter__(self) -> None:
        await self._timeout.__aenter__()
        self._inside.add(self)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._inside.discard(self)
        # The connection may be gone before the interruption comes.
        ended = self._ended and isinstance(error, TransportError)
        try:
            await self._timeout.__aexit__(kind, error, traceback)
        except TimeoutError:
            ended = True
        if ended:
            raise ClientClosedError("the client was closed meanwhile", self._operation)
