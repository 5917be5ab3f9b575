"""A command for each operation that writes; each asks before it does so."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Annotated, Any

from cyclopts import App, Parameter

from instagram_async import UncertainWriteError
from instagram_async.cli.commands import Act, add
from instagram_async.cli.connection import Connection
from instagram_async.cli.exits import FAILED, UsageError, usage
from instagram_async.cli.listing import note
from instagram_async.cli.output import Form
from instagram_async.cli.text import clean
from instagram_async.v1.operations import OPERATIONS

_GROUP = "Write"
_ACTIONS = "follow", "unfollow", "block", "unblock", "approve", "ignore"


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
        if not sys.stdin.isatty():
            raise UsageError(f"{what}? Nobody is here to say so: --yes does it without asking")
        sys.stderr.write(f"{what}? [y/N] ")
        sys.stderr.flush()
        return sys.stdin.readline().strip().lower() in ("y", "yes")


def add_writes(app: App) -> None:
    """Add the commands to an application."""
    names = [operation.name for operation in OPERATIONS if operation.method != "GET"]
    for name in [*names, *_ACTIONS]:
        add(app, name, _write(name), group=_GROUP, form=Form, confirmation=Confirmation)


def _write(name: str) -> Act:
    async def act(
        *arguments: Any, connection: Connection, form: Form, confirmation: Confirmation
    ) -> int:
        async with connection.client() as client:
            if not confirmation.check(" ".join([name.replace("_", " "), *map(str, arguments)])):
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
        if done is not None:
            form.writer_of_one(type(done)).page([done])
        return 0

    return act
