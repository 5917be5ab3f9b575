from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator

import pytest

from instagram_async.cli.signals import at_once, stoppable

ENDS = signal.SIGINT, signal.SIGTERM, signal.SIGHUP


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Those of the process are there again afterwards."""
    before = {number: signal.getsignal(number) for number in ENDS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


async def ended_by(number: signal.Signals) -> None:
    with stoppable():
        os.kill(os.getpid(), number)
        await asyncio.sleep(30)


@pytest.mark.parametrize(
    ("number", "raised"),
    [
        (signal.SIGINT, KeyboardInterrupt),
        (signal.SIGTERM, asyncio.CancelledError),
        (signal.SIGHUP, asyncio.CancelledError),
    ],
)
async def test_a_signal_ends_what_is_under_way(
    number: signal.Signals, raised: type[BaseException]
) -> None:
    for ended in signal.SIGINT, signal.SIGTERM:
        signal.signal(ended, signal.default_int_handler)  # whoever runs the tests may ignore it
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    with pytest.raises(raised):
        await ended_by(number)


@pytest.mark.parametrize("number", ENDS)
async def test_what_is_ignored_stays_ignored(number: signal.Signals) -> None:
    signal.signal(number, signal.SIG_IGN)
    with stoppable():
        os.kill(os.getpid(), number)
        await asyncio.sleep(0)
    with at_once():
        os.kill(os.getpid(), number)
    assert signal.getsignal(number) is signal.SIG_IGN


async def test_another_cancellation_is_none_of_a_keyboard() -> None:
    async def work() -> None:
        with stoppable():
            await asyncio.sleep(30)

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_who_waits_for_somebody_is_ended_where_he_stands() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with stoppable():
        known = signal.getsignal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt), at_once():
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is known


async def test_another_thread_hears_of_none() -> None:
    def work() -> None:
        with at_once():
            pass

    async def both() -> None:
        with stoppable():
            work()

    await asyncio.to_thread(asyncio.run, both())
