"""All cells of the matrix."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, NamedTuple, get_args

from instagram_async import InstagramError
from instagram_async.server import FaultKind
from instagram_async.server.faults.kinds import KINDS
from instagram_async.server.routes import ROUTES
from instagram_async.v1.checks import ACTIONS
from instagram_async.v1.operation import Operation
from instagram_async.v1.operations import CHANGE_RELATIONSHIP, OPERATIONS
from tests.support.matrix.asks import READS
from tests.support.matrix.cell import Cell
from tests.support.matrix.listings import ListingCells
from tests.support.matrix.scene import Scene, scene
from tests.support.matrix.singles import comment_cell, object_cell, write_cell
from tests.support.matrix.styles import Mode, modes_of, style_of
from tests.support.matrix.writes import WRITES

FAULTS: tuple[FaultKind, ...] = get_args(FaultKind)


class Key(NamedTuple):
    """Where a cell stands.

    Attributes:
        kind: of fault.
        method: of the client.
        mode: how it is used.
    """

    kind: FaultKind
    method: str
    mode: Mode


Matrix = Mapping[Key, Cell]
Make = Callable[[FaultKind, Mode], Awaitable[Cell]]


def methods() -> dict[str, Operation[Any]]:
    """The methods that are rows of the matrix, with their operations."""
    made: dict[str, Operation[Any]] = {}
    for operation in OPERATIONS:
        names = ACTIONS if operation is CHANGE_RELATIONSHIP else (operation.name,)
        made |= dict.fromkeys(names, operation)
    return made


def fitting(operation: Operation[Any]) -> list[FaultKind]:
    """The faults that can happen to an operation."""
    route = next(route for route in ROUTES if route.operation is operation)
    return [kind for kind in FAULTS if KINDS[kind].fits(route)]


async def run() -> Matrix:
    """Make them all, each method in a scene of its own."""
    rows = await asyncio.gather(*(_row(*row) for row in methods().items()))
    return {key: cell for row in rows for key, cell in row.items()}


async def _row(method: str, operation: Operation[Any]) -> Matrix:
    made: dict[Key, Cell] = {}
    async with scene() as there:
        make = await _maker(there, method, operation)
        for kind in fitting(operation):
            for mode in modes_of(style_of(operation)):
                try:
                    cell = await make(kind, mode)
                except (InstagramError, AssertionError) as error:
                    cell = Cell("", repr(error))
                    there.forget()
                made[Key(kind, method, mode)] = cell
    return made


async def _maker(there: Scene, method: str, operation: Operation[Any]) -> Make:
    style = style_of(operation)
    if style == "object":
        right = await READS[operation](there.client, there)
        return partial(object_cell, there, operation, right)
    if style == "comment":
        return partial(comment_cell, there)
    if style == "state":
        return partial(write_cell, there, WRITES[method])
    cells = ListingCells(there, operation)
    await cells.learn()
    return cells.cell
