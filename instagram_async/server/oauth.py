"""`POST /oauth/access_token`: a code becomes a token (reference D.1, B.8)."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web
from attrs import evolve, frozen

from instagram_async.models import User
from instagram_async.server import wire
from instagram_async.server.app import CLIENT_ID, CLIENT_SECRET, Codes
from instagram_async.server.era import Era
from instagram_async.server.forms import parameters
from instagram_async.server.log import RequestLog
from instagram_async.server.replies import FLAT, RefusedError, Reply, flat, headers, write
from instagram_async.server.tokens import Tokens
from instagram_async.server.world import World
from instagram_async.v1.structure import unstructure


@frozen(kw_only=True)
class OAuthDesk:
    """Exchanges codes for tokens. No limit counts it, and no fault happens to it.

    Attributes:
        world: who the users are.
        tokens: where tokens come from.
        codes: what may be exchanged.
        log: where it is written down.
        era: in whose words and shapes.
    """

    world: World
    tokens: Tokens
    codes: Codes
    log: RequestLog
    era: Era

    async def exchange(self, request: web.Request) -> web.StreamResponse:
        """Answer an exchange: the token and its owner, or a flat error, without any rate."""
        query = await parameters(request)
        received = self.log.arrived(request.method, request.path, query)
        try:
            reply = self._exchange(query)
        except RefusedError as refused:
            reply = refused.reply
        reply = write(reply, self.era)
        received.status = reply.status
        return wire.whole(request, reply, headers(reply, limit=0, used=0, era=self.era))

    def _exchange(self, query: Mapping[str, str]) -> Reply:
        # The words about the id, the secret and the grant type are ours: none are recorded.
        if not (client_id := query.get("client_id")):
            raise _refused("You must provide a client_id")
        if client_id != CLIENT_ID:
            raise _refused("Invalid client_id")
        if query.get("client_secret") != CLIENT_SECRET:
            raise _refused("Invalid client_secret")
        if query.get("grant_type") != "authorization_code":
            raise _refused("Invalid grant_type")
        code = query.get("code", "")
        permission = self.codes.find(code)
        user = self.world.user(permission.user_id) if permission else None
        if permission is None or user is None:
            raise _refused(self.era.used_code)
        if query.get("redirect_uri") != permission.redirect_uri:
            raise _refused("Redirect URI does not match registered redirect URI")
        self.codes.use(code)
        token = self.tokens.issue(user.id, permission.scope, realm=self.world.self_id)
        told = {"access_token": token, "user": _profile(user)}
        return Reply(200, content_type=FLAT, told=told)


def _profile(user: User) -> Mapping[str, str]:
    profile: Mapping[str, str] = unstructure(evolve(user, counts=None))
    return profile


def _refused(message: str) -> RefusedError:
    return RefusedError(flat("OAuthException", message, code=400))
