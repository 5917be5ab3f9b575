"""Windows kept in Redis, for clients on several hosts."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Sequence
from importlib.resources import files
from typing import Any, NoReturn, Self, TypeVar, cast

try:
    from redis.asyncio import Redis
    from redis.asyncio.retry import Retry
    from redis.backoff import ExponentialBackoff
    from redis.exceptions import RedisError
except ImportError as error:
    raise ImportError("RedisStore needs the extra 'redis' of instagram-async") from error

from instagram_async.errors import QuotaStoreError
from instagram_async.quota.belief import Level, WindowSpec
from instagram_async.quota.level_cache import LevelCache, StoreReply
from instagram_async.quota.store import Grant, Outcome, Windows

T = TypeVar("T")
_SCRIPT = files("instagram_async.quota").joinpath("windows.lua").read_text("utf-8")
_MICRO = 1_000_000


class RedisStore:
    """Windows shared by all clients that use the same Redis, by the clock of that server.

    What was granted outlives the clients: a place is booked for a window and the client's
    total timeout, so that the flights of a killed one stay covered, and is shortened when the
    reply comes. Keys expire by themselves; each begins with the prefix and holds a hash of
    the access token, never the token. A store belongs to one event loop and one process.

    Args:
        redis: the server's URL, or a `redis.asyncio.Redis` to borrow, which is never closed.
        prefix: of all keys.
        timeout: seconds that Redis has for an answer, reconnecting included.
        clock: seconds since 1970, the same for all who share; `None` is the Redis server's.

    Example:
        >>> store = RedisStore("redis://localhost:6379")
        >>> client = Client("token", quota_store=store)
    """

    shared = True

    def __init__(
        self,
        redis: str | Redis,
        *,
        prefix: str = "instagram_async:",
        timeout: float = 2.0,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._owns = isinstance(redis, str)
        self._redis: Redis = _connection(redis, timeout) if isinstance(redis, str) else redis
        self._script: Any = self._redis.register_script(_SCRIPT)
        self._prefix = prefix
        self._timeout = timeout
        self._clock = clock
        self._levels = LevelCache()
        self._home: tuple[asyncio.AbstractEventLoop, int] | None = None
        self._under_way: set[asyncio.Task[Any]] = set()
        self._closed = False
        self._ending: asyncio.Task[None] | None = None

    async def take(self, windows: Windows, now: float, reach: float = 0.0) -> Grant | float:
        """Take a place in every window, or in none; see `Store.take`."""
        self._check()
        job = self._start(self._run("take", windows, _micro(reach)))
        try:
            given, levels = await asyncio.shield(job)
        except asyncio.CancelledError:
            job.add_done_callback(lambda _: self._give_back(windows, job))
            raise
        self._levels.note(windows, StoreReply(None, levels), now)
        if given[0] == "wait":
            return now + int(given[1]) / _MICRO
        return Grant(windows, tuple(map(int, given[1:])))

    async def settle(self, grant: Grant, outcome: Outcome, now: float) -> bool:
        """Say what became of a grant; see `Store.settle`."""
        self._check()
        given, levels = await asyncio.shield(self._start(self._settle(grant, outcome, now)))
        return self._levels.note(grant.windows, StoreReply(given[0] == "changed", levels), now)

    async def forecast(self, windows: Windows, ahead: Sequence[int], now: float) -> float:
        """When places would be had behind others; see `Store.forecast`."""
        self._check()
        given, levels = await self._start(self._run("forecast", windows, *map(str, ahead)))
        wait = int(given[0]) / _MICRO
        return now + self._levels.note(windows, StoreReply(wait, levels), now)

    def level(self, spec: WindowSpec, now: float) -> Level:
        """How full a window was when Redis was last asked; see `Store.level`."""
        return self._levels.level(spec, now)

    async def close(self) -> None:
        """End what is under way, and the connections if they are the store's own.

        A second close waits for the first; one in a forked child does nothing.

        Raises:
            RuntimeError: the store belongs to another loop.
        """
        if not self._closed:
            is_own = self._home is None or self._home[1] == os.getpid()
            if is_own:
                self._check()
                self._ending = asyncio.ensure_future(self._end())
            self._closed = True
        if self._ending is not None:
            await asyncio.shield(self._ending)

    async def _end(self) -> None:
        while self._under_way:  # a place that is given back is more to do
            await asyncio.wait(self._under_way)
        if self._owns:
            await self._redis.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a quota store can't be copied or pickled: make one in each process")

    def _start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Have something done to its end, whatever becomes of who asked for it."""
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def _settle(
        self, grant: Grant, outcome: Outcome, now: float
    ) -> tuple[list[str], tuple[Level, ...]]:
        quota, closed = outcome.quota, outcome.closes(grant.windows)
        return await self._run(
            "settle",
            grant.windows,
            *map(str, grant.numbers),
            "" if outcome.until is None else _micro(outcome.until - now),
            "" if quota is None else "1",
            str(grant.windows.index(closed) + 1 if closed else 0),
            "" if quota is None or quota.remaining is None else str(quota.remaining),
            "" if quota is None or quota.limit is None else str(quota.limit),
            "" if quota is None or quota.retry_after is None else _micro(quota.retry_after),
        )

    async def _run(
        self, operation: str, windows: Windows, *more: str
    ) -> tuple[list[str], tuple[Level, ...]]:
        """Run the script: what the operation gave, and how full its windows are now."""
        keys: list[str] = []
        now = "" if self._clock is None else _micro(self._clock())
        arguments = [operation, now]
        for spec in windows:
            # Braces keep what is taken together on one node of a cluster.
            key = f"{self._prefix}{{{windows[0].key}}}:{spec.family or 'all'}"
            keys += (key, f"{key}:busy", f"{key}:flying")
            limit = "" if spec.limit is None else str(spec.limit)
            arguments += (limit, _micro(spec.per), _micro(spec.gap))
        try:
            async with asyncio.timeout(self._timeout):
                raw = await self._script(keys=keys, args=[*arguments, *more])
        except TimeoutError:
            failure = QuotaStoreError(f"no answer from Redis within {self._timeout} s")
        except RedisError as error:
            failure = QuotaStoreError(f"the quota store failed: {error}")
        else:
            reply = [one.decode() if isinstance(one, bytes) else str(one) for one in raw]
            size = len(reply) - 4 * len(windows)
            return reply[:size], _levels(reply[size:])
        raise failure

    def _check(self) -> None:
        if self._closed:
            raise QuotaStoreError("the quota store is closed")
        here = asyncio.get_running_loop(), os.getpid()
        self._home = self._home or here
        if self._home != here:
            raise RuntimeError("a Redis store belongs to one loop of one process: make another")

    def _give_back(
        self, windows: Windows, job: asyncio.Task[tuple[list[str], tuple[Level, ...]]]
    ) -> None:
        if job.cancelled() or job.exception() is not None:
            return
        given, _ = job.result()
        if given[0] == "granted":
            grant = Grant(windows, tuple(map(int, given[1:])))
            _ = self._start(self._settle(grant, Outcome(None), 0.0))


def _connection(url: str, timeout: float) -> Redis:
    retry = Retry(ExponentialBackoff(cap=timeout / 4, base=timeout / 100), 5)
    connect = cast("Any", Redis).from_url
    made = connect(url, socket_timeout=timeout, socket_connect_timeout=timeout, retry=retry)
    return cast("Redis", made)


def _micro(seconds: float) -> str:
    return str(round(seconds * _MICRO))


def _levels(reply: list[str]) -> tuple[Level, ...]:
    fours = zip(*[iter(reply)] * 4, strict=True)
    return tuple([
        Level(int(used), int(wait) / _MICRO, *[int(one) if one else None for one in server])
        for used, wait, *server in fours
    ])  # fmt: skip
