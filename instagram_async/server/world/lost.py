"""What an export says that a world can't have: it is counted, and told."""

from __future__ import annotations

import logging
from collections import Counter

_LOG = logging.getLogger("instagram_async.server")
_MOST = 10  # reasons that are told one by one


class Lost:
    """Counts what is left out, by its reason."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, what: str, reason: str, number: int = 1) -> None:
        """Count something.

        Args:
            what: such as `{} without ties`, with a place for how many users.
            reason: why.
            number: how many.
        """
        self._counts[what, reason] += number

    def tell(self) -> None:
        """Log a line for each reason, those with the most first."""
        told = self._counts.most_common(_MOST)
        for (what, reason), number in told:
            users = f"{number} user" if number == 1 else f"{number} users"
            _LOG.warning("%s: %s", what.format(users), reason)
        rest = self._counts.total() - sum(number for _, number in told)
        if rest:
            _LOG.warning("and %d more for %d reasons more", rest, len(self._counts) - _MOST)
