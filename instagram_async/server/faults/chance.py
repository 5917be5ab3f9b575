"""Faults by chance: how often, and which."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from instagram_async.server.faults.fault import Fault
from instagram_async.server.route import Route


class Chance:
    """Draws faults; the same for the same requests in the same order.

    Args:
        rate: how likely a request meets one, from 0 to 1.
        seed: any number.
        faults: what may happen, each as likely as the others that fit.
        operation: only to this one, `None` is any.

    Raises:
        ValueError: the rate is no probability, or one of the faults waits for later
            requests.
    """

    def __init__(
        self, rate: float, *, seed: int, faults: Sequence[Fault], operation: str | None
    ) -> None:
        if not 0 <= rate <= 1:
            raise ValueError(f"rate must be from 0 to 1, not {rate}")
        if any(fault.after for fault in faults):
            raise ValueError("a fault that happens by chance can't come after others")
        self._rate = rate
        self._seed = seed
        self._faults = faults
        self._operation = operation
        self._random = Random(seed)  # noqa: S311 - to be repeatable is the point
        self._left = 0  # requests that the fault drawn last is still to hit
        self._drawn: Fault | None = None

    def __repr__(self) -> str:
        return f"Chance({self._rate}, seed={self._seed}, operation={self._operation!r})"

    def draw(self, route: Route) -> Fault | None:
        """What happens to a request, `None` if nothing does.

        Args:
            route: the operation that is asked for.
        """
        if self._operation not in (None, route.name):
            return None
        if self._left and self._drawn is not None and self._drawn.matches(route):
            self._left -= 1
            return self._drawn
        if self._random.random() >= self._rate:
            return None
        fitting = [fault for fault in self._faults if fault.matches(route)]
        if not fitting:
            return None
        self._drawn = self._random.choice(fitting)
        self._left = self._drawn.times - 1
        return self._drawn
