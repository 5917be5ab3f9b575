"""Where requests arrive: counted, checked, carried out or made to fail, answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from aiohttp import web
from attrs import field, frozen

from instagram_async.server import wire
from instagram_async.server.access import Access
from instagram_async.server.admission import Asker, admit, asker_of, heeded, named
from instagram_async.server.call import Call
from instagram_async.server.cursors import Cursors
from instagram_async.server.era import Era
from instagram_async.server.faults import Fault, Faults
from instagram_async.server.faults.answers import scripted
from instagram_async.server.faults.bending import Bender
from instagram_async.server.faults.early import early
from instagram_async.server.faults.leaving import Departure, leave
from instagram_async.server.faults.retouching import Dressed, retouched
from instagram_async.server.forms import parameters
from instagram_async.server.jsonp import padded
from instagram_async.server.limiter import Limits, Usage
from instagram_async.server.log import Received, RequestLog
from instagram_async.server.ownership import is_own
from instagram_async.server.packing import packed
from instagram_async.server.pages import Page, envelope
from instagram_async.server.refusals import over_family_limit, over_limit
from instagram_async.server.replies import RefusedError, Reply, headers, page, write
from instagram_async.server.route import Route
from instagram_async.server.signatures import is_signed
from instagram_async.server.world import World


@frozen
class _Arrival:
    """A request that was written down and counted."""

    request: web.Request
    query: Mapping[str, str] = field(repr=False)
    asker: Asker = field(repr=False)
    received: Received
    usage: Usage

    def headers(self, reply: Reply, era: Era) -> dict[str, str]:
        return headers(reply, limit=self.usage.limit, used=self.usage.used, era=era)


@frozen(kw_only=True)
class Desk:
    """Answers requests.

    Attributes:
        world: what is asked about.
        access: who may ask, and what the application sees.
        limits: how often.
        faults: what goes wrong.
        log: where it is written down.
        now: tells the time in seconds.
        stopping: set when the server stops, which ends stalls.
        era: when.
        cursors: what its cursors look like.
        packs: whether replies are packed for those who accept it.
        bender: reads listings, right or wrong.
    """

    world: World
    access: Access
    limits: Limits
    faults: Faults
    log: RequestLog
    now: Callable[[], float]
    stopping: asyncio.Event
    era: Era
    cursors: Cursors
    packs: bool
    bender: Bender = field(factory=Bender)

    async def nowhere(self, request: web.Request) -> web.StreamResponse:
        """Answer a request for a path or method that there is not: HTML, 404."""
        arrival = await self._arrived(request, None)
        reply = page(404)
        arrival.received.status = reply.status
        return wire.whole(request, reply, arrival.headers(reply, self.era))

    async def serve_post(self, meant: Sequence[Route], request: web.Request) -> web.StreamResponse:
        """Answer a `POST`, whose parameter `_method` may make it something else.

        Args:
            meant: the operations that it may be.
            request: as it came.
        """
        method = (await parameters(request)).get("_method", "POST").upper()
        route = next((one for one in meant if one.operation.method == method), None)
        return await (self.nowhere(request) if route is None else self.serve(route, request))

    async def serve(self, route: Route, request: web.Request) -> web.StreamResponse:
        """Answer a request for an operation.

        Args:
            route: the operation.
            request: as it came.

        Returns:
            What is still to be sent of the reply.
        """
        arrival = await self._arrived(request, route)
        fault = self.faults.take(route)
        ended = await early(fault, request, self.stopping)
        if ended is not None:
            return ended
        reply = write(self._reply(route, arrival, fault), self.era)
        plain = wire.addressed(request, reply, self.era)
        reply = padded(plain, arrival.query, self.era)
        sent = arrival.headers(plain, self.era) | {"Content-Type": reply.content_type}
        dressed = retouched(fault, Dressed(reply, sent), arrival.usage)
        if self.packs:
            dressed = packed(dressed, request.headers.get("Accept-Encoding", ""))
        return await leave(fault, Departure(request, arrival.received, dressed, self.stopping))

    async def _arrived(self, request: web.Request, route: Route | None) -> _Arrival:
        query = await parameters(request)
        asker = asker_of(query, self.access.tokens, self.access.app)
        received = self.log.arrived(request, query)
        family = route.operation.family if route and asker.grant else None
        secret = self.access.app.client_secret
        signed = family is not None and is_signed(request.path, query, request.headers, secret)
        usage = self.limits.arrive(asker.key, family, self.now(), is_signed=signed)
        return _Arrival(request, query, asker, received, usage)

    def _reply(self, route: Route, arrival: _Arrival, fault: Fault | None) -> Reply:
        usage = arrival.usage
        reply = scripted(fault, usage, self.era)
        if reply is not None:
            return reply
        if usage.used > usage.limit:
            return over_limit(usage.limit, usage.used, self.era)
        if usage.family_used > usage.family_limit:
            return over_family_limit(usage.family_limit, usage.family_used)
        try:
            return self._carry_out(self._admit(route, arrival), fault)
        except RefusedError as refused:
            return refused.reply

    def _admit(self, route: Route, arrival: _Arrival) -> Call:
        request, app = arrival.request, self.access.app
        parts = request.match_info
        grant = admit(
            arrival.asker,
            route,
            arrival.query,
            path=request.path,
            app=app,
            era=self.era,
            is_own=partial(is_own, self.world, route, parts),
        )
        return Call(
            world=self.world,
            view=self.access.view,
            route=route,
            params=named(route, parts, grant),
            query=heeded(arrival.query, self.era),
            url=request.url,
            viewer=grant.user_id if grant else None,
            now=int(self.now()),
            era=self.era,
        )

    def _carry_out(self, call: Call, fault: Fault | None) -> Reply:
        if not call.route.is_listing:
            return Reply(200, told=envelope(call, call.route.handler(call)))
        asked = self.cursors.read(call)
        answer = self.bender.read(fault, asked)
        if isinstance(answer, Page):
            answer = self.cursors.write(asked, answer)
        return Reply(200, told=envelope(asked, answer))
