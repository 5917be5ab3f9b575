"""Listings of ids and of usernames, each of which is looked up once for ever."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Any

from instagram_async import (
    AuthenticationError,
    Client,
    ClientClosedError,
    InstagramError,
    Pager,
    RateLimitError,
)
from instagram_async.bulk.merged import Listings
from instagram_async.cli.listing import note
from instagram_async.cli.text import clean
from instagram_async.v1.operation import Operation

_ENDS = (AuthenticationError, ClientClosedError, RateLimitError)  # the next would get the same


class Lookups:
    """Makes listings; what is found of a name is kept, and who is not found is asked for again.

    Args:
        client: who asks.
        operation: the listing.
        names: a file that knows the ids of names that were looked up.
        limit: how many items of each at most.

    Attributes:
        missing: how many lines come to nothing.
    """

    def __init__(
        self, client: Client, operation: Operation[Any], names: Path, limit: int | None
    ) -> None:
        self.missing = 0
        self._client = client
        self._operation = operation
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
