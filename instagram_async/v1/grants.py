"""What OAuth hands out: values that do not show what they hold."""

from __future__ import annotations

from attrs import field, frozen

from instagram_async.models import User


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
