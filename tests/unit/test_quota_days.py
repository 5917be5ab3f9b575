"""Simulated days of a quota: what the server's sliding hour ever holds, and what is wasted."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from instagram_async.quota import MemoryStore, ServerQuota
from tests.support.days import Days, InTables, Server, Tells

LIMIT, HOUR = 60, 3600.0
DAY, MORNING = 24 * HOUR, 6 * HOUR
Run = Callable[..., Awaitable[Days]]


async def _in_memory(seconds: float = MORNING, **given: Any) -> Days:
    days = Days(LIMIT, HOUR, **given)
    await days.run(MemoryStore(), seconds)
    return days


async def _in_tables(seconds: float = MORNING, **given: Any) -> Days:
    days = Days(LIMIT, HOUR, **given)
    async with InTables(days.clock) as store:
        await days.run(store, seconds)
    return days


everywhere = pytest.mark.parametrize("run", [_in_memory, _in_tables])


def used(days: Days, limit: int = LIMIT) -> float:
    """The share of what the hours allow; the last burst of them is some round trips late."""
    return (days.arrived - days.refused) / (limit * days.seconds / HOUR)


@everywhere
async def test_a_day_is_used_to_the_full_and_never_over(run: Run) -> None:
    days = await run(DAY, seed=1)
    assert days.worst == LIMIT
    assert used(days) >= 0.99


@everywhere
@pytest.mark.parametrize("seed", range(2))
async def test_bursts_and_cancelled_flights_are_never_too_much(run: Run, seed: int) -> None:
    days = await run(seed=seed, cancelled=0.2, rests=0.2)
    assert days.worst == LIMIT
    assert days.refused == 0


@everywhere
async def test_cancelled_flights_waste_nothing(run: Run) -> None:
    assert used(await run(seed=2, cancelled=0.2)) >= 0.99


@pytest.mark.parametrize("seed", range(2))
async def test_killed_flights_are_never_too_much(seed: int) -> None:
    days = await _in_tables(seed=seed, cancelled=0.1, killed=0.1)
    assert days.worst <= LIMIT
    assert used(days) >= 0.99


def seldom(limit: int, left: int, rng: random.Random) -> ServerQuota:
    return ServerQuota(limit, left) if rng.random() < 0.3 else ServerQuota()


def too_much(limit: int, left: int, rng: random.Random) -> ServerQuota:
    return ServerQuota(limit + rng.randrange(50), left + rng.randrange(50))


def a_little_less(limit: int, left: int, rng: random.Random) -> ServerQuota:
    return ServerQuota(limit, max(0, left - rng.randrange(5)))


def anything(limit: int, left: int, rng: random.Random) -> ServerQuota:
    return ServerQuota(rng.choice((None, 0, limit, limit + 9)), rng.choice((None, 0, left, limit)))


@everywhere
@pytest.mark.parametrize("tells", [seldom, too_much, a_little_less])
async def test_headers_that_disagree_waste_nothing(run: Run, tells: Tells) -> None:
    days = await run(seed=3, server=Server(LIMIT, tells))
    assert days.worst == LIMIT
    assert used(days) >= 0.99


@everywhere
@pytest.mark.parametrize("seed", range(2))
async def test_headers_that_say_anything_are_never_too_much(run: Run, seed: int) -> None:
    """They are believed as long as a request a slice of the window says otherwise."""
    days = await run(seed=seed, server=Server(LIMIT, anything), rests=0.1)
    assert days.worst <= LIMIT
    assert used(days) >= 0.7


@everywhere
async def test_a_limit_lower_than_ours_is_held_as_soon_as_it_is_told(run: Run) -> None:
    days = await run(seed=4, server=Server(40))
    assert used(days, 40) >= 0.99
    assert days.refused == 0


@everywhere
async def test_who_must_learn_a_limit_by_refusals_is_refused_no_more_then(run: Run) -> None:
    """Four leave before the first reply comes, and the server counts what it refuses."""
    days = await run(DAY, seed=4, server=Server(1))
    assert 3 <= days.refused <= 10
    assert used(days, 1) >= 0.9


@everywhere
async def test_a_higher_limit_is_not_taken(run: Run) -> None:
    days = await run(seed=5, server=Server(LIMIT + 40))
    assert days.worst == LIMIT
    assert used(days) >= 0.99


@pytest.mark.parametrize("seed", range(2))
async def test_a_clock_that_goes_back_never_makes_it_too_much(seed: int) -> None:
    days = Days(LIMIT, HOUR, seed, cancelled=0.05, killed=0.05)
    rng = random.Random(seed)
    for _ in range(20):
        back = -rng.choice((0.5, 10.0, 600.0, 5000.0))
        days.at(days.now + rng.uniform(0.0, DAY), days.jump(back))
    async with InTables(days.clock) as store:
        await days.run(store, DAY)
    assert days.worst <= LIMIT
    assert used(days) > 0.9


@pytest.mark.parametrize("leap", [60.0, 1800.0, 90_000.0])
async def test_a_leap_ahead_admits_early_once(leap: float) -> None:
    """Put right again or not, it is one window too much at the worst, and then none."""
    days = Days(LIMIT, HOUR, seed=5)
    days.at(days.now + 5.5 * HOUR, days.jump(leap))
    days.at(days.now + 6.5 * HOUR, days.jump(-leap))
    async with InTables(days.clock) as store:
        await days.run(store, DAY)
    assert days.worst <= 2 * LIMIT
    assert 0 < days.refused <= LIMIT
