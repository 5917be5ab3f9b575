"""Errors of calls, of listings and of files."""

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
    """The client was closed before the call or while it was under way.

    Example:
        >>> client = Client("token")
        >>> await client.close()
        >>> try:
        ...     await client.user()
        ... except ClientClosedError as error:
        ...     print(error)
        GET users/{id}: the client is closed
    """


class TransportError(InstagramError):
    """There is no reply: the connection broke, timed out or held too much.

    Whether the server carried the request out is not known.

    Example:
        >>> from instagram_async.testing import ScriptedTransport, make_media
        >>> page = ScriptedTransport.page([make_media(1)])
        >>> line = ScriptedTransport([TransportError("connection lost"), page])
        >>> items = aiter(Client("token", transport=line, retry=Retry(attempts=1)).user_recent())
        >>> try:
        ...     media = await anext(items)
        ... except TransportError:
        ...     media = await anext(items)  # the same iterator asks for the page again
    """


class ConnectError(TransportError):
    """No connection could be made, so the request was surely never sent.

    Example:
        >>> client = Client("token", base_url="http://127.0.0.1:1/v1", retry=Retry(attempts=1))
        >>> try:
        ...     await client.user()
        ... except ConnectError as error:
        ...     print(error.operation)  # nobody is at home there
        GET users/{id}
        >>> await client.close()
    """


class ResponseError(InstagramError):
    """A reply, or one item of it, can't be read.

    Attributes:
        path: where in the reply, such as `data[3].user.id`; `""` is the whole reply.
        raw: the unreadable item as it came; `None` for a broken reply.

    Example:
        >>> from instagram_async.testing import ScriptedTransport, make_media
        >>> line = ScriptedTransport([ScriptedTransport.page([{"id": "64_9"}, make_media(1)])])
        >>> items = aiter(Client("token", transport=line).user_recent())
        >>> try:
        ...     media = await anext(items)
        ... except ResponseError as error:
        ...     print(error.path, error.raw)
        ...     media = await anext(items)  # goes on behind it
        data[0].created_time {'id': '64_9'}
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

    Example:
        >>> from instagram_async.testing import ScriptedTransport
        >>> full = ScriptedTransport.refusal("OAuthRateLimitException", "too many", 429, flat=True)
        >>> limited = Client("token", transport=ScriptedTransport([full]), max_wait=0)
        >>> try:
        ...     await limited.user()
        ... except RateLimitError as error:
        ...     print(error.status, error.family, error.retry_at is not None)
        429 None True
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

    Example:
        >>> store = SQLiteStore("quota.db")
        >>> await store.close()
        >>> try:
        ...     await Client("token", quota_store=store).user()
        ... except QuotaStoreError as error:
        ...     print(error)
        GET users/{id}: the quota store is closed
    """


class PagingError(InstagramError):
    """A listing does not behave as a listing.

    Attributes:
        kind: `cycle`, a cursor came a second time; `empty_pages`, 50 pages in a row
            held nothing, after which one may go on.

    Example:
        >>> from instagram_async.testing import ScriptedTransport, make_user_summary
        >>> page = ScriptedTransport.page
        >>> twice = [page([make_user_summary(n)], next="1442000000") for n in range(2)]
        >>> client = Client("token", transport=ScriptedTransport(twice))
        >>> try:
        ...     await client.user_follows("9").collect()
        ... except PagingError as error:
        ...     print(error.kind)
        cycle
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

    Example:
        >>> try:
        ...     await client.create_comment(media.id, "lovely!")
        ... except UncertainWriteError as error:
        ...     print("posted:", await client.settle(error))
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

    Example:
        >>> try:
        ...     await download(media, "/dev/null")
        ... except DownloadError as error:
        ...     print(error.kind)
        disk
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
