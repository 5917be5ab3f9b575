"""Many objects at once, in the order in which they come."""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Callable, Iterable
from typing import Generic, NamedTuple, TypeVar, cast

from attrs import define

from instagram_async.bulk.engine import Engine
from instagram_async.bulk.results import Results, raise_fault
from instagram_async.errors import InstagramError
from instagram_async.paging.counts import positive

I = TypeVar("I")  # noqa: E741 - an id
T = TypeVar("T")


class FetchReport(NamedTuple):
    """The account of what was handed out.

    Attributes:
        objects: how many were had.
        failed: how many were not.

    Example:
        >>> from instagram_async import bulk
        >>> async with bulk.fetch(client.user, ["self", "404"]) as results:
        ...     async for user_id, user in results:
        ...         pass
        >>> results.report
        FetchReport(objects=1, failed=1)
    """

    objects: int = 0
    failed: int = 0


def fetch(
    function: Callable[[I], Awaitable[T]],
    ids: Iterable[I] | AsyncIterable[I],
    *,
    concurrency: int = 32,
) -> Fetched[I, T]:
    """Call a function with each of many ids, several at once.

    The client's own `concurrency` and quota hold as for any call.

    Args:
        function: such as `client.user`.
        ids: of any number, even without an end; taken as they are needed. A generator is closed
            with the block.
        concurrency: how many may be started and not handed out yet.

    Returns:
        An async context manager and iterator of `(id, object or InstagramError)`, as they
        come.

    Raises:
        ValueError: concurrency is not positive.

    Example:
        >>> from instagram_async import bulk
        >>> async with bulk.fetch(client.user, ["self", somebody.id, "404"]) as results:
        ...     async for user_id, user in results:
        ...         if isinstance(user, InstagramError):
        ...             print(user_id, type(user).__name__)
        404 NotFoundError
    """
    return Fetched(function, ids, positive("concurrency", concurrency))


@define(eq=False, repr=False)
class _Call(Generic[I, T]):
    """One call."""

    function: Callable[[I], Awaitable[T]]
    id: I
    result: T | None = None
    given: int = 0

    async def turn(self) -> None:
        self.result = await self.function(self.id)


class Fetched(Results[I, T | InstagramError, _Call[I, T]], Generic[I, T]):
    """Objects, or errors in their place, with their ids; made by `fetch`.

    Example:
        >>> from instagram_async import bulk
        >>> async with bulk.fetch(client.user, ["self"]) as results:
        ...     user_id, user = await anext(results)
    """

    def __init__(
        self,
        function: Callable[[I], Awaitable[T]],
        ids: Iterable[I] | AsyncIterable[I],
        concurrency: int,
        name: str = "bulk.fetch",
    ) -> None:
        def make(one: I) -> _Call[I, T]:
            return _Call(function, one)

        super().__init__(Engine(ids, make, concurrency, concurrency, name=name))
        self._report = FetchReport()

    async def __anext__(self) -> tuple[I, T | InstagramError]:
        """The next that came.

        Raises:
            Exception: what the function raised, if it was no `InstagramError`, or what the
                ids raised, when all before has come; the next call goes on.
            RuntimeError: another call is under way, or the block has ended.
        """
        call, fault = await self._take()
        self._engine.put_back(call, is_over=True)
        objects, failed = self._report
        if fault is None:
            self._report = FetchReport(objects + 1, failed)
            return call.id, cast("T", call.result)
        self._report = FetchReport(objects, failed + 1)
        if not isinstance(fault, InstagramError):
            raise_fault(fault)
        return call.id, fault

    @property
    def report(self) -> FetchReport:
        """The account so far.

        Example:
            >>> from instagram_async import bulk
            >>> async with bulk.fetch(client.user, ["self"]) as results:
            ...     pairs = [pair async for pair in results]
            >>> results.report.objects
            1
        """
        return self._report
