"""What servers were seen to refuse with, and what it becomes: every row of reference C.2."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from instagram_async import (
    AuthenticationError,
    InstagramError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RetiredError,
    SignatureError,
)


@frozen
class Known:
    """One refusal.

    Attributes:
        raised: the class of the exception.
        error_type: the server's name of it, `None` where none was recorded.
        words: the server's own, `None` where none were recorded.
        status: of HTTP.
        code: in the body.
        flat: whether it came without `meta`.
        ours: the local server's name of it, where none was recorded and it has one.
    """

    raised: type[InstagramError]
    error_type: str | None
    words: str | None
    status: int = 400
    code: int = 400
    flat: bool = False
    ours: str | None = None

    @property
    def message(self) -> str:
        return "some words" if self.words is None else self.words

    def body(self, *, flat: bool) -> dict[str, Any]:
        """The refusal in one of the two envelopes."""
        told = {"error_message": self.message, "code": self.code, "error_type": self.error_type}
        told = {key: value for key, value in told.items() if value is not None}
        return told if flat else {"meta": told}

    def documented(self) -> str:
        """Its row in docs/errors.md."""
        kind = f"`{self.error_type}`" if self.error_type else "not recorded"
        if self.ours is not None:
            kind += f"; the local server says `{self.ours}`"
        words = self.words.replace("|", "\\|") if self.words else "not recorded"
        code = f"{self.status}" if self.code == self.status else f"{self.status}, body {self.code}"
        envelope = "flat" if self.flat else "`meta`"
        return f"| {kind} | {code} | {envelope} | {words} | `{self.raised.__name__}` |"


_SCOPE = (
    "This request requires scope={0}, but this access token is not authorized with this scope. "
    "The user must re-authorize your application with scope={0} to be granted {1} permissions."
)
_NOT_PERMITTED = (
    "This client ID is not permitted to POST {0}. For more info, please refer to our developer "
    "site at http://instagram.com/developer/endpoints/{0}."
)
_HOURLY = (
    "The maximum number of requests per hour has been exceeded. You have made 91 requests of the "
    "60 allowed in the last hour."
)
_GENERAL = (
    "You have exceeded the maximum number of requests per hour. You have performed a total of "
    "{} requests in the last hour. Our general maximum {} is set at 5000 requests per hour."
)
_TOKEN, _PARAMETER = "OAuthAccessTokenException", "OAuthParameterException"
_SCOPES, _LIMIT = "OAuthPermissionsException", "OAuthRateLimitException"
_FORBIDDEN, _PLAIN = "OAuthForbiddenException", "OAuthException"
_MISSING, _DENIED = "APINotFoundError", "APINotAllowedError"

KNOWN = (
    Known(AuthenticationError, _TOKEN, "The access_token provided is invalid."),
    Known(AuthenticationError, _TOKEN, 'The "access_token" provided is invalid.'),
    Known(AuthenticationError, _PARAMETER, "The access_token provided is invalid."),
    Known(AuthenticationError, "OAuthAccessTokenError", None),
    Known(AuthenticationError, _PARAMETER, "Missing client_id or access_token URL parameter."),
    Known(AuthenticationError, _PARAMETER, "Missing access_token URL parameter."),
    Known(AuthenticationError, "OAuthClientException", "Missing client_secret URL parameter."),
    Known(
        AuthenticationError,
        "no authenticated user",
        "'self' keyword requires an authenticated user",
    ),
    Known(PermissionDeniedError, _SCOPES, _SCOPE.format("likes", "write")),
    Known(PermissionDeniedError, _SCOPES, _SCOPE.format("comments", "write")),
    Known(PermissionDeniedError, _SCOPES, _SCOPE.format("relationships", "write")),
    Known(PermissionDeniedError, _SCOPES, _SCOPE.format("public_content", "this")),
    Known(
        PermissionDeniedError,
        None,
        "This client has not been approved to access this resource.",
        ours=_SCOPES,
    ),
    Known(PermissionDeniedError, "APIError", _NOT_PERMITTED.format("likes")),
    Known(PermissionDeniedError, "APIError", _NOT_PERMITTED.format("comments")),
    Known(PermissionDeniedError, "APIError", _NOT_PERMITTED.format("relationships")),
    Known(PermissionDeniedError, _DENIED, "you cannot view this resource"),
    Known(PermissionDeniedError, _DENIED, "you cannot like this media"),
    Known(PermissionDeniedError, _DENIED, "This tag cannot be viewed"),
    Known(PermissionDeniedError, "APIAgeGatedError", "you cannot view this resource"),
    Known(RetiredError, _DENIED, "This endpoint has been retired"),
    Known(NotFoundError, _MISSING, "this user does not exist"),
    Known(NotFoundError, _MISSING, "invalid media id"),
    Known(InvalidRequestError, "APIInvalidParametersError", "Count must be larger than zero."),
    Known(InvalidRequestError, "APICommentTooLongError", "Your comment is too long.", flat=True),
    Known(InvalidRequestError, "APICommentTooManyTagsError", None, flat=True),
    Known(InvalidRequestError, "APICommentAllCapsError", None, flat=True),
    Known(InvalidRequestError, "APISubscriptionError", "Invalid response"),
    Known(RateLimitError, _LIMIT, _HOURLY, 429, 429),
    Known(RateLimitError, _LIMIT, _GENERAL.format(5007, "limit"), 429, 429, flat=True),
    Known(RateLimitError, _LIMIT, _GENERAL.format(5001, "request limit"), 400, 420, flat=True),
    Known(RateLimitError, None, "client request limit reached"),
    Known(
        SignatureError,
        _FORBIDDEN,
        "Invalid signed-request: Signature does not match",
        403,
        403,
        flat=True,
    ),
    Known(
        SignatureError,
        _FORBIDDEN,
        "Invalid signed-request: Missing required parameter 'sig'",
        403,
        403,
        flat=True,
    ),
    Known(
        PermissionDeniedError,
        _FORBIDDEN,
        "Implicit authentication is disabled",
        403,
        403,
        flat=True,
    ),
    *(
        Known(AuthenticationError, _PLAIN, words, flat=True)
        for words in (
            "No matching code found.",
            "Matching code was not found or was already used.",
            "Redirect URI does not match registered redirect URI",
            "You must provide a client_id",
            "Invalid scope field(s): basic",
            "Invalid scope field(s): ",
            "Invalid scope: ['basic']",
        )
    ),
)
