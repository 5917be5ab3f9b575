"""`quota`: what the server says is left of it."""

from __future__ import annotations

from attrs import frozen
from cyclopts import App

from instagram_async.cli.connection import Connection
from instagram_async.cli.output import Form
from instagram_async.cli.signals import stoppable


@frozen
class Left:
    """What the server says of a token's quota.

    Attributes:
        limit: requests allowed in an hour.
        remaining: requests left of them.
    """

    limit: int | None
    remaining: int | None


def add_quota(app: App) -> None:
    """Add the command to an application."""
    app.command(quota, group="Read")


async def quota(
    *,
    form: Form = Form(),  # noqa: B008 - frozen values
    connection: Connection = Connection(),  # noqa: B008
) -> int:
    """What the server says is left of the quota; it takes a request to hear of it.

    Example: `instagram-async quota --format jsonl`

    Args:
        form: In which form.
        connection: Whom to ask, and how patiently.
    """
    writer = form.writer_of_one(Left)
    with stoppable():
        async with connection.client() as client:
            said = (await client.call("GET", "users/{}", "self")).quota
    writer.page([Left(said.limit, said.remaining)])
    return 0
