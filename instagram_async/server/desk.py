"""Where requests arrive: counted, checked, carried out or made to fail, answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial

from aiohttp import web
from attrs import field, frozen

from instagram_async.server import wire
from instagram_async.server.access import Access
from instagram_async.server.admission import Asker, admit, asker_of, named
from instagram_async.server.call import Call
from instagram_async.server.faults import Fault, Faults
from instagram_async.server.faults.answers import scripted
from instagram_async.server.faults.bending import Bender
from instagram_async.server.faults.early import early
from instagram_async.server.faults.leaving import Departure, leave
from instagram_async.server.faults.retouching import Dressed, retouched
from instagram_async.server.forms import parameters
from instagram_async.server.limiter import Limits, Usage
from instagram_async.server.log import Received, RequestLog
from instagram_async.server.pages import envelope
from instagram_async.server.refusals import over_family_limit, over_limit
from instagram_async.server.replies import RefusedError, Reply, encode, headers, page
from instagram_async.server.route import Route
from instagram_async.server.world import World


@frozen
class _Arrival:
    """A request that was written down and counted."""

    request: web.Request
    query: Mapping[str, str] = field(repr=False)
    asker: Asker = field(repr=False)
    received: Received
    usage: Usage

    def headers(self, reply: Reply) -> dict[str, str]:
        return headers(reply, limit=self.usage.limit, used=self.usage.used)


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
        bender: reads listings, right or wrong.
    """

    world: World
    access: Access
    limits: Limits
    faults: Faults
    log: RequestLog
    now: Callable[[], float]
    stopping: asyncio.Event
    bender: Bender = field(factory=Bender)

    async def nowhere(self, request: web.Request) -> web.StreamResponse:
        """Answer a request for a path or method that there is not: HTML, 404."""
        arrival = await self._arrived(request, None)
        reply = page(404)
        arrival.received.status = reply.status
        return wire.whole(request, reply, arrival.headers(reply))

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
        reply = wire.addressed(request, self._reply(route, arrival, fault))
        dressed = retouched(fault, Dressed(reply, arrival.headers(reply)), arrival.usage)
        return await leave(fault, Departure(request, arrival.received, dressed, self.stopping))

    async def _arrived(self, request: web.Request, route: Route | None) -> _Arrival:
        query = await parameters(request)
        asker = asker_of(query, self.access.tokens, self.access.app)
        received = self.log.arrived(request, query)
        family = route.operation.family if route and asker.grant else None
        usage = self.limits.arrive(asker.key, family, self.now())
        return _Arrival(request, query, asker, received, usage)

    def _reply(self, route: Route, arrival: _Arrival, fault: Fault | None) -> Reply:
        usage = arrival.usage
        reply = scripted(fault, usage)
        if reply is not None:
            return reply
        if usage.used > usage.limit:
            return over_limit(usage.limit, usage.used)
        if usage.family_used > usage.family_limit:
            return over_family_limit(usage.family_limit, usage.family_used)
        try:
            return self._carry_out(self._admit(route, arrival), fault)
        except RefusedError as refused:
            return refused.reply

    def _admit(self, route: Route, arrival: _Arrival) -> Call:
        request, app = arrival.request, self.access.app
        grant = admit(arrival.asker, route, arrival.query, path=request.path, app=app)
        return Call(
            world=self.world,
            view=self.access.view,
            route=route,
            params=named(route, request.match_info, grant),
            query=arrival.query,
            url=request.url,
            viewer=grant.user_id if grant else None,
            now=int(self.now()),
        )

    def _carry_out(self, call: Call, fault: Fault | None) -> Reply:
        read = partial(self.bender.read, fault) if call.route.is_listing else call.route.handler
        return Reply(200, encode(envelope(call, read(call))))
