"""`POST /oauth/access_token`: a code becomes a token (reference D.1, B.8)."""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest

from aiohttp import web
from attrs import evolve, frozen

from instagram_async.models import User
from instagram_async.server import wire
from instagram_async.server.access import Access
from instagram_async.server.consent import BAD_CLIENT, BAD_REDIRECT, NO_CLIENT, refused
from instagram_async.server.era import Era
from instagram_async.server.forms import parameters
from instagram_async.server.log import RequestLog
from instagram_async.server.replies import FLAT, RefusedError, Reply, headers, write
from instagram_async.v1.structure import unstructure


@frozen(kw_only=True)
class OAuthDesk:
    """Exchanges codes for tokens. No limit counts it, and no fault happens to it.

    Attributes:
        access: where tokens come from, and the codes that may be exchanged.
        log: where it is written down.
        era: in whose words and shapes.
    """

    access: Access
    log: RequestLog
    era: Era

    async def exchange(self, request: web.Request) -> web.StreamResponse:
        """Answer an exchange: the token and its owner, or a flat error, without any rate."""
        query = await parameters(request)
        received = self.log.arrived(request, query)
        try:
            reply = self._exchange(query)
        except RefusedError as refused:
            reply = refused.reply
        reply = wire.addressed(request, write(reply, self.era), self.era)
        received.status = reply.status
        return wire.whole(request, reply, headers(reply, limit=0, used=0, era=self.era))

    def _exchange(self, query: Mapping[str, str]) -> Reply:
        access, app = self.access, self.access.app
        if not (client_id := query.get("client_id")):
            raise refused(NO_CLIENT)
        if client_id != app.client_id:
            raise refused(BAD_CLIENT)
        if not _same(query.get("client_secret", ""), app.client_secret):
            raise refused("Invalid Client Secret")
        if query.get("grant_type") != "authorization_code":
            raise refused("Invalid grant_type")  # words of ours: none are recorded
        code = query.get("code", "")
        permission = access.codes.find(code, access.now())
        user = access.view.user(permission.user_id) if permission else None
        if permission is None or user is None:
            raise refused(self.era.used_code)
        if query.get("redirect_uri") != permission.redirect_uri:
            raise refused(BAD_REDIRECT)
        access.codes.use(code)
        told = {"access_token": access.token(user.id, permission.scope), "user": _profile(user)}
        return Reply(200, content_type=FLAT, told=told)


def _same(given: str, expected: str) -> bool:
    return compare_digest(given.encode("utf-8", "replace"), expected.encode())


def _profile(user: User) -> Mapping[str, str]:
    profile: Mapping[str, str] = unstructure(evolve(user, counts=None))
    return profile
