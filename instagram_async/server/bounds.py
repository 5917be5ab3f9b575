"""Which part of a listing of media is asked for."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Bounds:
    """Limits of a listing of media; what is `None` limits nothing (reference A.9).

    Attributes:
        max_id: only media older than this pk, which itself is left out.
        min_id: only media newer than this pk, which itself is left out.
        min_timestamp: only from this second on, seconds since 1970.
        max_timestamp: only up to this second, seconds since 1970.

    Example:
        >>> Bounds(min_timestamp=5).lets_in(4)
        False
    """

    max_id: int | None = None
    min_id: int | None = None
    min_timestamp: int | None = None
    max_timestamp: int | None = None

    def lets_in(self, second: int) -> bool:
        """Whether a media of that second, since 1970, is within both timestamps."""
        return (self.min_timestamp is None or second >= self.min_timestamp) and (
            self.max_timestamp is None or second <= self.max_timestamp
        )


EVERYTHING = Bounds()
"""No limit at all."""
