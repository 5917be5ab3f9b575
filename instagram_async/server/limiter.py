"""How many requests of a token arrived within the window that slides behind now."""

from __future__ import annotations

from collections import defaultdict, deque

from attrs import frozen

from instagram_async.server.allowance import Allowance


class ArrivalWindow:
    """Counts arrivals by key (reference C.3); refused ones count too, as they did.

    Args:
        per: length of the window in seconds.

    Raises:
        ValueError: it is not positive.

    Example:
        >>> window = ArrivalWindow(per=10.0)
        >>> [window.arrive("key", at) for at in (0.0, 9.0, 10.0)]
        [1, 2, 2]
    """

    def __init__(self, per: float) -> None:
        if per <= 0:
            raise ValueError(f"per must be positive, not {per}")
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
        used = self.used(key, at)
        self._arrivals[key].append(at)
        return used + 1

    def used(self, key: str, at: float) -> int:
        """How many arrived in the window that ends at a moment, without booking any."""
        arrivals = self._arrivals.get(key, deque[float]())
        while arrivals and arrivals[0] <= at - self._per:
            arrivals.popleft()
        return len(arrivals)


@frozen(kw_only=True)
class Usage:
    """How much of its limits an asker has used.

    Attributes:
        limit: requests allowed in a window.
        used: requests in the present window, this one included.
        family_limit: writes of its family allowed in a window, of likes if it is none.
        family_used: those in the present window, this one included; 0 if it is none.
    """

    limit: int
    used: int
    family_limit: int
    family_used: int = 0


class Limits:
    """The general limit and those of the families of writes (reference C.3).

    Args:
        allowance: how much is allowed.
        per: length of all windows in seconds.

    Raises:
        ValueError: `per` is not positive.
    """

    def __init__(self, allowance: Allowance, per: float) -> None:
        self._allowance = allowance
        self._general = ArrivalWindow(per)
        self._families = ArrivalWindow(per)

    def arrive(
        self, asker: str, family: str | None, at: float, *, is_signed: bool = False
    ) -> Usage:
        """Book an arrival; what belongs to a family counts generally too.

        Args:
            asker: whose it is, such as a token.
            family: of the write; `None` if it is none.
            at: when, in seconds; never earlier than the arrival before.
            is_signed: whether it is rightly signed, for which there may be more.
        """
        used = self._general.arrive(asker, at)
        family_used = self._families.arrive(f"{family} {asker}", at) if family else 0
        return self._usage(family, used, family_used, is_signed=is_signed)

    def look(self, asker: str, family: str | None, at: float) -> Usage:
        """How much an asker has used, as `arrive` tells it, without booking anything."""
        used = self._general.used(asker, at)
        family_used = self._families.used(f"{family} {asker}", at) if family else 0
        return self._usage(family, used, family_used)

    def _usage(
        self, family: str | None, used: int, family_used: int, *, is_signed: bool = False
    ) -> Usage:
        allowed = self._allowance
        families = (allowed.signed_families if is_signed else allowed.families)._asdict()
        return Usage(
            limit=self._allowance.general,
            used=used,
            family_limit=families[family or "likes"],
            family_used=family_used,
        )
