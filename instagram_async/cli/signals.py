"""What a signal does to a command."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def on_signals(numbers: Sequence[signal.Signals], act: Callable[[], object]) -> Generator[None]:
    """Have signals do something while it lasts; only the main thread hears of any.

    Args:
        numbers: which.
        act: what they do.
    """
    loop = asyncio.get_running_loop()
    heard = numbers if _is_main() else ()
    for number in heard:
        loop.add_signal_handler(number, act)
    try:
        yield
    finally:
        for number in heard:
            loop.remove_signal_handler(number)


@contextmanager
def stoppable() -> Generator[None]:
    """End in order when Ctrl-C is typed, the system asks for it, or the terminal goes.

    What is ignored stays ignored, as `nohup` and a shell's background have it.

    Raises:
        KeyboardInterrupt: Ctrl-C was typed.
        CancelledError: something else has ended it.
    """
    task = asyncio.current_task()
    is_typed = False

    def typed() -> None:
        nonlocal is_typed
        is_typed = True
        stop()

    def stop() -> None:
        if task is not None:
            task.cancel()

    others = _heeded(signal.SIGTERM, signal.SIGHUP)
    try:
        # asyncio's own handler raises at the second Ctrl-C, wherever that is: it may lose a wake.
        with on_signals(_heeded(signal.SIGINT), typed), on_signals(others, stop):
            yield
    except asyncio.CancelledError:
        if is_typed:
            raise KeyboardInterrupt from None
        raise


@contextmanager
def at_once() -> Generator[None]:
    """Let signals end the command where it stands: it waits for somebody, and owes nothing.

    Raises:
        KeyboardInterrupt: Ctrl-C was typed.
    """
    known = {number: signal.getsignal(number) for number in _heeded(*_ENDS)} if _is_main() else {}
    for number in known:
        is_typed = number is signal.SIGINT
        signal.signal(number, signal.default_int_handler if is_typed else signal.SIG_DFL)
    try:
        yield
    finally:
        for number, handler in known.items():
            signal.signal(number, handler)


def _heeded(*numbers: signal.Signals) -> list[signal.Signals]:
    return [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()
