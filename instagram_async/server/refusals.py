"""The errors that any operation can answer with, in their exact words (reference C.2)."""

from __future__ import annotations

from collections.abc import Mapping

from instagram_async.server.era import DEFAULT, Era
from instagram_async.server.replies import Reply, flat, page, refusal

NO_CREDENTIALS = "Missing client_id or access_token URL parameter."


def bad_token(query: Mapping[str, str], era: Era = DEFAULT) -> Reply:
    """The refusal of a request without a token or `client_id` that is known.

    Args:
        query: its parameters.
        era: in whose words.
    """
    if query.get("access_token"):
        return refusal(*era.bad_token)
    if query.get("client_id"):
        # Words of ours: none are recorded.
        return refusal("OAuthParameterException", "The client_id provided is invalid.")
    return refusal("OAuthParameterException", NO_CREDENTIALS)


def needs_token() -> Reply:
    """The refusal of a request without a token where only a user can do it."""
    return refusal("OAuthParameterException", "Missing access_token URL parameter.")


def needs_user() -> Reply:
    """The refusal of `self` to a `client_id` alone."""
    return refusal("no authenticated user", "'self' keyword requires an authenticated user")


def lacks_scope(scope: str, era: Era = DEFAULT) -> Reply:
    """The refusal of a token that does not allow an operation.

    Args:
        scope: what the operation needs.
        era: in whose words.
    """
    return refusal(
        "OAuthPermissionsException",
        f"This request requires scope={scope}, but this access token is not authorized with this"
        f" scope. The user must re-authorize your application with scope={scope} to be granted"
        f" {era.granted} permissions.",
    )


def retired() -> Reply:
    """The answer of an operation that is no more (reference G)."""
    return hidden("This endpoint has been retired")


def not_approved(scope: str, method: str) -> Reply:
    """The refusal of what the application has not passed the review for.

    Args:
        scope: what it lacks, such as `likes`.
        method: of HTTP; only the words about `POST` are recorded.
    """
    if scope not in ("likes", "comments", "relationships"):
        words = "This client has not been approved to access this resource."
        return refusal("OAuthPermissionsException", words)
    return refusal(
        "APIError",
        f"This client ID is not permitted to {method} {scope}. For more info, please refer to our"
        f" developer site at http://instagram.com/developer/endpoints/{scope}.",
    )


def over_limit(limit: int, used: int, era: Era = DEFAULT) -> Reply:
    """The refusal by the general limit.

    Args:
        limit: requests allowed in a window.
        used: requests in the present window.
        era: in whose words; in 2012 the body said 420, and the status line 400.
    """
    is_old = era.limit_code != 429
    return flat(
        "OAuthRateLimitException",
        "You have exceeded the maximum number of requests per hour. You have performed a total of"
        f" {used} requests in the last hour. Our general maximum {'request ' * is_old}limit is set"
        f" at {limit} requests per hour.",
        code=era.limit_code,
        status=400 if is_old else 429,
    )


def over_family_limit(limit: int, used: int) -> Reply:
    """The refusal by an endpoint's limit.

    Args:
        limit: requests allowed in a window.
        used: requests in the present window.
    """
    return refusal(
        "OAuthRateLimitException",
        "The maximum number of requests per hour has been exceeded. You have made"
        f" {used} requests of the {limit} allowed in the last hour.",
        code=429,
    )


def malformed() -> Reply:
    """The answer to what can't be read, such as a word in place of an id (reference C.4)."""
    return page(400)


def no_count() -> Reply:
    """The refusal of a page of no items."""
    return refusal("APIInvalidParametersError", "Count must be larger than zero.")


def missing(name: str) -> Reply:
    """The refusal of a request without a parameter that must be there.

    Its words are ours: none are recorded.

    Args:
        name: the parameter's.
    """
    return invalid(f"Missing {name} parameter.")


def invalid(reason: str) -> Reply:
    """The refusal of a parameter.

    Args:
        reason: in words of ours, where none are recorded.
    """
    return refusal("APIInvalidParametersError", reason)


def unknown(reason: str) -> Reply:
    """The answer when there is no such thing: 400, not 404.

    Args:
        reason: `this user does not exist` and `invalid media id` are recorded.
    """
    return refusal("APINotFoundError", reason)


def hidden(reason: str = "you cannot view this resource") -> Reply:
    """The answer when something is banned, or of a private user, or of one who has blocked one.

    Args:
        reason: the recorded one; `you cannot like this media` and `This tag cannot be viewed`
            are too.
    """
    return refusal("APINotAllowedError", reason)


def age_gated() -> Reply:
    """The answer when something is of a user whom only adults may see."""
    return refusal("APIAgeGatedError", "you cannot view this resource")


def bad_comment(rule: str, reason: str) -> Reply:
    """The refusal of a comment by the rules of July 2014.

    Args:
        rule: the part of the error's name between `APIComment` and `Error`.
        reason: that of `TooLong` is recorded, the others are ours.
    """
    return flat(f"APIComment{rule}Error", reason, code=400)
