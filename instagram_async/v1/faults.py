"""What the server reports, and the exception it becomes (reference C): pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from instagram_async.errors import (
    APIError,
    AuthenticationError,
    InstagramError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RetiredError,
    ServerError,
    SignatureError,
)


class Fault(NamedTuple):
    """A refusal before it is an exception.

    Attributes:
        status: the HTTP status.
        code: the code in the body, the status where there is none.
        error_type: the server's name of the error, `None` without a readable body.
        message: the server's words.
        in_meta: whether it came in the envelope of operations, not the flat one.
    """

    status: int
    code: int
    error_type: str | None
    message: str
    in_meta: bool = False


_SECRET = re.compile(r"(access_token|client_secret|sig|code)=[^&\s\"'\\|]+")
_BY_TYPE: tuple[tuple[str, type[APIError]], ...] = (
    ("OAuthForbidden", PermissionDeniedError),
    ("OAuthPermissions", PermissionDeniedError),
    ("OAuth", AuthenticationError),
    ("no authenticated user", AuthenticationError),
    ("APINotFound", NotFoundError),
    ("APINotAllowed", PermissionDeniedError),
    ("APIAgeGated", PermissionDeniedError),
    ("APIInvalidParameters", InvalidRequestError),
    ("APIComment", InvalidRequestError),
    ("APISubscription", InvalidRequestError),
)
_BY_WORDS: tuple[tuple[str, type[APIError]], ...] = (
    ("has been retired", RetiredError),
    ("signed-request", SignatureError),
    ("not permitted", PermissionDeniedError),
    ("has not been approved", PermissionDeniedError),
)
_LIMIT_OF_THE_APP = "client request limit"
_BY_CODE: dict[int, type[APIError]] = {
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    410: RetiredError,
}


def fault_in(status: int, body: Any) -> Fault | None:
    """Find the refusal in a reply.

    Args:
        status: the HTTP status.
        body: the parsed body, `None` if it is no JSON.

    Returns:
        The fault, or `None` if the reply is none: errors are told by the status, by the
        code in `meta` or by an `error_type` on top (reference C.1). What `meta` leaves out
        may stand on top.
    """
    top = _object(body)
    meta = _object(top.get("meta"))
    in_meta = "error_type" in meta or _code(meta) >= 400
    told = meta if in_meta else top
    error_type = told.get("error_type") or top.get("error_type")
    code = _code(told) or _code(top)
    if status < 300 and code < 400 and not error_type:
        return None
    message = told.get("error_message") or top.get("error_message")
    message = message or f"HTTP {status} without a word"
    return Fault(
        status, code or status, error_type and str(error_type), scrub(str(message)), in_meta
    )


def error_of(fault: Fault, operation: str, family: str | None) -> InstagramError:
    """Make the exception of a fault.

    Args:
        fault: what the server reports.
        operation: the call it answered.
        family: whose quota that call used besides the general one.

    Returns:
        The exception, not raised yet.
    """
    # The global limit answers flat, the limit of a family inside meta (reference C.3).
    is_the_apps = _LIMIT_OF_THE_APP in fault.message
    if (
        fault.status == 429
        or fault.code in (420, 429)
        or "RateLimit" in (fault.error_type or "")
        or is_the_apps
    ):
        whose = family if fault.in_meta and not is_the_apps else None
        return RateLimitError(fault.message, operation, whose, None, fault.status)
    return _class_of(fault)(fault.message, operation, fault.status, fault.error_type)


def scrub(text: str) -> str:
    """Text with the values of secret parameters taken out."""
    return _SECRET.sub(r"\1=...", text)


def _class_of(fault: Fault) -> type[APIError]:
    if fault.status >= 500 or fault.code >= 500:
        return ServerError
    for words, kind in _BY_WORDS:
        if words in fault.message:
            return kind
    for prefix, kind in _BY_TYPE:
        if (fault.error_type or "").startswith(prefix):
            return kind
    if fault.code == 400 and not fault.error_type:
        return InvalidRequestError
    return _BY_CODE.get(fault.code, APIError)


def _object(value: Any) -> Mapping[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _code(told: Mapping[str, Any]) -> int:
    code = told.get("code")
    return code if isinstance(code, int) else 0
