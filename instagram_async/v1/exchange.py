"""The exchange of a code for a token (reference B.8 and D.1): pure.

Nothing here raises: an exception would take the frames with it that hold the secrets.
"""

from __future__ import annotations

from typing import Any, cast

from instagram_async.errors import InstagramError, ResponseError
from instagram_async.models import User
from instagram_async.paging.page import Unreadable
from instagram_async.transport import Request, Response
from instagram_async.v1.faults import error_of, fault_in
from instagram_async.v1.grants import AuthorizationCode, UserGrant
from instagram_async.v1.signing import Secret, blanked
from instagram_async.v1.structure import careful, loads

EXCHANGE = "POST oauth/access_token"


def sealed(code: object) -> Secret | Exception:
    """A code that can be sent, or why it is none."""
    text = code.code if isinstance(code, AuthorizationCode) else code
    if not isinstance(text, str):
        return TypeError(f"a code is text, not {type(text).__name__}")
    try:
        text.encode()
    except UnicodeEncodeError:
        return ValueError("a code must be text that can be sent as UTF-8")
    return Secret(text) if text else ValueError("the code is empty")


def request_of(
    origin: str, client_id: str, client_secret: Secret, redirect_uri: str, code: Secret
) -> Request:
    """The request of an exchange.

    Args:
        origin: scheme, host and port.
        client_id: the app.
        client_secret: its secret.
        redirect_uri: the same as on the page of consent.
        code: what the browser came back with.
    """
    form = (
        ("client_id", client_id),
        ("client_secret", client_secret.text),
        ("grant_type", "authorization_code"),
        ("redirect_uri", redirect_uri),
        ("code", code.text),
    )
    return Request("POST", f"{origin}/oauth/access_token", form=form)


def grant_of(response: Response, *sent: Secret) -> UserGrant | InstagramError:
    """Read the reply to an exchange.

    Args:
        response: the reply.
        sent: what it may repeat and no error may show.

    Returns:
        The token and its owner, or the error.
    """
    try:
        parsed: Any = loads(response.body)
    except (ValueError, RecursionError):
        parsed = None
    told = cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else {}
    token: Any = told.get("access_token")
    if fault := fault_in(response.status, parsed):
        outcome: UserGrant | InstagramError = error_of(fault, EXCHANGE, None)
    elif isinstance(token, str) and token:
        outcome = _owned(token, told.get("user"))
    else:
        outcome = ResponseError("the reply is no JSON object with an access_token", EXCHANGE)
    if isinstance(outcome, UserGrant):
        return outcome
    return cleaned(outcome, *sent, *([Secret(token)] if isinstance(token, str) else []))


def cleaned(error: InstagramError, *sent: Secret) -> InstagramError:
    """An error of the same kind without secrets in its text, and with no frames behind it."""
    known = [secret.text for secret in sent]
    return type(error)(
        *(blanked(each, known) if isinstance(each, str) else each for each in error.args)
    )


def _owned(token: str, user: Any) -> UserGrant | ResponseError:
    owner = careful(user, User, "user")
    if isinstance(owner, Unreadable):
        # Without the raw item, and so without what it may repeat.
        return ResponseError(owner.reason, EXCHANGE, owner.path)
    return UserGrant(token, owner)
