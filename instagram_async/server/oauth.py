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
from instagram_async.server.forms import parameters
from instagram_async.server.log import RequestLog
from instagram_async.server.replies import FLAT, RefusedError, Reply, encode, headers
from instagram_async.v1.structure import unstructure

_NO_CODE = "No matching code found."  # until December 2016 (reference C.2)


@frozen(kw_only=True)
class OAuthDesk:
    """Exchanges codes for tokens. No limit counts it, and no fault happens to it.

    Attributes:
        access: where tokens come from, and the codes that may be exchanged.
        log: where it is written down.
    """

    access: Access
    log: RequestLog

    async def exchange(self, request: web.Request) -> web.StreamResponse:
        """Answer an exchange: the token and its owner, or a flat error, without any rate."""
        query = await parameters(request)
        received = self.log.arrived(request, query)
        try:
            reply = wire.addressed(request, self._exchange(query))
        except RefusedError as refused:
            reply = refused.reply
        received.status = reply.status
        return wire.whole(request, reply, headers(reply, limit=0, used=0))

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
            raise refused(_NO_CODE)
        if query.get("redirect_uri") != permission.redirect_uri:
            raise refused(BAD_REDIRECT)
        access.codes.use(code)
        token = access.token(user.id, permission.scope)
        return Reply(200, encode({"access_token": token, "user": _profile(user)}), FLAT)


def _same(given: str, expected: str) -> bool:
    return compare_digest(given.encode("utf-8", "replace"), expected.encode())


def _profile(user: User) -> Mapping[str, str]:
    profile: Mapping[str, str] = unstructure(evolve(user, counts=None))
    return profile
