"""The one application that a server knows, and the codes that it may exchange."""

from __future__ import annotations

import hashlib
from itertools import count

from attrs import frozen

CLIENT_ID = hashlib.sha256(b"client_id").hexdigest()[:32]
CLIENT_SECRET = hashlib.sha256(b"client_secret").hexdigest()[:32]


@frozen
class Permission:
    """What a user has allowed the application (reference D.1).

    Attributes:
        user_id: who.
        scope: what, names separated by spaces.
        redirect_uri: where his browser was sent.
    """

    user_id: str
    scope: str
    redirect_uri: str


class Codes:
    """Codes that have not been exchanged yet; each is good for one exchange."""

    def __init__(self) -> None:
        self._open: dict[str, Permission] = {}
        self._numbers = count()

    def issue(self, permission: Permission) -> str:
        """A new code, 32 hex digits, for what a user has allowed."""
        text = f"code/{permission.user_id}/{next(self._numbers)}"
        code = hashlib.sha256(text.encode()).hexdigest()[:32]
        self._open[code] = permission
        return code

    def find(self, code: str) -> Permission | None:
        """What a code stands for, `None` if it is unknown or used."""
        return self._open.get(code)

    def use(self, code: str) -> None:
        """Take back a code that is known."""
        del self._open[code]
