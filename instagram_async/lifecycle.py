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
        self._emptied = asyncio.Event()

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
        return Scope(self, operation)

    def enter(self, scope: Scope) -> None:
        """Take somebody in."""
        self._scopes.add(scope)

    def leave(self, scope: Scope) -> None:
        """Let somebody out."""
        self._scopes.discard(scope)
        if self.closed and not self._scopes:
            self._emptied.set()

    def close(self) -> bool:
        """End every call that is under way; a forked child leaves its parent's alone.

        Returns:
            Whether it was open.

        Raises:
            RuntimeError: the client belongs to another loop.
        """
        if self.closed:
            return False
        is_own = self._loop is None or os.getpid() == self._pid
        if is_own and self._loop is not None and asyncio.get_running_loop() is not self._loop:
            raise RuntimeError("a client is closed in the event loop that it belongs to")
        self.closed = True
        for scope in list(self._scopes) if is_own else ():
            scope.end()
        return True

    async def emptied(self) -> None:
        """Wait until everybody who was inside at the end is out; nobody waits elsewhere."""
        if not self._scopes or os.getpid() != self._pid:
            return
        if asyncio.get_running_loop() is self._loop:
            await self._emptied.wait()

    def _bind(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._loop is None:
            self._loop, self._pid = loop, os.getpid()
        elif os.getpid() != self._pid:
            raise RuntimeError("a client can't be used after a fork: make one in each process")
        else:
            raise RuntimeError("a client belongs to one event loop: make one in each loop")


class Scope:
    """One call under way; made by `Lifecycle.scope`."""

    __slots__ = ("_ended", "_lifecycle", "_operation", "_timeout")

    def __init__(self, lifecycle: Lifecycle, operation: str) -> None:
        self._lifecycle = lifecycle
        self._operation = operation
        self._timeout = asyncio.timeout(None)
        self._ended = False

    def end(self) -> None:
        """Interrupt the call, as a timeout would."""
        self._ended = True
        self._timeout.reschedule(asyncio.get_running_loop().time())

    async def __aenter__(self) -> None:
        await self._timeout.__aenter__()
        self._lifecycle.enter(self)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._lifecycle.leave(self)
        # The connection may be gone before the interruption comes.
        ended = self._ended and isinstance(error, TransportError)
        try:
            await self._timeout.__aexit__(kind, error, traceback)
        except TimeoutError:
            ended = True
        if ended:
            raise ClientClosedError("the client was closed meanwhile", self._operation)
