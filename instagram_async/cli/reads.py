"""A command for each operation that reads, made from the table and from the client's methods."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import Any

from cyclopts import App

from instagram_async import Client, NotFoundError
from instagram_async.cli.connection import Connection
from instagram_async.cli.exits import usage
from instagram_async.cli.listing import read
from instagram_async.cli.output import Form, Part, WindowedPart
from instagram_async.cli.progress import gauge
from instagram_async.cli.signatures import command_name, example_of, signature_of, words_of
from instagram_async.cli.traffic import Traffic
from instagram_async.v1.operation import Operation
from instagram_async.v1.operations import OPERATIONS

Command = Callable[..., Awaitable[int]]


def add_reads(app: App) -> None:
    """Add the commands to an application."""
    for operation in OPERATIONS:
        if operation.method == "GET":
            command = _listing(operation) if operation.paging else _one(operation.name)
            app.command(command, name=command_name(operation.name), group="Read")
    app.command(_one("find_user"), name="find-user", group="Read")


def _listing(operation: Operation[Any]) -> Command:
    async def act(*arguments: Any, connection: Connection, part: Part, **more: Any) -> int:
        traffic = Traffic()
        async with connection.client(traffic.hooks) as client:
            with usage():
                pager = getattr(client, operation.name)(*arguments, **more)
                if part.resume is not None:
                    pager = pager.resume(part.resume)
            if part.limit is not None:
                pager = pager.limit(part.limit)
            parallel = part.parallel if isinstance(part, WindowedPart) else None
            with gauge(part.limit, is_seen=sys.stdout.isatty()) as shown:
                writer = part.writer(operation.model)
                return await read(pager, parallel, writer, shown, traffic)

    kind = WindowedPart if operation.windowed else Part
    return _named(act, operation.name, "--limit 100", part=kind)


def _one(name: str) -> Command:
    async def act(*arguments: Any, connection: Connection, form: Form, **more: Any) -> int:
        async with connection.client(Traffic().hooks) as client:
            with usage():
                found: object = await getattr(client, name)(*arguments, **more)
        if found is None:
            raise NotFoundError("there is nobody of that name")
        with usage():  # not every kind has columns
            writer = form.writer_of_one(type(found))
        writer.page([found])
        return 0

    return _named(act, name, form=Form)


def _named(act: Command, method: str, *more: str, **options: type[Any]) -> Command:
    """A command with the signature and the words of a method."""
    signature = signature_of(getattr(Client, method), **options, connection=Connection)

    async def command(*arguments: Any, **given: Any) -> int:
        bound = signature.bind(*arguments, **given)
        bound.apply_defaults()  # options of which none was given
        return await act(*bound.args, **bound.kwargs)

    example = example_of(signature, command_name(method), *more)
    command.__doc__ = words_of(getattr(Client, method), example)
    command.__signature__ = signature  # type: ignore[attr-defined]
    command.__annotations__ = {
        name: parameter.annotation for name, parameter in signature.parameters.items()
    }
    return command
