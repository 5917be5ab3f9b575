"""Codes that the explicit flow hands out (reference D.1)."""

from __future__ import annotations

import hashlib
from itertools import count

from attrs import frozen

LIFE = 600.0
"""Seconds until a code is good no more; v1 said "short-lived", so this is RFC 6749's most."""


@frozen
class Permission:
    """What a user has allowed the application.

    Attributes:
        user_id: who.
        scope: what, names separated by spaces.
        redirect_uri: where his browser was sent.
    """

    user_id: str
    scope: str
    redirect_uri: str


class Codes:
    """Codes of the one application of a server; each is good for one exchange, and not long."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[float, Permission]] = {}
        self._numbers = count()

    def issue(self, permission: Permission, now: float) -> str:
        """A new code, 32 hex digits, for what a user has allowed.

        Args:
            permission: what that is.
            now: seconds since 1970, never earlier than at the code before.
        """
        text = f"code/{permission.user_id}/{next(self._numbers)}"
        code = hashlib.sha256(text.encode()).hexdigest()[:32]
        self._open = {kept: entry for kept, entry in self._open.items() if now < entry[0]}
        self._open[code] = (now + LIFE, permission)
        return code

    def find(self, code: str, now: float) -> Permission | None:
        """What a code stands for, `None` if it is unknown, used or too old."""
        end, permission = self._open.get(code, (now, None))
        return permission if now < end else None

    def use(self, code: str) -> None:
        """Take back a code that is known."""
        del self._open[code]
