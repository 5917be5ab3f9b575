"""The rule of pages that came from windows: they page as the listing itself does. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from attrs import frozen

from instagram_async.paging.axis import Axis, Key
from instagram_async.paging.cursor import CursorRule, Limit, Step
from instagram_async.paging.page import ListReply, Unreadable
from instagram_async.transport import Pairs

MORE: Mapping[str, Any] = MappingProxyType({"more": True})
LAST: Mapping[str, Any] = MappingProxyType({"more": False})


@frozen
class MergedRule:
    """A listing's own rule, but that a page's next cursor is made of its last item.

    The pages come from windows, and say nothing of what follows them in the listing. So their
    places are those of the plain walk, and each goes on from the other's.

    Attributes:
        rule: the listing's own, one that `names_items`.
    """

    rule: CursorRule

    @property
    def identity(self) -> Callable[[Any], str]:
        """The rule's own."""
        return self.rule.identity

    @property
    def ends_at_bound(self) -> bool:
        """No: the windows know where they end."""
        return False

    @property
    def names_items(self) -> bool:
        """The rule's own."""
        return self.rule.names_items

    @property
    def expects_items(self) -> bool:
        """No: the last page may be empty, when the last window was."""
        return False

    @property
    def axes(self) -> tuple[Axis, ...]:
        """None: what was cut is put together here."""
        return ()

    @property
    def newest_first(self) -> bool:
        """The rule's own."""
        return self.rule.newest_first

    @property
    def axis(self) -> Key | None:
        """The rule's own."""
        return self.rule.axis

    def begin(self, params: Pairs, now: float, known: int | None) -> str | None:
        """The rule's own."""
        return self.rule.begin(params, now, known)

    def request(self, params: Pairs, cursor: str | None) -> Pairs:
        """The rule's own."""
        return self.rule.request(params, cursor)

    def following(
        self,
        params: Pairs,
        size: int | None,
        cursor: str | None,
        reply: ListReply[Any],
    ) -> Step:
        """Behind the page's last item that can be read; each page but the last has one."""
        if not reply.pagination["more"]:
            return Step(None)
        readable = [item for item in reply.items if not isinstance(item, Unreadable)]
        names = tuple(map(self.identity, readable))
        behind = self.behind(cursor, names, len(names))
        return Step(behind or self.behind(cursor, names[-1:], 1))

    def limits(self, params: Pairs, cursor: str | None) -> tuple[Limit, ...]:
        """The rule's own."""
        return self.rule.limits(params, cursor)

    def is_behind(self, cursor: str, identity: str) -> bool:
        """The rule's own."""
        return self.rule.is_behind(cursor, identity)

    def behind(self, cursor: str | None, identities: tuple[str, ...], given: int) -> str | None:
        """The rule's own."""
        return self.rule.behind(cursor, identities, given)
