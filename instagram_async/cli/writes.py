"""A command for each operation that writes; each asks before it does so."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import NoneType
from typing import Annotated, Any

from cyclopts import App, Parameter

from instagram_async import Relationship, UncertainWriteError
from instagram_async.cli.commands import Act, add
from instagram_async.cli.connection import Connection
from instagram_async.cli.exits import FAILED, UsageError, usage
from instagram_async.cli.listing import note
from instagram_async.cli.output import Form
from instagram_async.cli.signals import at_once
from instagram_async.cli.text import clean
from instagram_async.v1.checks import ACTIONS
from instagram_async.v1.operations import OPERATIONS

_GROUP = "Write"


@Parameter(name="*", group="Confirmation")
@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """Whether somebody is asked before anything is sent."""

    yes: Annotated[
        bool, Parameter(name=["--yes", "-y"], negative=(), help="Do it without asking.")
    ] = False

    def check(self, what: str) -> bool:
        """Ask whether something is to be done.

        Args:
            what: it is.

        Returns:
            Whether it is.

        Raises:
            UsageError: nobody is there to be asked.
        """
        if self.yes:
            return True
        if not _is_there():
            raise UsageError(f"{what}? Nobody is here to say so: --yes does it without asking")
        answer = ""
        try:
            with at_once():
                sys.stderr.write(f"{what}? [y/N] ")
                sys.stderr.flush()
                answer = sys.stdin.readline()
        finally:
            if not answer:  # Ctrl-C, Ctrl-D: the cursor stands behind the question
                sys.stderr.write("\n")
        return answer.strip().lower() in ("y", "yes")


def _is_there() -> bool:
    """Whether somebody can be asked; standard input may also be closed."""
    return sys.stdin is not None and sys.stdin.isatty()  # pyright: ignore[reportUnnecessaryComparison]


def add_writes(app: App) -> None:
    """Add the commands to an application."""
    kinds = {row.name: row.model for row in OPERATIONS if row.method != "GET"}
    for name, kind in {**kinds, **dict.fromkeys(ACTIONS, Relationship)}.items():
        add(app, name, _write(name, kind), group=_GROUP, form=Form, confirmation=Confirmation)


def _write(name: str, kind: type[Any]) -> Act:
    async def act(
        *arguments: Any, connection: Connection, form: Form, confirmation: Confirmation
    ) -> int:
        writer = None if kind is NoneType else form.writer_of_one(kind)
        what = clean(" ".join([name.replace("_", " "), *map(str, arguments)]))
        async with connection.client() as client:
            if not confirmation.check(what):
                note("nothing was sent")
                return FAILED
            try:
                with usage():
                    done: object = await getattr(client, name)(*arguments)
            except UncertainWriteError as error:
                note(f"{clean(str(error))}; looking for it")
                if await client.settle(error):
                    note("it is there")
                    return 0
                note("it is not there: nothing was written")
                return FAILED
        if writer is not None and done is not None:
            writer.page([done])
        return 0

    return act
