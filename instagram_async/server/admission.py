"""Who asks, and whether he may (reference D.4)."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from instagram_async.server.app import CLIENT_ID
from instagram_async.server.refusals import bad_token, lacks_scope, needs_token, needs_user
from instagram_async.server.replies import RefusedError
from instagram_async.server.route import Route
from instagram_async.server.tokens import Grant, Tokens

# Requests without known credentials share one window.
_NOBODY = ""


@frozen
class Asker:
    """Who sent a request.

    Attributes:
        key: whose windows his requests count in.
        grant: what his token allows; `None` without a known token.
        is_app: whether he showed the application's `client_id` alone.
    """

    key: str
    grant: Grant | None = None
    is_app: bool = False


def asker_of(query: Mapping[str, str], tokens: Tokens) -> Asker:
    """Who sent a request; a token counts before a `client_id`.

    Args:
        query: its parameters.
        tokens: those that are known.
    """
    if token := query.get("access_token"):
        grant = tokens.find(token)
        return Asker(token if grant else _NOBODY, grant)
    is_app = query.get("client_id") == CLIENT_ID
    return Asker(CLIENT_ID if is_app else _NOBODY, is_app=is_app)


def admit(asker: Asker, route: Route, query: Mapping[str, str]) -> Grant | None:
    """Let a request in.

    Args:
        asker: who sent it.
        route: the operation.
        query: its parameters.

    Returns:
        What the token allows, `None` for the application alone.

    Raises:
        RefusedError: the credentials are unknown or do not suffice.
    """
    grant = asker.grant
    if grant is not None:
        if route.scope not in grant.scopes:
            raise RefusedError(lacks_scope(route.scope))
        return grant
    if not route.operation.public and not query.get("access_token"):
        raise RefusedError(needs_token())
    if not asker.is_app:
        raise RefusedError(bad_token(query))
    return None


def named(route: Route, parts: Mapping[str, str], grant: Grant | None) -> Mapping[str, str]:
    """The parts of a path with the user's id in place of `self`.

    Args:
        route: the operation.
        parts: the parts by their names.
        grant: whose token it is.

    Raises:
        RefusedError: there is no user to be `self`.
    """
    if not route.takes_self or parts.get("id") != "self":
        return parts
    if grant is None:
        raise RefusedError(needs_user())
    return {**parts, "id": grant.user_id}
