"""What a user is asked on the page of consent, and where his answer goes (reference D): pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote, urlencode

from attrs import field, frozen

from instagram_async.server.access import Access
from instagram_async.server.era import Era
from instagram_async.server.replies import RefusedError, flat
from instagram_async.v1.redirects import SCOPES, check_redirect_uri

Kind = Literal["code", "token"]
BAD_CLIENT = "Invalid Client ID"
BAD_REDIRECT = "Redirect URI does not match registered redirect URI"
NO_CLIENT = "You must provide a client_id"
_INCOMPLETE = "You must include a valid client_id, response_type, and redirect_uri parameters"
_ONLY = 'Only response type "code" and "token" is allowed'
_KINDS: dict[str, Kind] = {"code": "code", "token": "token"}
_URI = ":/?#[]@!$&'()*+,;=%"
_SCRIPTS = ("javascript:", "data:", "vbscript:")


@frozen(kw_only=True)
class Question:
    """A good request for consent.

    Attributes:
        kind: whether a code or the token itself is to come back.
        redirect_uri: where the browser goes with the answer.
        scopes: what is asked for, `basic` always.
        state: what is to come back with the answer.
    """

    kind: Kind
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str | None = field(default=None, repr=False)

    @property
    def scope(self) -> str:
        """The scopes as one text."""
        return " ".join(self.scopes)

    def allowed(self, answer: str) -> str:
        """Where the browser goes after a yes.

        Args:
            answer: the code, or the token.
        """
        if self.kind == "code":
            return self._back({"code": answer})
        return f"{_ascii(self.redirect_uri)}#{urlencode({'access_token': answer} | self._state)}"

    def denied(self) -> str:
        """Where the browser goes after a no, in both flows with the same parameters."""
        return self._back(
            {
                "error": "access_denied",
                "error_reason": "user_denied",
                "error_description": "The user denied your request",
            }
        )

    @property
    def _state(self) -> dict[str, str]:
        return {"state": self.state} if self.state else {}

    def _back(self, answer: dict[str, str]) -> str:
        uri = _ascii(self.redirect_uri)
        return f"{uri}{'&' if '?' in uri else '?'}{urlencode(answer | self._state)}"


def question_in(query: Mapping[str, str], access: Access, era: Era) -> Question:
    """Read a request for consent.

    Args:
        query: its parameters.
        access: the application it should be of.
        era: which scopes there are, and in whose words others are refused.

    Raises:
        RefusedError: it is of no known application; the address is missing, none that a
            browser can go to, or none of the application's; it is for something else than
            a code or a token, or the implicit flow is disabled; a scope is unknown or empty.
    """
    redirect_uri, wanted = query.get("redirect_uri"), query.get("response_type")
    if not query.get("client_id") or not redirect_uri or not wanted:
        raise refused(_INCOMPLETE)
    if query["client_id"] != access.app.client_id:
        raise refused(BAD_CLIENT)
    if not _is_address(redirect_uri) or not access.returns_to(redirect_uri):
        raise refused(BAD_REDIRECT)
    if (kind := _KINDS.get(wanted)) is None:
        raise refused(_ONLY)
    if kind == "token" and not access.app.implicit:
        raise forbidden("Implicit authentication is disabled")
    return Question(
        kind=kind,
        redirect_uri=redirect_uri,
        scopes=_scopes(query.get("scope", "basic"), era),
        state=query.get("state"),
    )


def refused(message: str) -> RefusedError:
    """The refusal of a request about OAuth: flat, 400 (reference C.2)."""
    return RefusedError(flat("OAuthException", message, code=400))


def forbidden(message: str) -> RefusedError:
    """The refusal of what the settings of the application forbid: flat, 403 (C.2)."""
    return RefusedError(flat("OAuthForbiddenException", message, code=403))


def _scopes(scope: str, era: Era) -> tuple[str, ...]:
    names = scope.split()
    unknown = [name for name in names if name not in SCOPES or name in era.lost_scopes]
    if unknown or not names:
        told = f": {unknown}" if era.lists_scopes else f" field(s): {','.join(unknown)}"
        raise refused(f"Invalid scope{told}")
    return tuple(dict.fromkeys(("basic", *names)))


def _is_address(uri: str) -> bool:
    try:
        check_redirect_uri(uri)
    except ValueError:
        return False
    return not uri.lower().startswith(_SCRIPTS)


def _ascii(uri: str) -> str:
    return quote(uri, safe=_URI)
