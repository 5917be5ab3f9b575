"""Where requests arrive: counted, checked, carried out or made to fail, answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiohttp import web
from attrs import evolve, frozen

from instagram_async.server import wire
from instagram_async.server.bending import bend_body, bend_call
from instagram_async.server.call import Call, Route
from instagram_async.server.faults import Fault, Faults
from instagram_async.server.limiter import ArrivalWindow
from instagram_async.server.log import Received, RequestLog
from instagram_async.server.refusals import bad_token, lacks_scope, over_limit, scripted
from instagram_async.server.replies import RefusedError, Reply, headers, page, success
from instagram_async.server.tokens import Tokens
from instagram_async.server.world import World

# Requests without a known token share one window, as an application's did.
_NOBODY = ""


@frozen(kw_only=True)
class Desk:
    """Answers requests.

    Attributes:
        world: what is asked about.
        tokens: who may ask.
        window: how often.
        faults: what goes wrong.
        log: where it is written down.
        now: tells the time in seconds.
        stopping: set when the server stops, which ends stalls.
    """

    world: World
    tokens: Tokens
    window: ArrivalWindow
    faults: Faults
    log: RequestLog
    now: Callable[[], float]
    stopping: asyncio.Event

    async def nowhere(self, request: web.Request) -> web.StreamResponse:
        """Answer a request for a path or method that there is not: HTML, 404."""
        received, used = self._arrived(request)
        reply = page(404)
        received.status = reply.status
        return wire.whole(request, reply, headers(reply, limit=self.window.limit, used=used))

    async def serve(self, route: Route, request: web.Request) -> web.StreamResponse:
        """Answer a request for an operation.

        Args:
            route: the operation.
            request: as it came.

        Returns:
            What is still to be sent of the reply.
        """
        received, used = self._arrived(request)
        fault = self.faults.take(route)
        kind = fault.kind if fault else None
        if kind == "stall":
            await self.stopping.wait()
        if kind in ("stall", "reset_before"):
            return wire.reset(request)
        reply = self._reply(route, request, fault, used)
        if kind == "lost_reply":
            return wire.reset(request)
        if kind == "truncated":
            reply = evolve(reply, body=reply.body[: len(reply.body) // 2])
        received.status = reply.status
        sent = headers(reply, limit=self.window.limit, used=used)
        if kind == "reset_after":
            await wire.part(request, reply, sent)
            return wire.reset(request)
        return wire.whole(request, reply, sent)

    def _arrived(self, request: web.Request) -> tuple[Received, int]:
        token = request.query.get("access_token", _NOBODY)
        key = token if self.tokens.find(token) else _NOBODY
        received = self.log.arrived(request.method, request.path, request.query)
        return received, self.window.arrive(key, self.now())

    def _reply(self, route: Route, request: web.Request, fault: Fault | None, used: int) -> Reply:
        limit = self.window.limit
        reply = scripted(fault, limit=limit, used=used) if fault else None
        if reply is not None:
            return reply
        if used > limit:
            return over_limit(limit, used)
        try:
            return self._carry_out(self._admit(route, request), fault)
        except RefusedError as refused:
            return refused.reply

    def _admit(self, route: Route, request: web.Request) -> Call:
        grant = self.tokens.find(request.query.get("access_token", ""))
        if grant is None:
            raise RefusedError(bad_token(request.query))
        if route.scope not in grant.scopes:
            raise RefusedError(lacks_scope(route.scope))
        # In all sections `self` is no id but the user's.
        named = {("id", "self"): grant.user_id}
        return Call(
            world=self.world,
            route=route,
            params={
                name: named.get((name, part), part) for name, part in request.match_info.items()
            },
            query=dict(request.query),
            url=request.url,
        )

    def _carry_out(self, call: Call, fault: Fault | None) -> Reply:
        if fault is None or call.route.cursor is None:
            return success(call.route.handler(call))
        body = call.route.handler(bend_call(fault.kind, call))
        return success(bend_body(fault.kind, call, body))
