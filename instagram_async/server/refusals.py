"""The errors that any operation can answer with, in their exact words (reference C.2)."""

from __future__ import annotations

from collections.abc import Mapping

from instagram_async.server.faults import Fault
from instagram_async.server.replies import Reply, empty, flat, page, refusal

_FAMILY_LIMIT = 60  # of a live app from November 2015 on (reference C.3)
_NO_CREDENTIALS = "Missing client_id or access_token URL parameter."


def bad_token(query: Mapping[str, str]) -> Reply:
    """The refusal of a request without a token that is known.

    Args:
        query: its parameters.
    """
    if query.get("access_token"):
        reason = "The access_token provided is invalid."
        return refusal("OAuthAccessTokenException", reason)
    # Access with a client_id alone is not offered.
    reason = "Missing access_token URL parameter." if query.get("client_id") else _NO_CREDENTIALS
    return refusal("OAuthParameterException", reason)


def lacks_scope(scope: str) -> Reply:
    """The refusal of a token that does not allow an operation.

    Args:
        scope: what the operation needs.
    """
    return refusal(
        "OAuthPermissionsException",
        f"This request requires scope={scope}, but this access token is not authorized with this"
        f" scope. The user must re-authorize your application with scope={scope} to be granted"
        " write permissions.",
    )


def over_limit(limit: int, used: int) -> Reply:
    """The refusal by the general limit.

    Args:
        limit: requests allowed in a window.
        used: requests in the present window.
    """
    return flat(
        "OAuthRateLimitException",
        "You have exceeded the maximum number of requests per hour. You have performed a total of"
        f" {used} requests in the last hour. Our general maximum limit is set at {limit} requests"
        " per hour.",
        code=429,
    )


def over_family_limit() -> Reply:
    """The refusal by an endpoint's limit."""
    return refusal(
        "OAuthRateLimitException",
        "The maximum number of requests per hour has been exceeded. You have made"
        f" {_FAMILY_LIMIT + 1} requests of the {_FAMILY_LIMIT} allowed in the last hour.",
        code=429,
    )


def scripted(fault: Fault, *, limit: int, used: int) -> Reply | None:
    """What a fault answers instead of carrying the request out.

    Args:
        fault: what happens.
        limit: requests allowed in a window.
        used: requests in the present window.

    Returns:
        The reply, `None` if the fault does something else.
    """
    match fault.kind:
        case "status":
            return page(fault.status) if fault.body == "html" else empty(fault.status)
        case "rate_limit":
            return over_limit(limit, max(used, limit + 1))
        case "rate_limit_meta":
            return over_family_limit()
        case "meta_error":
            # On 19 May 2015 good calls were told this for a while (reference F, 32).
            return refusal("OAuthParameterException", _NO_CREDENTIALS, status=200)
        case _:
            return None
