"""The server as users and tests hold it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from ipaddress import ip_address
from typing import Self

from aiohttp import web
from yarl import URL

from instagram_async.server.access import Access
from instagram_async.server.allowance import Preset, allowance_of
from instagram_async.server.app import App
from instagram_async.server.authorize import ConsentDesk
from instagram_async.server.cursors import Cursors
from instagram_async.server.desk import Desk
from instagram_async.server.era import EraName, era_of
from instagram_async.server.faults import Faults
from instagram_async.server.front import FrontDesk
from instagram_async.server.gallery import add_gallery
from instagram_async.server.limiter import Limits
from instagram_async.server.log import RequestLog, stopwatch
from instagram_async.server.oauth import OAuthDesk
from instagram_async.server.repertoire import posted, routes_of
from instagram_async.server.retirement import is_removed
from instagram_async.server.routes import ROUTES
from instagram_async.server.subscribing import SubscriptionDesk
from instagram_async.server.subscriptions import Subscriptions
from instagram_async.server.tokens import Tokens
from instagram_async.server.world import World
from instagram_async.v1.openapi import document

_LOG = logging.getLogger("instagram_async.server")
_OPEN = "listening on %s: whoever reaches this machine can see and change everything"
_LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where all addresses are reached
_SHUTDOWN = 1.0  # seconds that replies under way have left when the server stops


class LocalInstagram:
    """A local server of the Instagram API v1, as it was in September 2015 or another time.

    It starts with `async with` and stops at its end; meanwhile it listens on one port of
    this machine. After it has stopped it may be started again.

    Args:
        world: what it serves; `None` is `World.seeded()`.
        host: address to listen on. Anybody who reaches it can see and change everything,
            so any but this machine's own is warned of in the log `instagram_async.server`.
        port: port to listen on, 0 for any free one.
        app: the one application that it knows, with its settings.
        era: which time's shapes, errors, scopes and limits (reference 0); any day will do.
        limits: which of that era's limits, or those of 2018 (reference C.3); `None` is
            `sandbox` for an app in its sandbox, else `live`.
        limit: requests allowed in a window per token, and to the `client_id` alone, in
            place of that number.
        family_limit: writes allowed in a window per token, for each of the families
            likes, comments and relationships, in place of those numbers.
        per: length of the windows in seconds.
        gzip: whether replies are packed for those who accept it, as they were; on one
            machine packing takes longer than sending.
        now: tells the time for the windows and for what is written, in seconds since
            1970; never goes back.

    Attributes:
        world: what it serves; change it at any time.
        client_id: id of the one application that it knows. Alone it is good for reading
            what is public.
        client_secret: that application's secret.
        requests: the newest 10,000 requests that arrived, oldest first, each with
            `method`, `path`, `query` without secrets, `status`, and when it came and how
            long it took, `at` and `seconds`; pages for people and pictures are left out.
        faults: what is to go wrong; `faults.add(Fault(...))`.

    Raises:
        ValueError: a limit or `per` is not positive, or there is no such era.

    Example:
        >>> import asyncio
        >>> async def main() -> str:
        ...     async with LocalInstagram() as server:
        ...         return server.base_url[:17]
        >>> asyncio.run(main())
        'http://127.0.0.1:'
    """

    def __init__(
        self,
        world: World | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        app: App = App(),  # noqa: B008 - a frozen value
        era: EraName | date = "2015",
        limits: Preset | None = None,
        limit: int | None = None,
        family_limit: int | None = None,
        per: float = 3600.0,
        gzip: bool = False,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.world = World.seeded() if world is None else world
        self.requests = RequestLog(now)
        self.faults = Faults(ROUTES)
        self._host = host
        self._port = port
        self._now = now
        self._packs = gzip
        self.client_id = app.client_id
        self.client_secret = app.client_secret
        self._era = era_of(era)
        preset = limits or ("sandbox" if app.sandbox else "live")
        allowance = allowance_of(self._era, preset, limit=limit, family_limit=family_limit)
        self._limits = Limits(allowance, per)
        self._tokens = Tokens()
        self._access = Access(app=app, world=self.world, tokens=self._tokens, now=now)
        self._subscriptions = Subscriptions(self.world)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        if self._runner is not None:
            raise RuntimeError("the server is running")
        self._runner = web.AppRunner(
            self._application(),
            access_log_class=stopwatch(self.requests),  # aiohttp's own would show tokens
            handler_cancellation=True,  # a stall ends when the client leaves
            shutdown_timeout=_SHUTDOWN,
        )
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except BaseException:
            await self._stop()
            raise
        if not all(ip_address(address[0]).is_loopback for address in self._runner.addresses):
            _LOG.warning(_OPEN, self._host)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stop()

    @property
    def base_url(self) -> str:
        """Where the API is, such as `http://127.0.0.1:40123/v1`.

        Raises:
            RuntimeError: the server is not running.
        """
        if self._runner is None or not self._runner.addresses:
            raise RuntimeError("the server is not running")
        address = self._runner.addresses[0]
        host = _LOOPBACK.get(str(address[0]), str(address[0]))
        return str(URL.build(scheme="http", host=host, port=address[1], path="/v1"))

    def access_token(self, user: str = "self", scope: str = "basic") -> str:
        """A token with which the API can be asked.

        Args:
            user: id of its owner, `self` for the world's first user.
            scope: what it allows, names separated by spaces (reference D.3); `basic` is
                always granted, and what a token allowed before it goes on allowing.

        Returns:
            `<user id>.<7 hex>.<32 hex>` (reference B.8), the same for the same world, app
            and user every time, until it is revoked.

        Raises:
            LookupError: there is no such user, or he is not invited to the app's sandbox.
            ValueError: there is no such scope.

        Example:
            >>> server = LocalInstagram()
            >>> somebody = server.world.users[1].id
            >>> server.access_token(somebody, scope="likes").startswith(f"{somebody}.")
            True
        """
        return self._access.token(self._access.owner(user), scope)

    def revoke(self, token: str) -> None:
        """Make a token worthless, as if its owner had thrown the app out.

        Whoever asks with it is told that it is invalid; his next token is another one.

        Args:
            token: what `access_token`, or OAuth, gave.

        Raises:
            LookupError: there is no such token.

        Example:
            >>> server = LocalInstagram()
            >>> token = server.access_token()
            >>> server.revoke(token)
            >>> server.access_token() == token
            False
        """
        self._tokens.revoke(token)

    def authorization_code(
        self, user: str = "self", scope: str = "basic", *, redirect_uri: str
    ) -> str:
        """A code, as if a user had just allowed the application something (reference D.1).

        `POST /oauth/access_token`, beside `/v1`, exchanges it for his token, once.

        Args:
            user: id of who allowed it, `self` for the world's first user.
            scope: what he allowed, names separated by spaces (reference D.3).
            redirect_uri: where his browser was sent; the exchange has to name it too.

        Returns:
            32 hex digits, others every time; good for one exchange within ten minutes.

        Raises:
            LookupError: there is no such user, or he is not invited to the app's sandbox.
            ValueError: there is no such scope, or the app has other `redirect_uris`.

        Example:
            >>> server = LocalInstagram()
            >>> len(server.authorization_code(redirect_uri="https://app.example/cb"))
            32
        """
        return self._access.code(self._access.owner(user), scope, redirect_uri)

    def __repr__(self) -> str:
        runs = self._runner is not None and self._runner.addresses
        return f"LocalInstagram({self.base_url if runs else 'not running'})"

    def _application(self) -> web.Application:
        stopping = asyncio.Event()

        async def stop(_: web.Application) -> None:
            stopping.set()

        desk = Desk(
            world=self.world,
            access=self._access,
            limits=self._limits,
            faults=self.faults,
            log=self.requests,
            now=self._now,
            stopping=stopping,
            era=self._era,
            cursors=Cursors(self._era),
            packs=self._packs,
        )
        oauth = OAuthDesk(access=self._access, log=self.requests, era=self._era)
        consent = ConsentDesk(access=self._access, log=self.requests, era=self._era)
        subscriptions = SubscriptionDesk(
            access=self._access,
            limits=self._limits,
            log=self.requests,
            era=self._era,
            subscriptions=self._subscriptions,
        )
        application = web.Application()
        application.on_shutdown.append(stop)
        router = application.router
        routes = routes_of(self._era, self.world)
        for route in routes:
            is_gone = is_removed(self._era.day, route.operation)
            serve = desk.nowhere if is_gone else partial(desk.serve, route)
            if route.operation.method != "POST":
                for path in route.paths:
                    router.add_route(route.operation.method, path, serve)
        for meant in posted(routes):
            for path in meant[0].paths:
                router.add_post(path, partial(desk.serve_post, meant))
        for path in ("/oauth/authorize", "/oauth/authorize/"):
            router.add_get(path, consent.serve, allow_head=False)
            router.add_post(path, consent.serve)
        router.add_post("/oauth/access_token", oauth.exchange)
        for path in ("/v1/subscriptions.json", "/v1/subscriptions", "/v1/subscriptions/"):
            for method in ("GET", "POST", "DELETE"):
                router.add_route(method, path, subscriptions.serve)
        router.add_get("/openapi.json", self._describe)
        front = FrontDesk(access=self._access, limits=self._limits, log=self.requests)
        router.add_get("/", front.serve)
        add_gallery(router)
        router.add_route("*", "/{path:.*}", desk.nowhere)
        return application

    async def _describe(self, request: web.Request) -> web.Response:
        """Answer with the OpenAPI document of what is served; no limit counts it."""
        self.requests.arrived(request, request.query).status = 200
        return web.json_response(document(self.base_url))

    async def _stop(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()
