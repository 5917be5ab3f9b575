"""`/v1/subscriptions`: an application subscribes, and shows that it can be told (reference E)."""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest
from secrets import token_hex
from typing import Any

from aiohttp import web
from attrs import frozen
from yarl import URL

from instagram_async.aiohttp_door import AiohttpTransport
from instagram_async.errors import TransportError
from instagram_async.server import wire
from instagram_async.server.access import Access
from instagram_async.server.admission import asker_of
from instagram_async.server.era import Era
from instagram_async.server.forms import parameters
from instagram_async.server.limiter import Limits, Usage
from instagram_async.server.log import RequestLog
from instagram_async.server.refusals import bad_token, over_limit, retired
from instagram_async.server.replies import RefusedError, Reply, headers, page, refusal, write
from instagram_async.server.signatures import check_signature
from instagram_async.server.subscriptions import Subscriptions, wanted
from instagram_async.transport import Request, Timeout

_END = "2018-04-04"  # with likes and relationships
_TIMEOUT = 2.0  # seconds for a callback to answer
_LARGEST = 4096  # bytes of its answer


@frozen(kw_only=True)
class SubscriptionDesk:
    """Answers requests about subscriptions. Nothing is ever delivered to them.

    Attributes:
        access: the application, which shows its secret and needs no token.
        limits: how often it may ask.
        log: where it is written down.
        era: when.
        subscriptions: those that there are.
    """

    access: Access
    limits: Limits
    log: RequestLog
    era: Era
    subscriptions: Subscriptions

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer a `GET`, `POST` or `DELETE`."""
        query = await parameters(request)
        received = self.log.arrived(request, query)
        asker = asker_of(query, self.access.tokens, self.access.app)
        usage = self.limits.arrive(asker.key, None, self.access.now())
        reply = write(await self._reply(request, query, usage), self.era)
        received.status = reply.status
        sent = headers(reply, limit=usage.limit, used=usage.used, era=self.era)
        return wire.whole(request, reply, sent)

    async def _reply(self, request: web.Request, query: Mapping[str, str], usage: Usage) -> Reply:
        if usage.used > usage.limit:
            return over_limit(usage.limit, usage.used, self.era)
        try:
            self._admit(request.path, query)
            data = await self._carry_out(request.method, query)
        except RefusedError as refused:
            return refused.reply
        return Reply(200, told={"meta": {"code": 200}, "data": data})

    def _admit(self, path: str, query: Mapping[str, str]) -> None:
        app, secret = self.access.app, query.get("client_secret")
        if query.get("client_id") != app.client_id:
            shown = {name: text for name, text in query.items() if name != "access_token"}
            raise RefusedError(bad_token(shown, self.era))
        if not secret:
            raise _stranger("Missing client_secret URL parameter.")
        if not compare_digest(secret.encode("utf-8", "replace"), app.client_secret.encode()):
            raise _stranger("The client_secret provided is invalid.")  # words of ours
        if app.signed:
            check_signature(path, query, app.client_secret)
        if self.era.day >= _END:
            raise RefusedError(retired())

    async def _carry_out(self, method: str, query: Mapping[str, str]) -> Any:
        if method == "POST":
            method = query.get("_method", method).upper()
        match method:
            case "GET":
                return self.subscriptions.listed()
            case "DELETE":
                return self.subscriptions.remove(query)
            case "POST":
                asked = wanted(query, self.access.world)
                if not await _shakes_hands(asked.callback_url, asked.verify_token):
                    raise RefusedError(refusal("APISubscriptionError", "Invalid response"))
                return self.subscriptions.add(asked)
            case _:
                raise RefusedError(page(404))


def _stranger(message: str) -> RefusedError:
    return RefusedError(refusal("OAuthClientException", message))


async def _shakes_hands(callback_url: str, verify_token: str) -> bool:
    """Whether a callback gives back what it is sent."""
    challenge = token_hex(16)
    asked = {"mode": "subscribe", "challenge": challenge, "verify_token": verify_token}
    door = AiohttpTransport(concurrency=1, max_bytes=_LARGEST)
    try:
        url = URL(callback_url)
        query = (*url.query.items(), *((f"hub.{name}", text) for name, text in asked.items()))
        address = str(url.with_query(None).with_fragment(None))
        timeout = Timeout(connect=_TIMEOUT, read=_TIMEOUT, total=_TIMEOUT)
        answer = await door.send(Request("GET", address, query), timeout)
    except (TransportError, ValueError):  # such as a host with no name
        return False
    finally:
        await door.close()
    return answer.status == 200 and answer.body.strip() == challenge.encode()
