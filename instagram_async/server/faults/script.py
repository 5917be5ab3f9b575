"""What goes wrong next: faults in an order that was written down, and faults by chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from instagram_async.server.faults.chance import Chance
from instagram_async.server.faults.fault import Fault
from instagram_async.server.faults.kinds import KINDS, FaultKind
from instagram_async.server.route import Route


class Faults:
    """The faults that are still to come, in the order in which they were added.

    Args:
        routes: the operations to which they can happen.

    Attributes:
        happened: how many requests each kind has met; nothing sets it back.

    Example:
        >>> from instagram_async.server import Fault, LocalInstagram
        >>> async with LocalInstagram() as server:
        ...     server.faults.add(Fault("status", status=502))
        ...     token, hasty = server.access_token(), Retry(base=0.01)
        ...     async with Client(token, base_url=server.base_url, retry=hasty) as client:
        ...         user = await client.user()
        >>> server.faults.happened["status"], len(server.requests)
        (1, 2)
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self.happened = Counter[FaultKind]()
        self._routes = tuple(routes)
        self._script: list[tuple[Fault, int]] = []
        self._chances: list[Chance] = []

    def __len__(self) -> int:
        return len(self._script)

    def __repr__(self) -> str:
        return f"Faults({[*(fault for fault, _ in self._script), *self._chances]})"

    def add(self, *faults: Fault) -> None:
        """Put faults at the end of the script.

        Args:
            faults: what is to happen; of those that match a request only the first one
                that is due happens, and the others wait.

        Raises:
            TypeError: one of them is no `Fault`.
            ValueError: one is for an operation that the server does not serve, or to which
                its kind can't happen. In either case none of them is added.

        Example:
            >>> from instagram_async.server import LocalInstagram
            >>> faults = LocalInstagram().faults
            >>> faults.add(Fault("stall", operation="GET users/{id}"))
            >>> len(faults)
            1
        """
        for fault in faults:
            if not isinstance(fault, Fault):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise TypeError(f"a Fault is wanted, not {fault!r:.80}")
            self._check(fault, fault.operation)
        self._script += [(fault, 0) for fault in faults]

    def sometimes(
        self,
        rate: float,
        *,
        seed: int,
        kinds: Iterable[FaultKind | Fault] | None = None,
        operation: str | None = None,
    ) -> None:
        """Let faults happen by chance until `clear()`, wherever none of the script is due.

        Asked for several times, what was asked for first goes first: latency for all, which
        is a `delay` at a rate of 1, comes last.

        Args:
            rate: how likely a request meets one, from 0 to 1.
            seed: any number; with the same one the same requests in the same order meet
                the same faults.
            kinds: what may happen, each as likely as the others that fit the operation: a
                kind as it is by default, or a `Fault`, of which all `times` come in a row.
                `None` is every kind.
            operation: only to this one; `None` is any.

        Raises:
            TypeError: one of the kinds is neither.
            ValueError: the rate is no probability, there is no such kind or operation, no kind
                at all, or one that can't happen to it or has an `after`.

        Example:
            >>> from instagram_async.server import LocalInstagram
            >>> faults = LocalInstagram().faults
            >>> faults.sometimes(0.2, seed=7, kinds=("truncated", Fault("drip", size=64)))
        """
        wanted = KINDS if kinds is None else kinds
        made = [Fault(one) if isinstance(one, str) else one for one in wanted]
        if not made:
            raise ValueError("of no kinds none can happen")
        for fault in made:
            if not isinstance(fault, Fault):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise TypeError(f"a kind or a Fault is wanted, not {fault!r:.80}")
            if kinds is not None:
                self._check(fault, fault.operation)
                self._check(fault, operation)
        self._known(operation)
        self._chances.append(Chance(rate, seed=seed, faults=made, operation=operation))

    def clear(self) -> None:
        """Forget what is still to come, and what comes by chance.

        Example:
            >>> from instagram_async.server import LocalInstagram
            >>> faults = LocalInstagram().faults
            >>> faults.add(Fault("stall"))
            >>> faults.clear()
            >>> len(faults)
            0
        """
        self._script.clear()
        self._chances.clear()

    def take(self, route: Route) -> Fault | None:
        """The fault that happens to a request.

        Args:
            route: the operation that is asked for.

        Returns:
            It, or `None`. Every matching fault before it that was not yet due has come
            one request nearer.
        """
        # All are drawn, so that what is scripted does not change what comes by chance.
        drawn = [chance.draw(route) for chance in self._chances]
        fault = self._due(route) or next((one for one in drawn if one is not None), None)
        if fault is not None:
            self.happened[fault.kind] += 1
        return fault

    def _due(self, route: Route) -> Fault | None:
        for at, (fault, seen) in enumerate(self._script):
            if not fault.matches(route):
                continue
            self._script[at] = (fault, seen + 1)
            if seen < fault.after:
                continue
            if seen + 1 == fault.after + fault.times:
                del self._script[at]
            return fault
        return None

    def _check(self, fault: Fault, operation: str | None) -> None:
        """See that a fault can happen at all, to an operation if it is named."""
        self._known(operation)
        routes = [route for route in self._routes if operation in (None, route.name)]
        if not any(fault.matches(route) for route in routes):
            raise ValueError(f"a fault {fault.kind!r} can't happen to {operation}")

    def _known(self, operation: str | None) -> None:
        names = sorted(route.name for route in self._routes)
        if operation not in (None, *names):
            raise ValueError(f"there is no operation {operation!r}, but {', '.join(names)}")
