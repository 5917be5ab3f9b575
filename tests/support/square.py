"""A place where media are taken, searched by time as `GET media/search` does it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from attrs import define, field

from instagram_async import Listing, Media, Pager, Unreadable, UserSummary
from instagram_async.paging import ListReply
from instagram_async.quota import ServerQuota
from instagram_async.transport import Pairs, Tally
from instagram_async.v1.cursors import TIME_SPANS

WEEK = 7 * 86_400
ANN = UserSummary(id="9", username="ann")


def taken(pk: int, second: int) -> Media:
    return Media(id=f"{pk}_9", created_time=datetime.fromtimestamp(second, UTC), user=ANN)


@define
class Square:
    """Answers searches: newest first, at most a week, the page cut before anything is hidden."""

    media: list[Media]
    now: int
    hidden: set[str] = field(factory=set)
    asked: list[dict[str, str]] = field(factory=list)
    deaf: bool = False  # whether bounds are ignored
    broken: tuple[Unreadable, ...] = ()  # what is at the end of every page

    def pager(self, count: int | None = None, **bounds: int) -> Pager[Media]:
        given = tuple((name, str(value)) for name, value in bounds.items())
        size = () if count is None else (("count", str(count)),)
        listing = Listing("GET media/search", "media/search", given, size, Media, TIME_SPANS)
        return Pager(listing, self.send, lambda: float(self.now))

    async def send(self, listing: Listing[Any], params: Pairs, tally: Tally) -> ListReply[Any]:
        tally.requests += 1
        asked = dict(params)
        self.asked.append(asked)
        newest = int(asked["max_timestamp"])
        oldest = max(int(asked["min_timestamp"]), newest - WEEK)
        found = sorted(self.media, key=lambda one: (one.created_time, one.id), reverse=True)
        if not self.deaf:
            found = [one for one in found if oldest <= one.created_time.timestamp() <= newest]
        page = found[: min(int(asked.get("count", 20)), 100)]
        shown = tuple(one for one in page if one.id not in self.hidden)
        items = (*shown, *self.broken)
        return ListReply(items, {}, ServerQuota(), bool(self.broken))
