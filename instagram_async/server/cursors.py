"""What cursors look like from outside, era by era (reference 0, A.9)."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections import OrderedDict

from attrs import evolve

from instagram_async.models.pk import LOW_BITS, first_pk, pk_ms
from instagram_async.server.call import Call
from instagram_async.server.era import Era
from instagram_async.server.pages import Page
from instagram_async.server.route import Route

_KEPT = 10_000
_CHECK = 6
_PER_MS = {"ms": 1, "us": 1000}
_NAMES = {"cursor": ("cursor",), "max_tag_id": ("max_tag_id", "max_id", "min_tag_id", "min_id")}


def veil(number: int) -> str:
    """An opaque cursor, `AQ...`, that holds a number.

    Args:
        number: not negative, below 2**64.

    Example:
        >>> unveil(veil(1443100000000))
        1443100000000
    """
    held = number.to_bytes(8)
    digest = hashlib.sha256(held).digest()
    check = bytes((digest[0] & 0x0F, *digest[1:_CHECK]))  # so that the text begins with AQ
    return urlsafe_b64encode(b"\x01" + check + _mixed(held, check)).decode()


def unveil(cursor: str) -> int | None:
    """The number in an opaque cursor, `None` if it holds none."""
    try:
        held = urlsafe_b64decode(cursor.encode())
    except (Error, ValueError):
        return None
    check = held[1 : 1 + _CHECK]
    number = int.from_bytes(_mixed(held[1 + _CHECK :], check)[:8])
    return number if veil(number) == cursor else None


def _mixed(held: bytes, check: bytes) -> bytes:
    mask = hashlib.sha256(check).digest()
    return bytes(one ^ other for one, other in zip(held, mask, strict=False))


class Cursors:
    """Turns the numbers that the world pages by into what an era's cursors are.

    Milliseconds and microseconds do not hold a tag id whole, so it remembers what it
    gave; of others it takes the latest tag of that moment.

    Args:
        era: whose cursors.
    """

    def __init__(self, era: Era) -> None:
        self._per_ms = _PER_MS.get(era.tag_ids, 0)
        self._opaque = {"cursor": era.opaque_cursors, "max_tag_id": era.tag_ids == "opaque"}
        self._given = OrderedDict[tuple[str, int], int]()

    def read(self, call: Call) -> Call:
        """A call with the world's numbers in place of the cursors that were sent."""
        if not self._changes(call.route):
            return call
        query = dict(call.query)
        for name in _NAMES[call.route.parameter]:
            if text := query.get(name):
                query[name] = self._number(call, text)
        return evolve(call, query=query)

    def write(self, call: Call, page: Page) -> Page:
        """A page with cursors to send in place of the world's numbers."""
        if not self._changes(call.route):
            return page
        start, following = page.start, page.next
        return evolve(
            page,
            start=start and self._text(call, int(start)),
            next=following and self._text(call, int(following)),
        )

    def _changes(self, route: Route) -> bool:
        is_tag = route.parameter == "max_tag_id"
        return self._opaque.get(route.parameter, False) or (is_tag and self._per_ms > 0)

    def _number(self, call: Call, text: str) -> str:
        if self._opaque[call.route.parameter]:
            number = unveil(text)
            return text if number is None else str(number)
        if not (text.isascii() and text.isdecimal()):
            return text
        moment = int(text)
        known = self._given.get((call.path, moment))
        return str(first_pk(moment // self._per_ms + 1) - 1 if known is None else known)

    def _text(self, call: Call, number: int) -> str:
        if self._opaque[call.route.parameter]:
            return veil(number)
        ms, rest = pk_ms(number), number & ((1 << LOW_BITS) - 1)
        moment = ms * self._per_ms + (rest * self._per_ms >> LOW_BITS)
        # Two tags of one moment get different cursors.
        while self._given.setdefault((call.path, moment), number) != number:
            moment += 1
        if len(self._given) > _KEPT:
            self._given.popitem(last=False)
        return str(moment)
