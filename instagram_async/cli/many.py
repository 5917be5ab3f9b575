"""`bulk`: one listing of each of many, into one file."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter
from cyclopts.validators import Number

from instagram_async import (
    AuthenticationError,
    Client,
    ClientClosedError,
    InstagramError,
    Pager,
    RateLimitError,
)
from instagram_async.bulk.merged import Listings
from instagram_async.cli.connection import Connection
from instagram_async.cli.exits import FAILED, UsageError
from instagram_async.cli.listing import note
from instagram_async.cli.output import ListFormat
from instagram_async.cli.progress import gauge
from instagram_async.cli.saving import check, kind_of, save
from instagram_async.cli.signals import stoppable
from instagram_async.cli.signatures import command_name
from instagram_async.cli.source import check_source
from instagram_async.cli.text import clean
from instagram_async.v1.operations import OPERATIONS

_ENDS = (AuthenticationError, ClientClosedError, RateLimitError)  # the next would get the same
_COMMENT = re.compile(r"(^|\s)#(\s.*)?$")  # no tag is a comment
_LISTINGS = {
    command_name(operation.name): operation
    for operation in OPERATIONS
    if operation.paging is not None and len(operation.arguments) == 1
}


def add_bulk(app: App) -> None:
    """Add the command to an application."""
    app.command(bulk, group="Read")


def _known(_: object, name: str) -> None:
    if name not in _LISTINGS:
        raise ValueError(f"there is {', '.join(_LISTINGS)}")


async def bulk(
    file: Path | None = None,
    *,
    out: Path,
    listing: Annotated[str, Parameter(validator=_known)] = "user-recent",
    format: ListFormat | None = None,  # noqa: A002 - as the option is called
    limit: Annotated[int | None, Parameter(validator=Number(gte=0))] = None,
    concurrency: Annotated[int, Parameter(validator=Number(gte=1))] = 16,
    refresh: Annotated[bool, Parameter(negative=())] = False,
    connection: Connection = Connection(),  # noqa: B008 - a frozen value
) -> int:
    """Write a listing of each of many into one file; run again, it goes on.

    One that can't be had stops no other, and is asked again by the next run.

    Example: `instagram-async bulk people.txt --out people.jsonl`

    Args:
        file: Ids or usernames, one a line; what stands behind a # and a space is left out.
            Standard input, if not given.
        out: File to write to, or folder of Parquet files.
        listing: Which one, by its command's name.
        format: jsonl, csv, parquet or sqlite, if the file's name does not say it.
        limit: How many items of each at most.
        concurrency: How many pages are asked for at once.
        refresh: What is new, too, of those that were read to the end.
        connection: Whom to ask, and how patiently.
    """
    kind = kind_of(out, format)
    words = _words(file)
    async with connection.client() as client:
        lookups = Lookups(client, listing, out.with_name(f"{out.name}.names"), limit)
        listings = lookups.listings(words)
        check(listings, out, refresh=refresh)
        if "self" in words:
            await check_source(client, out)
        with gauge(None, is_seen=False) as shown, stoppable():
            code = await save(listings, out, kind, shown, refresh=refresh, concurrency=concurrency)
    return code or (FAILED if lookups.missing else 0)


class Lookups:
    """Makes listings of ids and of usernames, each of which is looked up once for ever.

    Args:
        client: who asks.
        listing: the command of the listing.
        names: a file that knows the ids of names that were looked up.
        limit: how many items of each at most.

    Attributes:
        missing: how many lines come to nothing.
    """

    def __init__(self, client: Client, listing: str, names: Path, limit: int | None) -> None:
        self.missing = 0
        self._client = client
        self._operation = _LISTINGS[listing]
        self._takes_names = self._operation.arguments == ("user_id",)
        self._names = names
        self._limit = limit
        text = names.read_text(encoding="utf-8", errors="replace") if names.exists() else ""
        self._ids = dict(known for line in text.splitlines() if (known := _name(line)))

    def listings(self, words: Sequence[str]) -> Listings[str, Any]:
        """Pagers by their keys: a mapping, if nothing is to be looked up."""
        if any(self._id(word) is None for word in words):
            return self._looked_up(words)
        pairs = [self._pair(word, self._id(word) or word) for word in words]
        return dict(pair for pair in pairs if pair is not None)

    async def _looked_up(self, words: Sequence[str]) -> AsyncGenerator[tuple[str, Pager[Any]]]:
        seen = set[str]()
        for word in words:
            found = self._id(word) or await self._ask(word)
            pair = None if found is None or found in seen else self._pair(word, found)
            if found is not None and pair is not None:
                seen.add(found)
                yield pair

    def _id(self, word: str) -> str | None:
        if not self._takes_names or word.isdecimal() or word == "self":
            return word
        return self._ids.get(word.removeprefix("@").casefold())

    async def _ask(self, word: str) -> str | None:
        try:
            user = await self._client.find_user(word)
        except _ENDS:
            raise
        except (InstagramError, ValueError) as error:
            self._miss(word, str(error))
            return None
        if user is None:
            self._miss(word, "there is nobody of that name")
            return None
        name = word.removeprefix("@").casefold()
        self._ids[name] = user.id
        with self._names.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps([name, user.id])}\n")
        return user.id

    def _pair(self, word: str, found: str) -> tuple[str, Pager[Any]] | None:
        try:
            pager: Pager[Any] = getattr(self._client, self._operation.name)(found)
        except ValueError as error:
            self._miss(word, str(error))
            return None
        return pager.listing.path, pager if self._limit is None else pager.limit(self._limit)

    def _miss(self, word: str, why: str) -> None:
        self.missing += 1
        note(clean(f"{word}: {why}"))


def _name(line: str) -> tuple[str, str] | None:
    """A name and its id; `None` of a line that a full disk or a kill has cut."""
    try:
        name, found = json.loads(line)
    except ValueError:
        return None
    return name, found


def _words(file: Path | None) -> list[str]:
    try:
        text = sys.stdin.read() if file is None else file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is no UTF-8: {error}") from error
    words = (_COMMENT.sub("", line).strip() for line in text.splitlines())
    return list(dict.fromkeys(word for word in words if word))
