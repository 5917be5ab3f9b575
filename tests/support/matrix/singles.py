"""The cells of what is no listing: objects, writes that set a state, comments."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from instagram_async import InstagramError, NotFoundError, UncertainWriteError
from instagram_async.server import FaultKind
from instagram_async.v1.operation import Operation
from tests.support.matrix.asks import READS
from tests.support.matrix.cell import Cell, cancelled, told, used_so
from tests.support.matrix.scene import NEWEST, Scene
from tests.support.matrix.styles import Mode, fault_of
from tests.support.matrix.writes import Write

_MOST_ERRORS = 20


async def object_cell(
    there: Scene, operation: Operation[Any], right: object, kind: FaultKind, mode: Mode
) -> Cell:
    """Ask for one object until it is given, which should be the right one."""
    client = used_so(there.client, kind, mode)
    got, words = await _surely(there, lambda: READS[operation](client, there), kind, mode)
    return Cell(words, "" if got == right else f"given {got}")


async def write_cell(there: Scene, write: Write, kind: FaultKind, mode: Mode) -> Cell:
    """Ask for a state until it is said to be there."""
    target = write.prepare(there)
    assert not write.is_done(there, target)
    client = used_so(there.client, kind, mode)
    _, words = await _surely(there, lambda: write.ask(client, target), kind, mode)
    return Cell(words, "" if write.is_done(there, target) else "not done")


async def comment_cell(there: Scene, kind: FaultKind, mode: Mode) -> Cell:
    """Write a comment until it is known to be there, or left while under way."""
    text = f"seen by {kind}, {mode}"

    def said() -> int:
        return [one.text for one in there.world.comments(NEWEST.id, count=999)].count(text)

    client = used_so(there.client, kind, mode)
    there.server.faults.add(fault_of(kind, mode))
    if mode == "cancelled":
        await cancelled(there, kind, client.create_comment(NEWEST.id, text))
        there.forget()
        return Cell("posted" if said() else "not posted", "" if said() <= 1 else "twice")
    errors: list[InstagramError] = []
    ends = list[str]()
    while len(errors) < _MOST_ERRORS:
        try:
            await client.create_comment(NEWEST.id, text)
            break
        except UncertainWriteError as error:
            errors.append(error)
            posted = await there.client.settle(error)
            ends.append("settled: posted" if posted else "settled: not posted, repeated")
            if posted is not bool(said()):
                return Cell("", f"settled as {posted}, said {said()} times")
            if posted:
                break
        except InstagramError as error:
            errors.append(error)
            ends.append("repeated")
            if said():
                return Cell("", f"{error!r}, and said {said()} times")
    assert not len(there.server.faults)
    return Cell(told(there, errors, *ends), "" if said() == 1 else f"said {said()} times")


async def _surely(
    there: Scene, ask: Callable[[], Awaitable[Any]], kind: FaultKind, mode: Mode
) -> tuple[Any, str]:
    """Ask until it is answered, from the start or after a first attempt that was left.

    Returns:
        The answer, and what happened, in words.
    """
    there.server.faults.add(fault_of(kind, mode))
    errors: list[InstagramError] = []
    if mode == "cancelled":
        await cancelled(there, kind, ask())
    while len(errors) < _MOST_ERRORS:
        again = ["repeated"] if errors or mode == "cancelled" else []
        try:
            answer, end = await ask(), []
        except NotFoundError:
            if not again:
                raise
            answer, end = None, ["`NotFoundError`: gone before"]
        except InstagramError as error:
            errors.append(error)
            continue
        assert not len(there.server.faults)
        return answer, told(there, errors, *again, *end)
    raise errors[-1]
