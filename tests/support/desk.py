"""A transport that answers each listing of followed users when it is told to."""

from __future__ import annotations

import asyncio
from collections import Counter

from attrs import define, field

from instagram_async import Client, Pager, Request, Response, Retry, Timeout, UserSummary
from instagram_async.errors import TransportError
from instagram_async.testing import ManualClock, ScriptedTransport, make_user_summary

PAGES = 3
LIMIT = ScriptedTransport.refusal("OAuthRateLimitException", "too much", 429)


@define(eq=False)
class Desk:
    """Each listing has three pages of two; a page that is held comes when it is let go.

    Attributes:
        held: keys of listings whose pages wait.
        refused: what those listings get in the place of a page.
        asked: how often each page was asked for, by key and cursor.
        answered: those that were given.
    """

    clock: ManualClock = field(factory=lambda: ManualClock(1000))
    held: set[str] = field(factory=set[str])
    refused: dict[str, Response] = field(factory=dict[str, Response])
    asked: Counter[tuple[str, str]] = field(factory=Counter[tuple[str, str]])
    answered: set[tuple[str, str]] = field(factory=set[tuple[str, str]])
    _waiting: dict[str, asyncio.Event] = field(factory=dict[str, asyncio.Event])

    async def send(self, request: Request, timeout: Timeout) -> Response:
        """Answer, or break off when it takes longer than it may."""
        key = request.url.split("/")[-2]
        cursor = dict(request.query).get("cursor", "0")
        self.asked[key, cursor] += 1
        if key in self.held:
            woken = self._waiting[key] = asyncio.Event()
            timer = self.clock.call_at(self.clock.now() + timeout.total, woken.set)
            try:
                await woken.wait()
            finally:
                timer.cancel()
            if key in self.held:
                raise TransportError("no reply in time")
        if key in self.refused:
            return self.refused[key]
        at = int(cursor)
        self.answered.add((key, cursor))
        people = [make_user_summary(10 * int(key) + 2 * at + one) for one in range(2)]
        following = f"{at + 1}" if at + 1 < PAGES else None
        return ScriptedTransport.page(people, next=following)(request)

    async def close(self) -> None:
        """Nothing is open."""

    def let_go(self, *keys: str) -> None:
        """Let pages come that are held."""
        self.held -= set(keys)
        for key in keys:
            self._waiting[key].set()

    def client(self, attempts: int = 1, seconds: float = 60) -> Client:
        """A client whose requests come here, and may take so long."""
        return Client(
            "token",
            transport=self,
            clock=self.clock,
            retry=Retry(attempts=attempts),
            timeout=Timeout(total=seconds),
            max_wait=0,
        )


def listings(client: Client, *keys: str) -> dict[str, Pager[UserSummary]]:
    """Listings of a desk."""
    return {key: client.user_follows(key) for key in keys}
