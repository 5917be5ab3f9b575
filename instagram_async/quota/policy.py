"""What may be sent: values, and the windows they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from attrs import field, frozen, validators

from instagram_async.quota.belief import WindowSpec


class ServerQuota(NamedTuple):
    """What the server said of the quota in a reply's headers (reference C.3).

    Attributes:
        limit: requests allowed in a window.
        remaining: requests left in it, this one counted.
        retry_after: seconds to stay away, where a gateway says so.

    Example:
        >>> ServerQuota(limit=5000, remaining=4992).remaining
        4992
    """

    limit: int | None = None
    remaining: int | None = None
    retry_after: float | None = None


def _copied(families: Mapping[str, int]) -> Mapping[str, int]:
    return dict(families)


def _positive(_: object, __: object, families: Mapping[str, int]) -> None:
    for family, limit in families.items():
        if limit < 1:
            raise ValueError(f"the limit of {family} must be at least 1, not {limit}")


@frozen
class Quota:
    """How many requests may be sent in any window of time (reference C.3).

    Attributes:
        limit: requests in a window, all operations together; `None` is no limit.
        per: the window's length in seconds.
        families: limits of their own for writes on `likes`, `comments` and
            `relationships`, over the same window.
        paced: whether requests are spread evenly over the window, each `per / limit`
            seconds after the last, instead of going as fast as they can until it is full.

    Example:
        >>> Quota(100, per=60).limit
        100
        >>> Quota.live().families["likes"]
        60
    """

    limit: int | None = field(validator=validators.optional(validators.ge(1)))
    per: float = field(default=3600.0, validator=validators.gt(0))
    families: Mapping[str, int] = field(
        factory=dict[str, int],
        hash=False,
        converter=_copied,
        validator=_positive,
    )
    paced: bool = False

    @classmethod
    def live(cls, *, paced: bool = False) -> Quota:
        """5000 an hour, and 60 writes of each family: live apps from November 2015.

        Example:
            >>> Quota.live(paced=True).paced
            True
        """
        return cls(5000, families=dict.fromkeys(_FAMILIES, 60), paced=paced)

    @classmethod
    def sandbox(cls, *, paced: bool = False) -> Quota:
        """500 an hour, and 30 writes of each family: apps in the sandbox.

        Example:
            >>> Quota.sandbox().families["comments"]
            30
        """
        return cls(500, families=dict.fromkeys(_FAMILIES, 30), paced=paced)

    @classmethod
    def live_2018(cls, *, paced: bool = False) -> Quota:
        """200 an hour: live apps from 30 March 2018.

        Example:
            >>> Quota.live_2018().limit
            200
        """
        return cls(200, families=dict.fromkeys(_FAMILIES, 60), paced=paced)

    @classmethod
    def unlimited(cls) -> Quota:
        """No limit of ours; a refusal by the server still closes the gate for a while.

        Example:
            >>> Quota.unlimited().limit is None
            True
        """
        return cls(None)

    def windows(self, owner: str, family: str | None) -> tuple[WindowSpec, ...]:
        """The windows in which a request needs a place.

        Args:
            owner: whose quota it is, such as the hash of a token.
            family: the write's family, `None` for everything else.

        Returns:
            The general window, and the family's if it has a limit of its own.

        Example:
            >>> [window.limit for window in Quota.live().windows("somebody", "likes")]
            [5000, 60]
        """
        general = self._window(owner, self.limit, None)
        if family is None or family not in self.families:
            return (general,)
        return (general, self._window(f"{owner}:{family}", self.families[family], family))

    def _window(self, key: str, limit: int | None, family: str | None) -> WindowSpec:
        gap = self.per / limit if self.paced and limit else 0.0
        return WindowSpec(key, limit, self.per, family, gap)


_FAMILIES = ("likes", "comments", "relationships")
