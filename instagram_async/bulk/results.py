"""What `merge` and `fetch` share: pairs that come while the block lasts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Any, Generic, NoReturn, Self, TypeVar

from instagram_async.bulk.engine import Engine, Fault, W

K = TypeVar("K")
V = TypeVar("V")


class Results(ABC, Generic[K, V, W]):
    """An async iterator of pairs, entered once with `async with`, which owns its tasks.

    Args:
        engine: does the work.
    """

    def __init__(self, engine: Engine[Any, W]) -> None:
        self._engine = engine
        self._is_entered = False
        self._is_asked = False

    async def __aenter__(self) -> Self:
        """Itself; nothing is asked for yet.

        Raises:
            RuntimeError: it was entered before.
        """
        if self._is_entered:
            raise RuntimeError("it was entered before; make another")
        self._is_entered = True
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._engine.stop(error)

    def __aiter__(self) -> Self:
        return self

    @abstractmethod
    async def __anext__(self) -> tuple[K, V]:
        """The next pair."""

    async def _take(self) -> tuple[W, Fault | None]:
        """What is to be handed out next."""
        if not self._is_entered:
            raise RuntimeError(f"enter it first: async with {self._engine.name}(...) as results")
        if self._is_asked:
            raise RuntimeError("anext() was called while another anext() was under way")
        self._is_asked = True
        try:
            taken = await self._engine.take()
        finally:
            self._is_asked = False
        if taken is None:
            raise StopAsyncIteration
        return taken


def raise_fault(fault: Fault) -> NoReturn:
    """Raise what is no result but a fault of the program.

    Raises:
        Exception: the fault.
        RuntimeError: in place of a `StopAsyncIteration`, which would look like the end.
    """
    if isinstance(fault, StopAsyncIteration):
        raise RuntimeError("the work raised StopAsyncIteration") from fault  # noqa: TRY004
    raise fault
