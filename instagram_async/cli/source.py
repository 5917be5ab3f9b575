"""Whose a file is: what `self` means is another thing to another account."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from instagram_async import Client, Pager
from instagram_async.cli.exits import UsageError


def is_own(pager: Pager[Any]) -> bool:
    """Whether a listing is one of whoever asks."""
    return pager.listing.path.startswith("users/self/")


def source_of(out: Path) -> Path:
    """The file that says whose a file is."""
    return out.with_name(f"{out.name}.source")


async def check_source(client: Client, out: Path) -> None:
    """Refuse to go on with a file that was begun as somebody else; takes a request.

    Who it was stands in a file beside it.

    Args:
        client: who asks.
        out: the file.

    Raises:
        UsageError: it was somebody else.
        InstagramError: it can't be told who asks.
    """
    path, user = source_of(out), await client.user()
    if not path.exists():
        said = {"user_id": user.id, "username": user.username}
        path.write_text(json.dumps(said), encoding="utf-8")
        return
    known = json.loads(path.read_text(encoding="utf-8"))
    if known["user_id"] != user.id:
        raise UsageError(f"{out} was begun by {known['username']}, and this is {user.username}")
