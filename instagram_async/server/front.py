"""`GET /`: what a server holds and what happened to it, for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from aiohttp import web
from attrs import frozen

from instagram_async.server.front_page import Quota, Resident, View, front_page
from instagram_async.server.limiter import Limits
from instagram_async.server.log import RequestLog
from instagram_async.server.tokens import Tokens
from instagram_async.server.world import World

_PEOPLE = 24
_MEDIA = 12
_REQUESTS = 40
_QUOTAS = 40
_FAMILIES = ("likes", "comments", "relationships")


@frozen(kw_only=True)
class FrontDesk:
    """Shows the front page. No limit counts it, and no log has it.

    Attributes:
        world: whose people and pictures are shown.
        tokens: whose quota is shown.
        limits: the quotas.
        log: the requests.
        client_id: the application's.
        now: tells the time in seconds.
    """

    world: World
    tokens: Tokens
    limits: Limits
    log: RequestLog
    client_id: str
    now: Callable[[], float]

    async def serve(self, request: web.Request) -> web.Response:
        """Answer with the page as things stand now."""
        users = self.world.users
        page = front_page(
            View(
                base_url=f"{request.url.origin()}/v1",
                client_id=self.client_id,
                residents=[self._resident(user.id) for user in users[:_PEOPLE]],
                others=max(0, len(users) - _PEOPLE),
                requests=list(islice(reversed(self.log), _REQUESTS)),
                quotas=list(islice(self._quotas(), _QUOTAS)),
            )
        )
        return web.Response(text=page.text, headers=page.headers())

    def _resident(self, user_id: str) -> Resident:
        user = self.world.user(user_id)
        if user is None:
            raise LookupError(f"there is no user {user_id}")
        media, _ = self.world.recent(user_id, count=_MEDIA)
        return Resident(user, media, is_private=not self.world.can_view(None, user_id))

    def _quotas(self) -> Iterator[Quota]:
        for token, grant in self.tokens.all().items():
            user = self.world.user(grant.user_id)
            yield self._quota(token, user.username if user else grant.user_id)
        yield self._quota(self.client_id, None)

    def _quota(self, asker: str, username: str | None) -> Quota:
        now = self.now()
        general = self.limits.look(asker, None, now)
        families = [self.limits.look(asker, name, now) for name in _FAMILIES]
        return Quota(
            username,
            general.used,
            general.limit,
            [(one.family_used, one.family_limit) for one in families] if username else [],
        )
