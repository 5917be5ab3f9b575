"""Everything that can go wrong, as one tree.

::

    InstagramError               operation, checkpoint
    ├── ClientClosedError        the client was closed
    ├── TransportError           no reply: connection lost, timed out, too large
    │   └── ConnectError         the request was surely never sent
    ├── ResponseError            path, raw: a reply, or an item of one, can't be read
    ├── RateLimitError           family, retry_at, status: the quota, theirs or ours
    ├── QuotaStoreError          the shared quota can't be asked; nothing was sent
    ├── APIError                 status, error_type, message: the server said no
    │   ├── AuthenticationError      the token, or the lack of one
    │   │   └── SignatureError       the signature, or the lack of one
    │   ├── PermissionDeniedError    scope, approval, privacy
    │   ├── NotFoundError            no such user, media or page
    │   ├── InvalidRequestError      a parameter that the server refuses
    │   ├── RetiredError             an operation that was switched off
    │   └── ServerError              5xx
    ├── PagingError              kind: the listing itself misbehaves
    ├── UncertainWriteError      a write that may or may not have been carried out
    └── DownloadError            kind: a file can't be had, or not be kept

Every error names its operation, such as `GET users/{id}/media/recent`, and never a URL,
can be pickled, and carries the checkpoint of its listing where it has one. None of them
holds a secret: not in its text, its causes or the frames it passed through.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any


class InstagramError(Exception):
    """The root of all errors of this package.

    Attributes:
        message: what went wrong.
        operation: the call that failed, such as `GET users/{id}/media/recent`.
        checkpoint: where its listing can be gone on with, if it was a listing.

    Example:
        >>> str(InstagramError("it broke", "GET users/{id}"))
        'GET users/{id}: it broke'
    """

    def __init__(self, message: str = "", operation: str | None = None, *more: object) -> None:
        super().__init__(message, operation, *more)
        self.message = message
        self.operation = operation
        self.checkpoint: str | None = None

    def __str__(self) -> str:
        return f"{self.operation}: {self.message}" if self.operation else self.message


class ClientClosedError(InstagramError):
    """The client was closed before the call or while it was under way."""


class TransportError(InstagramError):
    """There is no reply: the connection broke, timed out or held too much.

    Whether the server carried the request out is not known.
    """


class ConnectError(TransportError):
    """No connection could be made, so the request was surely never sent."""


class ResponseError(InstagramError):
    """A reply, or one item of it, can't be read.

    Attributes:
        path: where in the reply, such as `data[3].user.id`; `""` is the whole reply.
        raw: the unreadable item as it came; `None` for a broken reply.
    """

    def __init__(
        self,
        message: str = "",
        operation: str | None = None,
        path: str = "",
        raw: Any = None,
    ) -> None:
        super().__init__(message, operation, path, raw)
        self.path = path
        self.raw = raw

    def __str__(self) -> str:
        return f"{super().__str__()} at {self.path}" if self.path else super().__str__()


class RateLimitError(InstagramError):
    """The quota is used up (reference C.3).

    Attributes:
        family: `likes`, `comments` or `relationships` if it is their quota, `None` if
            it is the general one.
        retry_at: when a request may go, aware, UTC, as far as is known.
        status: the HTTP status of the refusal; `None` means that our own quota refused
            because of `max_wait` and nothing was sent.
    """

    def __init__(
        self,
        message: str = "",
        operation: str | None = None,
        family: str | None = None,
        retry_at: datetime | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(message, operation, family, retry_at, status)
        self.family = family
        self.retry_at = retry_at
        self.status = status


class QuotaStoreError(InstagramError):
    """The store of a shared quota can't be reached, or failed; nothing was sent.

    The quota is never guessed, since whoever shares the token would pay for it.
    """


class APIError(InstagramError):
    """The server refused, and it is none of the kinds below (reference C.2).

    Attributes:
        status: the HTTP status; 0 where there is none, as when a user's browser comes
            back from OAuth with a refusal.
        error_type: the server's own name of the error, `None` if the body had none.
        message: the server's own words.
    """

    def __init__(
        self,
        message: str = "",
        operation: str | None = None,
        status: int = 0,
        error_type: str | None = None,
    ) -> None:
        super().__init__(message, operation, status, error_type)
        self.status = status
        self.error_type = error_type

    def __str__(self) -> str:
        status = f"HTTP {self.status}" if self.status else ""
        told = ", ".join(filter(None, (status, self.error_type)))
        return f"{super().__str__()} ({told})" if told else super().__str__()


class AuthenticationError(APIError):
    """The access token is missing, wrong, expired or revoked."""


class SignatureError(AuthenticationError):
    """The server enforces signed requests, and the signature is missing or wrong."""


class PermissionDeniedError(APIError):
    """The token's scope, the app's approval or somebody's privacy forbids it."""


class NotFoundError(APIError):
    """There is no such user, media or page, or a sandbox hides it."""


class InvalidRequestError(APIError):
    """The server refuses a parameter."""


class RetiredError(APIError):
    """The operation was switched off."""


class ServerError(APIError):
    """The server failed (5xx); another attempt may succeed."""


class PagingError(InstagramError):
    """A listing does not behave as a listing.

    Attributes:
        kind: `cycle`, a cursor came a second time; `empty_pages`, 50 pages in a row
            held nothing, after which one may go on.
    """

    def __init__(self, message: str = "", operation: str | None = None, kind: str = "") -> None:
        super().__init__(message, operation, kind)
        self.kind = kind


class UncertainWriteError(InstagramError):
    """A write was sent and no clear reply came: it may or may not have been carried out.

    Plain data, so it can be kept until `client.settle` finds out.

    Attributes:
        path: of the request, below the base URL, such as `media/64_9/comments`.
        parameters: names and values of its form, without credentials.
        since: when it was sent, aware, UTC, by our clock.
    """

    def __init__(
        self,
        message: str = "",
        operation: str | None = None,
        path: str = "",
        parameters: tuple[tuple[str, str], ...] = (),
        since: datetime | None = None,
    ) -> None:
        super().__init__(message, operation, path, parameters, since)
        self.path = path
        self.parameters = parameters
        self.since = since


class DownloadError(InstagramError):
    """A file can't be had from where it is said to be, or not be kept where it should be.

    Its operation is `download` and the file's name without extension; where the file was
    said to be is never told, since a server can write a token into an address.

    Attributes:
        kind: `gone`, the address has expired or nothing is there (403, 404, 410); `refused`,
            another status; `content`, no picture and no video, or a broken one; `size`, more
            than `max_bytes`; `address`, not http or https, or a redirect to what is not;
            `disk`, the folder can't hold it; `busy`, somebody else fetches it and gets no further.
        status: the HTTP status, `None` if it is not about that.
    """

    def __init__(
        self,
        message: str = "",
        operation: str | None = None,
        kind: str = "",
        status: int | None = None,
    ) -> None:
        super().__init__(message, operation, kind, status)
        self.kind = kind
        self.status = status
