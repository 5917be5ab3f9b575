"""`GET /`: what a server holds and what happened to it, for people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from aiohttp import web
from attrs import frozen
from yarl import URL

from instagram_async.server.access import Access
from instagram_async.server.front_page import Quota, Resident, View, front_page
from instagram_async.server.limiter import Limits
from instagram_async.server.log import RequestLog

_PEOPLE = 24
_MEDIA = 12
_REQUESTS = 40
_QUOTAS = 40
_FAMILIES = ("likes", "comments", "relationships")


@frozen(kw_only=True)
class FrontDesk:
    """Shows the front page. No limit counts it, and no log has it.

    Attributes:
        access: the world that is shown, and whose quota.
        limits: the quotas.
        log: the requests.
    """

    access: Access
    limits: Limits
    log: RequestLog

    async def serve(self, request: web.Request) -> web.Response:
        """Answer with the page as things stand now."""
        users = self.access.world.users
        page = front_page(
            View(
                base_url=f"{request.url.origin()}/v1",
                client_id=self.access.app.client_id,
                authorize=self._authorize(request.url.origin()),
                residents=[self._resident(user.id) for user in users[:_PEOPLE]],
                others=max(0, len(users) - _PEOPLE),
                requests=list(islice(reversed(self.log), _REQUESTS)),
                quotas=list(islice(self._quotas(), _QUOTAS)),
            )
        )
        return web.Response(text=page.text, headers=page.headers())

    def _authorize(self, home: URL) -> str:
        app = self.access.app
        query = {
            "client_id": app.client_id,
            "redirect_uri": next(iter(app.redirect_uris), f"{home}/"),
            "response_type": "code",
        }
        return str(URL("/oauth/authorize").with_query(query))

    def _resident(self, user_id: str) -> Resident:
        user = self.access.world.user(user_id)
        if user is None:
            raise LookupError(f"there is no user {user_id}")
        media, _ = self.access.world.recent(user_id, count=_MEDIA)
        return Resident(user, media, is_private=not self.access.world.can_view(None, user_id))

    def _quotas(self) -> Iterator[Quota]:
        for token, grant in self.access.tokens.all().items():
            user = self.access.world.user(grant.user_id)
            yield self._quota(token, user.username if user else grant.user_id)
        yield self._quota(self.access.app.client_id, None)

    def _quota(self, asker: str, username: str | None) -> Quota:
        now = self.access.now()
        general = self.limits.look(asker, None, now)
        families = [self.limits.look(asker, name, now) for name in _FAMILIES]
        return Quota(
            username,
            general.used,
            general.limit,
            [(one.family_used, one.family_limit) for one in families] if username else [],
        )
