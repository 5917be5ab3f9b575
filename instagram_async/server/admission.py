"""Who asks, and whether he may (reference D.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from instagram_async.server.app import App
from instagram_async.server.era import Era
from instagram_async.server.refusals import (
    bad_token,
    lacks_scope,
    needs_token,
    needs_user,
    not_approved,
    retired,
)
from instagram_async.server.replies import RefusedError
from instagram_async.server.retirement import is_retired, scopes_of
from instagram_async.server.route import Route
from instagram_async.server.signatures import check_signature
from instagram_async.server.switches import NEW_SCOPES
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
    asker: Asker,
    route: Route,
    query: Mapping[str, str],
    *,
    path: str,
    app: App,
    era: Era,
    is_own: Callable[[str], bool],
) -> Grant | None:
    """Let a request in.

    Whose signature it should be is known from the credentials, so these come first.

    Args:
        asker: who sent it.
        route: the operation.
        query: its parameters.
        path: what was asked for, decoded.
        app: the application that is known.
        era: when.
        is_own: whether it is about a user himself or his media.

    Returns:
        What the token allows, `None` for the application alone.

    Raises:
        RefusedError: the credentials are unknown or do not suffice, the signature is missing
            or wrong, or the operation has been retired.
    """
    _identify(asker, route, query, era)
    if app.signed:
        check_signature(path, query, app.client_secret)
    grant = asker.grant
    if grant is not None:
        # Before the new scopes it makes no difference, and whose a media is has to be looked up.
        owns = era.day < NEW_SCOPES or is_own(grant.user_id)
        _permit(grant, route, app, era, is_own=owns)
    return grant


def _identify(asker: Asker, route: Route, query: Mapping[str, str], era: Era) -> None:
    if asker.grant is not None:
        return
    needs = not route.operation.public or (not era.app_alone and query.get("client_id"))
    if needs and not query.get("access_token"):
        raise RefusedError(needs_token())
    if not asker.is_app:
        raise RefusedError(bad_token(query, era))


def _permit(grant: Grant, route: Route, app: App, era: Era, *, is_own: bool) -> None:
    if is_retired(era.day, route.operation, is_own=is_own):
        raise RefusedError(retired())
    for scope in scopes_of(era.day, route.operation, is_own=is_own):
        if scope not in app.approved:
            raise RefusedError(not_approved(scope, route.operation.method))
        if scope not in grant.scopes:
            raise RefusedError(lacks_scope(scope, era))


def heeded(query: Mapping[str, str], era: Era) -> Mapping[str, str]:
    """The parameters that an era pays attention to; bounds of time it did not from 2016 on."""
    if era.heeds_times:
        return query
    return {name: value for name, value in query.items() if not name.endswith("_timestamp")}


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
