"""What arrived at the server, without its secrets."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from attrs import define

_SECRETS = frozenset({"access_token", "authenticity_token", "client_secret", "code", "sig"})
_KEPT = 10_000


@define
class Received:
    """One request that arrived.

    Attributes:
        method: such as `GET`.
        path: decoded, such as `/v1/users/self`.
        query: its parameters, those of a form among them, but for tokens, client secrets,
            codes and signatures.
        status: what was answered; `None` if nothing was, or not yet.
    """

    method: str
    path: str
    query: dict[str, str]
    status: int | None = None


class RequestLog(deque[Received]):
    """The newest requests, oldest first; the oldest give way when there are 10,000."""

    def __init__(self) -> None:
        super().__init__(maxlen=_KEPT)

    def arrived(self, method: str, path: str, query: Mapping[str, str]) -> Received:
        """Note a request; its status is filled in when it is known."""
        shown = {name: value for name, value in query.items() if name not in _SECRETS}
        received = Received(method, path, shown)
        self.append(received)
        return received
