"""The cells of a listing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, evolve, field

from instagram_async import Client, Pager
from instagram_async.paging.cursor import PaginationKey
from instagram_async.server import FaultKind
from instagram_async.v1.operation import Operation
from tests.support.matrix.asks import READS
from tests.support.matrix.cell import Cell, cancelled, told, used_so
from tests.support.matrix.laws import CHANGING, Account, law_of
from tests.support.matrix.reading import Reader
from tests.support.matrix.scene import PAGE, Scene, scene
from tests.support.matrix.styles import Mode, Style, fault_of, style_of

_WITHOUT: tuple[Mode, ...] = ("plain", "no retry", "limit", "resume")  # those that need no fault
_WORDS = {
    "repeated": "repetition dropped",
    "stray": "stray dropped",
    "empty_page": "empty page passed",
}


@define
class ListingCells:
    """One listing of a scene.

    Attributes:
        there: where it is asked for.
        operation: its row.
    """

    there: Scene
    operation: Operation[Any]
    _before: tuple[str, ...] = ()
    _usual: Mapping[Mode, Counter[str]] = field(factory=dict[Mode, Counter[str]])

    async def learn(self) -> None:
        """Read it while nothing goes wrong."""
        self._before = await self._all()
        usual = {mode: (await self._use(None, mode)).oddities() for mode in _WITHOUT}
        self._usual = usual | {"cancelled": usual["resume"]}

    async def cell(self, kind: FaultKind, mode: Mode) -> Cell:
        """Use it in one way, with one fault; what changes the world has one of its own."""
        if kind not in CHANGING:
            return await self._cell(kind, mode)
        async with scene() as elsewhere:
            return await evolve(self, there=elsewhere)._cell(kind, mode)

    async def _cell(self, kind: FaultKind, mode: Mode) -> Cell:
        faults = self.there.server.faults
        met = faults.happened[kind]
        reader = await self._use(kind, mode)
        faults.clear()
        account = Account(
            before=self._before,
            after=await self._all() if kind in CHANGING else self._before,
            given=tuple(reader.given),
            unreadable=tuple(reader.unreadable),
            limit=self._limit if mode == "limit" else None,
            hits=faults.happened[kind] - met,
            style=self._style,
            size=PAGE,
        )
        rule = self.operation.paging
        law = law_of(
            kind, mode, holds_bounds=not isinstance(rule, PaginationKey) or bool(rule.bounds)
        )
        odd = reader.oddities() - self._usual[mode]
        del odd["cycle"]  # the error says it
        words = [_WORDS.get(name, f"`{name}`") for name in sorted(odd)]
        if reader.errors or mode == "cancelled":
            words.insert(0, "went on")
        wrong = law(account) if account.hits else "no fault happened"
        return Cell(told(self.there, reader.errors, *words, *_outcome(account)), wrong)

    async def _use(self, kind: FaultKind | None, mode: Mode) -> Reader:
        def arm(after: int) -> None:
            if kind is not None:
                self.there.server.faults.add(fault_of(kind, mode, after=after))

        reader, pager = Reader(), self._pager(used_so(self.there.client, kind, mode))
        arm(int(self._style != "whole"))
        if mode == "limit":
            await reader.read(pager, limit=self._limit)
        elif mode == "resume":
            saved = await reader.read(pager, stop=self._stop)
            arm(0)
            async with self.there.another_client() as other:
                await reader.read(self._pager(used_so(other, kind, mode)).resume(saved))
        elif mode == "cancelled" and kind is not None:
            await cancelled(self.there, kind, reader.read(pager))
            await reader.read(pager.resume(reader.checkpoint))
        else:
            await reader.read(pager)
        return reader

    @property
    def _style(self) -> Style:
        return style_of(self.operation)

    @property
    def _stop(self) -> int:
        """Where to leave: in the middle of the page at fault."""
        return len(self._before) // 2 if self._style == "whole" else PAGE + PAGE // 2

    @property
    def _limit(self) -> int:
        """How many are enough: all of the page at fault, and something behind it."""
        return len(self._before) - 1 if self._style == "whole" else 2 * PAGE + 1

    def _pager(self, client: Client) -> Pager[Any]:
        pager: Pager[Any] = READS[self.operation](client, self.there)
        return pager

    async def _all(self) -> tuple[str, ...]:
        reader = Reader()
        await reader.read(self._pager(self.there.client))
        return tuple(reader.given)


def _outcome(account: Account) -> Iterator[str]:
    """How far what was given is from what was there, unless an error has said it."""
    right, given = account.cut(account.before), account.given
    missing = set(right) - set(given) - set(account.unreadable)
    known = [one for one in given if one in account.before]
    if not given:
        yield "nothing given"
    elif missing and given == right[: len(given)]:
        yield "ended there"
    elif missing and not missing & set(account.after):
        yield "without what is gone"
    elif known != sorted(known, key=account.before.index):
        yield "another order"
    elif missing:
        yield "a part missing"
    if len(known) < len(given):
        yield "with more behind"
