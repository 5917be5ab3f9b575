"""What is known of a window beyond its places: pure arithmetic, with the time handed in.

The server says how much is left, and refuses (reference C.3). Both count for everybody who
shares the window, so a store keeps this beside the places.
"""

from __future__ import annotations

from typing import NamedTuple

_BACKOFF = 60.0  # v1 gives no hint how long to stay away (reference C.3)


class WindowSpec(NamedTuple):
    """A window as it is asked for.

    Attributes:
        key: whose window it is; never a secret.
        limit: places in it, `None` for as many as you like.
        per: its length in seconds.
        family: whose writes it counts, `None` for all requests.
        gap: seconds from one grant to the next at least.
    """

    key: str
    limit: int | None
    per: float
    family: str | None = None
    gap: float = 0.0


def share(spec: WindowSpec, told: int | None, requests: int) -> float:
    """The part of a window that some requests are worth, in seconds.

    Args:
        spec: the window.
        told: how many requests the server allows in it, `None` while nothing is known.
        requests: how many there are.
    """
    limit = places(spec, told)
    return 0.0 if limit is None else spec.per * min(1.0, requests / limit)


def places(spec: WindowSpec, told: int | None) -> int | None:
    """How many places a window has: fewer than asked for, once the server has said so.

    Args:
        spec: the window.
        told: how many requests the server allows in it, `None` while nothing is known.
    """
    return min(spec.limit, told) if spec.limit is not None and told else spec.limit


class View(NamedTuple):
    """What the headers of a reply said.

    Attributes:
        grant: the number of the request that was answered.
        remaining: how many were left after it.
        at: when the reply came.
        limit: how many the server allows in a window, `None` if it does not say.
    """

    grant: int
    remaining: int
    at: float
    limit: int | None


class Level(NamedTuple):
    """How full a window is.

    Attributes:
        used: places taken.
        free_at: when the next place may be had; a moment that is over means at once.
        left: requests that the server would still allow, less what left since it said so;
            `None` while nothing is known.
        limit: requests that the server says it allows in a window.
    """

    used: int
    free_at: float
    left: int | None = None
    limit: int | None = None


class Belief:
    """Grants counted, and what the server said of them.

    Args:
        granted: how many places were ever given.
        last_grant: when the last one was.
        closed_until: before when a refusal forbids more.
        strikes: refusals since the last request that was let through.
        refused_at: grants up to this one belong to a refusal already dealt with.
        view: what the latest headers said.
    """

    __slots__ = ("closed_until", "granted", "last_grant", "refused_at", "strikes", "view")

    def __init__(
        self,
        granted: int = 0,
        last_grant: float = 0.0,
        closed_until: float = 0.0,
        strikes: int = 0,
        refused_at: int = 0,
        view: View | None = None,
    ) -> None:
        self.granted = granted
        self.last_grant = last_grant
        self.closed_until = closed_until
        self.strikes = strikes
        self.refused_at = refused_at
        self.view = view

    def opens_at(self, spec: WindowSpec, now: float, ahead: int) -> float:
        """When one may go, as far as it is not a matter of places.

        Args:
            spec: the window.
            now: the present.
            ahead: how many others go before.

        Returns:
            `now` if at once, else an instant before which one may not.
        """
        when = max(now, self.closed_until)
        limit, view = self.places(spec), self.view
        if limit is None:
            return when
        if spec.gap and self.granted:
            when = max(when, self.last_grant + (ahead + 1) * spec.gap)
        if view is None or now - view.at >= spec.per:
            return when
        if ahead < view.remaining - (self.granted - view.grant):
            return when
        # The server forbids it: one may still go per slice of the window, to look again.
        return max(when, self.last_grant + (ahead + 1) * spec.per / limit)

    def places(self, spec: WindowSpec) -> int | None:
        """How many places a window has: fewer than asked for, once the server has said so.

        Args:
            spec: the window.
        """
        return places(spec, self.view and self.view.limit)

    def server_says(self, spec: WindowSpec, now: float) -> tuple[int | None, int | None]:
        """What the server would still allow, and of how many; `None` while nothing is known."""
        view = self.view
        if view is None or now - view.at >= spec.per:
            return None, None
        return max(0, view.remaining - (self.granted - view.grant)), view.limit

    def grant(self, now: float) -> int:
        """Count a grant.

        Args:
            now: the present.

        Returns:
            Its number.
        """
        self.granted += 1
        self.last_grant = now
        return self.granted

    def answered(
        self, grant: int, remaining: int | None, now: float, limit: int | None = None
    ) -> bool:
        """Note a reply that was no refusal.

        Args:
            grant: the request that was answered.
            remaining: requests left after it, as the server says, `None` if it does not.
            now: the present.
            limit: requests the server allows in a window, `None` if it does not say.

        Returns:
            Whether the server had forbidden more until now.
        """
        if grant > self.refused_at:
            self.strikes = 0
        view = self.view
        forbidden = view is not None and view.remaining <= self.granted - view.grant
        if remaining is not None and (view is None or grant >= view.grant):
            self.view = View(grant, remaining, now, limit)
        return forbidden

    def refused(
        self,
        grant: int,
        now: float,
        per: float,
        oldest: float | None,
        retry_after: float | None = None,
    ) -> None:
        """Close the window after a 429.

        Args:
            grant: the refused request.
            now: the present.
            per: the window's length in seconds.
            oldest: when our oldest place frees, `None` if there is none but the refused one's.
            retry_after: seconds that the reply asks for, `None` if it does not say.
        """
        if grant <= self.refused_at:
            return  # sent before the window closed: the same refusal
        self.refused_at = self.granted
        self.strikes += 1
        if retry_after is not None:
            pause = retry_after
        elif self.strikes == 1 and oldest is not None:
            pause = oldest - now
        else:
            pause = _BACKOFF * 2.0 ** min(max(self.strikes - 2, 0), 30)
        self.closed_until = max(self.closed_until, now + min(pause, per))
