"""How many requests of a token arrived within the window that slides behind now."""

from __future__ import annotations

from collections import defaultdict, deque


class ArrivalWindow:
    """Counts arrivals by key (reference C.3); refused ones count too, as they did.

    Args:
        limit: how many are allowed in a window.
        per: length of the window in seconds.

    Raises:
        ValueError: either is not positive.

    Example:
        >>> window = ArrivalWindow(limit=2, per=10.0)
        >>> [window.arrive("key", at) for at in (0.0, 9.0, 10.0)]
        [1, 2, 2]
    """

    def __init__(self, limit: int, per: float) -> None:
        if limit < 1 or per <= 0:
            raise ValueError(f"limit and per must be positive, not {limit} and {per}")
        self.limit = limit
        self._per = per
        self._arrivals = defaultdict[str, deque[float]](deque)

    def arrive(self, key: str, at: float) -> int:
        """Book an arrival.

        Args:
            key: whose it is.
            at: when, in seconds; never earlier than the arrival before.

        Returns:
            How many arrived in the window that ends now, this one included.
        """
        arrivals = self._arrivals[key]
        while arrivals and arrivals[0] <= at - self._per:
            arrivals.popleft()
        arrivals.append(at)
        return len(arrivals)
