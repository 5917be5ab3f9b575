"""What a signal does to a command."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager


@contextmanager
def on_signals(numbers: Sequence[signal.Signals], act: Callable[[], object]) -> Generator[None]:
    """Have signals do something while it lasts; only the main thread hears of any.

    Args:
        numbers: which.
        act: what they do.
    """
    loop = asyncio.get_running_loop()
    heard = numbers if threading.current_thread() is threading.main_thread() else ()
    for number in heard:
        loop.add_signal_handler(number, act)
    try:
        yield
    finally:
        for number in heard:
            loop.remove_signal_handler(number)


@contextmanager
def stoppable() -> Generator[None]:
    """End as Ctrl-C would when the system asks for it, or the terminal goes.

    Raises:
        CancelledError: it did.
    """
    task = asyncio.current_task()
    with on_signals((signal.SIGTERM, signal.SIGHUP), lambda: task and task.cancel()):
        yield
