"""Faults as they are written on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from instagram_async.server import Fault, LocalInstagram
from instagram_async.server.faults.kinds import FaultKind, kind_of

_READ: Mapping[str, Callable[[str], object]] = {
    "status": int,
    "seconds": float,
    "retry_after": int,
    "size": int,
    "remaining": int,
    "error_type": str,
    "ending": str,
}


def fault_of(text: str) -> Fault:
    """Read a fault.

    Args:
        text: its kind, and behind a colon what its first option is, if it has any.

    Raises:
        ValueError: there is no such kind, or its option is no such thing.

    Example:
        >>> fault_of("status:502")
        Fault('status', status=502)
        >>> fault_of("delay:0.5").seconds
        0.5
        >>> fault_of("error:APIAgeGatedError").error_type
        'APIAgeGatedError'
    """
    kind, colon, value = text.partition(":")
    options = kind_of(kind).options
    if colon and not options:
        raise ValueError(f"a fault {kind!r} takes nothing behind a colon")
    said: dict[str, Any] = {options[0]: _READ[options[0]](value)} if colon else {}
    return Fault(cast("FaultKind", kind), **said)


def arrange(
    server: LocalInstagram, faults: Sequence[str], rate: float | None, latency: float, seed: int
) -> None:
    """Let faults happen to a server by chance.

    Args:
        server: to which.
        faults: which, as `fault_of` reads them; none is all kinds, if there is a rate.
        rate: how likely a request meets one; `None` is always, if there are faults.
        latency: seconds that every other reply is late.
        seed: decides on which request meets what.
    """
    if faults or rate is not None:
        kinds = [fault_of(text) for text in faults] or None
        server.faults.sometimes(1.0 if rate is None else rate, seed=seed, kinds=kinds)
    if latency:  # what was asked for first goes first
        server.faults.sometimes(1.0, seed=seed, kinds=[Fault("delay", seconds=latency)])
