"""What OAuth asks for and gets (reference B.8 and D.1 to D.3): pure.

Nothing here raises: an exception would take the frames with it that hold the reply.
"""

from __future__ import annotations

from typing import Any, cast

from attrs import field, frozen

from instagram_async.errors import InstagramError, ResponseError
from instagram_async.models import User
from instagram_async.paging.page import Unreadable
from instagram_async.transport import Response
from instagram_async.v1.faults import error_of, fault_in
from instagram_async.v1.signing import Secret, blanked
from instagram_async.v1.structure import careful, loads

EXCHANGE = "POST oauth/access_token"


def _dots(_: str) -> str:
    return "..."


@frozen
class AuthorizationRequest:
    """Where to send a user's browser, and what to remember until it is back.

    Attributes:
        url: the page on which the user is asked; it holds the state.
        state: text that comes back with the user. Keep it where only this user's browser
            leads to it, such as in its session, and hand it in with the redirect.

    Example:
        >>> AuthorizationRequest("https://api.instagram.com/oauth/authorize/?...", "r4nd0m")
        AuthorizationRequest(url=..., state=...)
    """

    url: str = field(repr=_dots)
    state: str = field(repr=_dots)


@frozen
class AuthorizationCode:
    """A code that is good for one exchange, soon; its text does not show it (reference D.1).

    Attributes:
        code: the plain text.

    Example:
        >>> AuthorizationCode("3f8c0d15a6b24e7c")
        AuthorizationCode(code=...)
    """

    code: str = field(repr=_dots)


@frozen
class Grant:
    """What the implicit flow gives: a token; its text does not show it (reference D.2).

    Attributes:
        access_token: the plain text, to be stored and to make a `Client` with. It comes
            without an end, and may be revoked at any time.

    Example:
        >>> grant = Grant("1.fb2e77d.47a0479900504cb3ab4a1f626d174d2d")
        >>> grant
        Grant(access_token=...)
        >>> len(grant.access_token)
        42
    """

    access_token: str = field(repr=_dots)


@frozen
class UserGrant(Grant):
    """What the explicit flow gives: a token and its owner (reference B.8).

    Attributes:
        access_token: the plain text, as in `Grant`.
        user: who said yes; `counts` is `None`, since the reply has none.

    Example:
        >>> grant = UserGrant("1.fb2e77d.47a0479900504cb3", User(id="1", username="ann"))
        >>> grant.user.username, grant.user.counts
        ('ann', None)
    """

    user: User


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
