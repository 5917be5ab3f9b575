"""Commands made of the client's methods: the same arguments, the same words, and options."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

from cyclopts import App

from instagram_async import Client, Pager
from instagram_async.cli.connection import Connection
from instagram_async.cli.exits import usage
from instagram_async.cli.signals import stoppable
from instagram_async.cli.signatures import command_name, example_of, signature_of, words_of
from instagram_async.v1.operation import Operation

_PROGRAM = "instagram-async"

Act = Callable[..., Awaitable[int]]


def add(
    app: App, method: str, act: Act, *, group: str, example: str = "", **options: type[Any]
) -> None:
    """Add the command of a method to an application.

    Args:
        app: to which.
        method: of the client.
        act: carries the command out, and gives its exit code. It is called as the method is,
            with `connection` and the options besides.
        group: among which commands the help shows it.
        example: options for the example in its help.
        options: dataclasses of options, by the names under which `act` gets them.
    """
    signature = signature_of(getattr(Client, method), **options, connection=Connection)

    async def command(*arguments: Any, **given: Any) -> int:
        bound = signature.bind(*arguments, **given)
        bound.apply_defaults()  # options of which none was given
        with stoppable():
            return await act(*bound.args, **bound.kwargs)

    names = [*app.name, command_name(method)]
    shown = example_of(signature, names if _PROGRAM in names else [_PROGRAM, *names], example)
    command.__doc__ = words_of(getattr(Client, method), shown)
    command.__signature__ = signature  # type: ignore[attr-defined]
    command.__annotations__ = {
        name: parameter.annotation for name, parameter in signature.parameters.items()
    }
    app.command(command, name=command_name(method), group=group)


def add_below(
    app: App,
    name: str,
    words: str,
    acts: Iterable[tuple[Operation[Any], Act]],
    *,
    example: str,
    **options: type[Any],
) -> None:
    """Add a command whose own commands are some listings.

    Args:
        app: to which.
        name: of the command.
        words: what its help says.
        acts: the listings, and what is to be done with each; see `add`.
        example: options for the example in the help of each.
        options: dataclasses of options; see `add`.
    """
    shown = f"{words}\n\nExample: `{_PROGRAM} {name} user-recent self {example}`"
    below = App(name=name, help=shown, group="Read")
    app.command(below)
    for operation, act in acts:
        add(below, operation.name, act, group="Listings", example=example, **options)


def pager_of(
    client: Client,
    operation: Operation[Any],
    arguments: Sequence[Any],
    options: Mapping[str, Any],
    limit: int | None = None,
) -> Pager[Any]:
    """The pager that a command asks for.

    Args:
        client: who asks.
        operation: a listing.
        arguments: of its method, by their place.
        options: of its method, by their names.
        limit: how many items at most.

    Raises:
        UsageError: there is no such listing.
    """
    with usage():
        pager: Pager[Any] = getattr(client, operation.name)(*arguments, **options)
    return pager if limit is None else pager.limit(limit)
