"""Access tokens and what they allow."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from attrs import evolve, frozen

from instagram_async.v1.redirects import SCOPES


@frozen
class Grant:
    """What a token stands for.

    Attributes:
        user_id: its owner.
        scopes: what he allowed.
    """

    user_id: str
    scopes: frozenset[str]


class Tokens:
    """The tokens of one server."""

    def __init__(self) -> None:
        self._grants: dict[str, Grant] = {}
        self._revoked = Counter[str]()

    def issue(self, user_id: str, scope: str, *, realm: str) -> str:
        """Give a user's token; scopes grow in place, as they did (reference D.1).

        Args:
            user_id: its owner.
            scope: names separated by spaces; `basic` is always granted (reference D.3).
            realm: what stands for the world; tokens differ from realm to realm.

        Returns:
            `<user id>.<7 hex>.<32 hex>` (reference B.8), the same one every time until it
            is revoked.

        Raises:
            ValueError: there is no such scope.
        """
        wanted = frozenset(checked(scope).split()) | {"basic"}
        client = hashlib.sha256(realm.encode()).hexdigest()[:7]
        life = f"/{self._revoked[user_id]}" if self._revoked[user_id] else ""
        secret = hashlib.sha256(f"{realm}/{user_id}{life}".encode()).hexdigest()[:32]
        token = f"{user_id}.{client}.{secret}"
        grant = self._grants.setdefault(token, Grant(user_id, wanted))
        self._grants[token] = evolve(grant, scopes=grant.scopes | wanted)
        return token

    def find(self, token: str) -> Grant | None:
        """What a token stands for, `None` if it was never issued or has been revoked."""
        return self._grants.get(token)

    def revoke(self, token: str) -> None:
        """Make a token worthless; its owner's next one is another.

        Raises:
            LookupError: there is no such token.
        """
        grant = self._grants.pop(token, None)
        if grant is None:
            raise LookupError("there is no such token")
        self._revoked[grant.user_id] += 1

    def all(self) -> Mapping[str, Grant]:
        """What each token stands for that is good, in the order they were issued."""
        return MappingProxyType(self._grants)


def checked(scope: str) -> str:
    """A scope as it is, names separated by spaces.

    Raises:
        ValueError: one of them is none.
    """
    if unknown := frozenset(scope.split()) - frozenset(SCOPES):
        raise ValueError(f"there is no scope {min(unknown)}")
    return scope
