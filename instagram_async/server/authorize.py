"""`GET` and `POST /oauth/authorize`: a user is asked, and answers (reference D.1, D.2)."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from secrets import token_bytes

from aiohttp import web
from attrs import field, frozen
from yarl import URL

from instagram_async.models import User
from instagram_async.server import wire
from instagram_async.server.access import Access
from instagram_async.server.consent import Question, forbidden, question_in
from instagram_async.server.consent_page import consent_page
from instagram_async.server.era import Era
from instagram_async.server.forms import parameters
from instagram_async.server.log import RequestLog
from instagram_async.server.replies import RefusedError, headers, write

_SHOWN = 50
_EVERYBODY = 10**9
_STALE = "This form is none of this server's present ones. Please answer again."
_NOBODY = "Nobody of that name lives here."
_NO_ANSWER = "Please press one of the two buttons."


@frozen(kw_only=True)
class ConsentDesk:
    """Asks users, whom it takes at their word: logging in is choosing who one is.

    No limit counts it, and no fault happens to it.

    Attributes:
        access: where codes and tokens come from.
        log: where it is written down.
        era: which scopes there are, and in whose words and JSON errors are written.
        key: what makes the tokens of its forms. A page elsewhere can send a form here, but
            can't read one of ours, so it has no token.
    """

    access: Access
    log: RequestLog
    era: Era
    key: bytes = field(factory=lambda: token_bytes(32), repr=False)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer with the page, or with the redirect that a form of it leads to."""
        query = await parameters(request)
        received = self.log.arrived(request, query)
        try:
            question = question_in(query, self.access, self.era)
            response = self._answer(request, question, query)
        except RefusedError as refused:
            reply = write(refused.reply, self.era)
            sent = headers(reply, limit=0, used=0, era=self.era)
            response = wire.whole(request, reply, sent)
        received.status = response.status
        return response

    def _answer(
        self, request: web.Request, question: Question, query: Mapping[str, str]
    ) -> web.Response:
        if request.method != "POST":
            return self._page(question)
        given = query.get("authenticity_token", "")
        if not hmac.compare_digest(
            given.encode("utf-8", "replace"), self._token(question).encode()
        ):
            return self._page(question, 403, _STALE)
        match query.get("decision"):
            case "allow":
                user = self._chosen(query)
                if user is None:
                    return self._page(question, 400, _NOBODY)
                return _redirect(question.allowed(self._grant(question, user)))
            case "deny":
                return _redirect(question.denied())
            case _:
                return self._page(question, 400, _NO_ANSWER)

    def _grant(self, question: Question, user: User) -> str:
        if question.kind == "token":
            return self.access.token(user.id, question.scope)
        return self.access.code(user.id, question.scope, question.redirect_uri)

    def _chosen(self, query: Mapping[str, str]) -> User | None:
        world, user_id = self.access.world, query.get("user", "")
        if name := query.get("username", "").strip():
            found = world.search_users(name, count=_EVERYBODY)
            user_id = next((one.id for one in found if one.username == name), "")
        user = world.user(user_id)
        if user is not None and self.access.view.user(user_id) is None:
            raise forbidden("You are not a sandbox user of this client")
        return user

    def _page(self, question: Question, status: int = 200, wrong: str = "") -> web.Response:
        people = self._people()
        document = consent_page(
            self.access.app.name,
            question,
            people[:_SHOWN],
            unlisted=len(people[_SHOWN:]),
            token=self._token(question),
            wrong=wrong,
        )
        # A browser holds every redirect that follows to this, also those of the application.
        schemes = dict.fromkeys(("http", "https", URL(question.redirect_uri).scheme))
        leads_to = " ".join(("'self'", *(f"{scheme}:" for scheme in schemes)))
        return web.Response(
            status=status, body=document.text.encode(), headers=document.headers(leads_to)
        )

    def _people(self) -> Sequence[User]:
        world, access = self.access.world, self.access
        if not access.app.sandbox:
            return world.users
        return [user for one in access.invited if (user := world.user(one)) is not None]

    def _token(self, question: Question) -> str:
        text = repr((question.kind, question.redirect_uri, question.scopes, question.state))
        return hmac.new(self.key, text.encode("utf-8", "surrogatepass"), "sha256").hexdigest()


def _redirect(url: str) -> web.Response:
    return web.Response(
        status=302,
        headers={"Location": url, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"},
    )
