"""Who asks, and whether he may (reference D.4)."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from instagram_async.server.app import App
from instagram_async.server.refusals import (
    bad_token,
    lacks_scope,
    needs_token,
    needs_user,
    not_approved,
)
from instagram_async.server.replies import RefusedError
from instagram_async.server.route import Route
from instagram_async.server.signatures import check_signature
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


def asker_of(query: Mapping[str, str], tokens: Tokens, app: App) -> Asker:
    """Who sent a request; a token counts before a `client_id`.

    Args:
        query: its parameters.
        tokens: those that are known.
        app: the application that is known.
    """
    if token := query.get("access_token"):
        grant = tokens.find(token)
        return Asker(token if grant else _NOBODY, grant)
    is_app = query.get("client_id") == app.client_id
    return Asker(app.client_id if is_app else _NOBODY, is_app=is_app)


def admit(
    asker: Asker, route: Route, query: Mapping[str, str], *, path: str, app: App
) -> Grant | None:
    """Let a request in.

    Whose signature it should be is known from the credentials, so these come first.

    Args:
        asker: who sent it.
        route: the operation.
        query: its parameters.
        path: what was asked for, decoded.
        app: the application that is known.

    Returns:
        What the token allows, `None` for the application alone.

    Raises:
        RefusedError: the credentials are unknown or do not suffice, or the signature is
            missing or wrong.
    """
    _identify(asker, route, query)
    if app.signed:
        check_signature(path, query, app.client_secret)
    grant = asker.grant
    if grant is not None:
        if route.scope not in app.approved:
            raise RefusedError(not_approved(route.scope, route.operation.method))
        if route.scope not in grant.scopes:
            raise RefusedError(lacks_scope(route.scope))
    return grant


def _identify(asker: Asker, route: Route, query: Mapping[str, str]) -> None:
    if asker.grant is not None:
        return
    if not route.operation.public and not query.get("access_token"):
        raise RefusedError(needs_token())
    if not asker.is_app:
        raise RefusedError(bad_token(query))


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
