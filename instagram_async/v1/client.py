"""The client: construction, views and lifecycle; the operations are in its sections."""

from __future__ import annotations

from enum import Enum
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from attrs import evolve

from instagram_async.aiohttp_door import AiohttpTransport
from instagram_async.clock import Clock
from instagram_async.hooks import Hooks
from instagram_async.lifecycle import Lifecycle
from instagram_async.paging import Listing, Pager
from instagram_async.quota import Quota, QuotaView, RateLimitSemaphore, Store
from instagram_async.retry import Retry
from instagram_async.session import Call, Session, Wire
from instagram_async.transport import Timeout, Transport
from instagram_async.v1.arguments import address, instances, patience, printable, secret
from instagram_async.v1.endpoints.comments import CommentEndpoints
from instagram_async.v1.endpoints.geographies import GeographyEndpoints
from instagram_async.v1.endpoints.likes import LikeEndpoints
from instagram_async.v1.endpoints.locations import LocationEndpoints
from instagram_async.v1.endpoints.media import MediaEndpoints
from instagram_async.v1.endpoints.relationships import RelationshipEndpoints
from instagram_async.v1.endpoints.tags import TagEndpoints
from instagram_async.v1.endpoints.users import UserEndpoints
from instagram_async.v1.envelope import Origin, Reply, quota_in, raw_of
from instagram_async.v1.operations import row_of
from instagram_async.v1.parameters import fill, pairs
from instagram_async.v1.signing import SECRETS, Credentials, Signer, redacted

if TYPE_CHECKING:
    import aiohttp

T = TypeVar("T")

_MAX_BYTES = 32 * 2**20
_BASE_URL = "https://api.instagram.com/v1"


class _Keep(Enum):
    KEEP = "what the client has"


class Client(
    UserEndpoints,
    RelationshipEndpoints,
    MediaEndpoints,
    CommentEndpoints,
    LikeEndpoints,
    TagEndpoints,
    LocationEndpoints,
    GeographyEndpoints,
):
    """A client of a server that speaks the Instagram API v1.

    Making one does no I/O and needs no event loop. It belongs to the first loop that sends
    with it. Use it with `async with`, or keep it and `await client.close()`.

    Args:
        access_token: a user's token.
        client_id: your app, for public operations without a token on servers of before 2016.
        client_secret: your app's secret, for signing.
        signed: whether to sign every request (reference D.5).
        forwarded_for: IP addresses for the signed header of 2014 on writes (reference D.6).
        base_url: where the server is; the official host was switched off in June 2020.
        concurrency: how many requests may be under way at once.
        quota: how many may be sent in any window of time, for each token.
        quota_store: where to count: `MemoryStore` is shared by clients of one process,
            `SQLiteStore` by processes, `RedisStore` by hosts; never closed.
        retry: how often a failed attempt is made again.
        timeout: limits of one attempt; waiting for quota is not part of it.
        max_wait: seconds to wait for quota at most, `None` for as long as it takes.
        max_bytes: largest reply accepted, in bytes.
        user_agent: value of the `User-Agent` header.
        hooks: functions of yours that are told what happens.
        session: an aiohttp session to borrow, with its proxy and TLS settings; never closed.
        transport: carries the requests in place of aiohttp; never closed.
        clock: whose time it is.

    Raises:
        ValueError: arguments that contradict each other or make no sense.

    Example:
        >>> import asyncio
        >>> from instagram_async import Client
        >>> from instagram_async.server import LocalInstagram
        >>> async def main():
        ...     async with LocalInstagram() as server:
        ...         async with Client(server.access_token(), base_url=server.base_url) as client:
        ...             return (await client.user()).id
        >>> asyncio.run(main()).isdecimal()
        True
    """

    def __init__(
        self,
        access_token: str | None = None,
        *,
        client_id: str | None = None,
        client_secret: str | None = None,
        signed: bool = False,
        forwarded_for: str | None = None,
        base_url: str = _BASE_URL,
        concurrency: int = 16,
        quota: Quota = Quota.live(),  # noqa: B008 - a frozen value
        quota_store: Store | None = None,
        retry: Retry = Retry(),  # noqa: B008
        timeout: Timeout = Timeout(),  # noqa: B008
        max_wait: float | None = None,
        max_bytes: int = _MAX_BYTES,
        user_agent: str | None = None,
        hooks: Hooks = Hooks(),  # noqa: B008
        session: aiohttp.ClientSession | None = None,
        transport: Transport | None = None,
        clock: Clock | None = None,
    ) -> None:
        # The plain text must not stay in this frame: errors show frames.
        token, access_token = secret(access_token), None
        app_secret, client_secret = secret(client_secret), None
        if app_secret is None and (signed or forwarded_for is not None):
            raise ValueError("signed and forwarded_for need a client_secret")
        if session is not None and transport is not None:
            raise ValueError("session and transport are two ways to carry requests: give one")
        instances(quota=(quota, Quota), retry=(retry, Retry), timeout=(timeout, Timeout))
        instances(hooks=(hooks, Hooks))
        printable(user_agent=user_agent, forwarded_for=forwarded_for)
        if transport is not None and (user_agent is not None or max_bytes != _MAX_BYTES):
            raise ValueError("user_agent and max_bytes are aiohttp's: a transport has its own")
        if max_bytes < 1:
            raise ValueError(f"max_bytes must be at least 1, not {max_bytes}")
        patience(max_wait)
        self._base_url = address(base_url)
        self._credentials = Credentials(token, client_id, app_secret, signed, forwarded_for)
        self._quota = quota
        self._owned = None
        if transport is None:
            transport = self._owned = AiohttpTransport(
                concurrency=concurrency,
                max_bytes=max_bytes,
                user_agent=user_agent,
                session=session,
            )
        self._session = Session(
            transport,
            RateLimitSemaphore(concurrency, quota_store, clock=clock, on_wait=hooks.on_wait),
            Lifecycle(),
            _wire(self._base_url, self._credentials, quota),
            retry,
            timeout,
            max_wait,
            hooks,
        )

    def with_options(
        self,
        *,
        timeout: Timeout | None = None,
        retry: Retry | None = None,
        max_wait: float | _Keep | None = _Keep.KEEP,
        access_token: str | None = None,
    ) -> Self:
        """A view of this client with other options: same connections, same gate, same hooks.

        Args:
            timeout: limits of one attempt.
            retry: how often a failed attempt is made again.
            max_wait: seconds to wait for quota at most, `None` for as long as it takes.
            access_token: another user's token, which has a quota of its own.

        Returns:
            The view. Pagers made with it keep its options. Closing it closes the client.

        Example:
            >>> patient = client.with_options(timeout=Timeout(total=300))
        """
        token, access_token = secret(access_token), None
        if not isinstance(max_wait, _Keep):
            patience(max_wait)
        credentials, wire = self._credentials, self._session.wire
        if token is not None:
            credentials = evolve(credentials, access_token=token)
            wire = _wire(self._base_url, credentials, self._quota)
        options = self._session
        view = object.__new__(type(self))
        view.__dict__.update(
            self.__dict__,
            _credentials=credentials,
            _session=evolve(
                options,
                wire=wire,
                timeout=options.timeout if timeout is None else timeout,
                retry=options.retry if retry is None else retry,
                max_wait=options.max_wait if isinstance(max_wait, _Keep) else max_wait,
            ),
        )
        return view

    @property
    def quota(self) -> QuotaView:
        """The quota of this client's token, seen live (reference C.3).

        Example:
            >>> client.quota.limit, client.quota.families["likes"].remaining
            (5000, 60)
        """
        return QuotaView(self._session.gate, self._quota, self._credentials.owner)

    def pager(self, listing: Listing[T]) -> Pager[T]:
        """Bind a listing to this client.

        Args:
            listing: `listing` of any pager, perhaps unpickled.

        Returns:
            A pager over it; a `WindowedPager` if it was one.

        Example:
            >>> again = client.pager(client.user_recent("self").listing)
        """
        return self._paged(listing)

    async def call(self, method: str, template: str, /, *args: str | int, **params: Any) -> Reply:
        """Call any operation and get its reply undecoded.

        Args:
            method: `GET`, `POST` or `DELETE`.
            template: the path below the base URL, with `{}` for each argument.
            args: the path's arguments.
            params: the query of a GET or DELETE, the form of a POST; `None` is left out.

        Returns:
            The reply, with `data` as the JSON parser made it.

        Raises:
            ValueError: a method that v1 has not, or an argument that can't be sent.
            UncertainWriteError: a POST left and no reply came; it is not sent again.
            InstagramError: see the tree in `instagram_async.errors`.

        Example:
            >>> reply = await client.call("GET", "users/{}/media/recent", "self", count=5)
            >>> reply.pagination.get("next_max_id")
        """
        if method not in ("GET", "POST", "DELETE"):
            raise ValueError(f"v1 has GET, POST and DELETE, not {method!r}")
        known = row_of(method, template)
        generic = template.replace("{}", "{id}")
        origin = Origin(str(known or f"{method} {generic}"), known.family if known else None)
        given = pairs(params)
        posts = method == "POST"
        return await self._session.send(
            Call(
                origin.operation,
                method,
                fill(template, args),
                partial(raw_of, origin),
                query=() if posts else given,
                form=given if posts else None,
                family=origin.family,
                repeatable=not posts,
                secrets=SECRETS,
            )
        )

    async def close(self) -> None:
        """End the client and all its views.

        Calls under way, and callers waiting for quota, get `ClientClosedError`, as does
        every later call; a write that must not be repeated and may have been carried out
        gets `UncertainWriteError`. When this returns, no call is under way and no connection
        is open. A second close only waits until no call is under way.

        Raises:
            RuntimeError: the client belongs to another loop.
        """
        lifecycle = self._session.lifecycle
        if lifecycle.close() and self._owned is not None:
            await self._owned.close()
        await lifecycle.emptied()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client can't be copied or pickled: make one in each process")

    def __repr__(self) -> str:
        return f"Client(base_url={self._base_url!r})"


def _wire(base_url: str, credentials: Credentials, quota: Quota) -> Wire:
    windows = cache(partial(quota.windows, credentials.owner))
    return Wire(Signer(base_url, credentials), quota_in, windows, redacted)
