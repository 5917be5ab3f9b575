"""Errors that are a server's own words."""

from __future__ import annotations

from instagram_async.errors.calls import InstagramError


class APIError(InstagramError):
    """The server refused, and it is none of the kinds below (reference C.2).

    Attributes:
        status: the HTTP status; 0 where there is none, as when a user's browser comes
            back from OAuth with a refusal.
        error_type: the server's own name of the error, `None` if the body had none.
        message: the server's own words.

    Example:
        >>> try:
        ...     await client.user("404")
        ... except APIError as error:
        ...     print(error.status, error.error_type, error.message)
        400 APINotFoundError this user does not exist
    """

    def __init__(
        self,
        message: str = "",
        operation: str | None = None,
        status: int = 0,
        error_type: str | None = None,
    ) -> None:
        super().__init__(message, operation, status, error_type)
        self.status = status
        self.error_type = error_type

    def __str__(self) -> str:
        status = f"HTTP {self.status}" if self.status else ""
        told = ", ".join(filter(None, (status, self.error_type)))
        return f"{super().__str__()} ({told})" if told else super().__str__()


class AuthenticationError(APIError):
    """The access token is missing, wrong, expired or revoked.

    Example:
        >>> try:
        ...     await client.with_options(access_token="no.such.token").user()
        ... except AuthenticationError as error:
        ...     print(error.message)
        The access_token provided is invalid.
    """


class SignatureError(AuthenticationError):
    """The server enforces signed requests, and the signature is missing or wrong.

    Example:
        >>> from instagram_async.testing import ScriptedTransport
        >>> words = "Invalid signed-request: Missing required parameter 'sig'"
        >>> no = ScriptedTransport.refusal("OAuthForbiddenException", words, 403, flat=True)
        >>> try:
        ...     await Client("token", transport=ScriptedTransport([no])).user()
        ... except SignatureError as error:
        ...     print(error.status)  # Client(..., client_secret=..., signed=True) signs
        403
    """


class PermissionDeniedError(APIError):
    """The token's scope, the app's approval or somebody's privacy forbids it.

    Example:
        >>> from instagram_async.testing import ScriptedTransport
        >>> no = ScriptedTransport.refusal("APINotAllowedError", "you cannot view this resource")
        >>> try:
        ...     await Client("token", transport=ScriptedTransport([no])).user("9")
        ... except PermissionDeniedError as error:
        ...     print(error.message)
        you cannot view this resource
    """


class NotFoundError(APIError):
    """There is no such user, media or page, or a sandbox hides it.

    Example:
        >>> try:
        ...     await client.media("1_1")
        ... except NotFoundError as error:
        ...     print(error)
        GET media/{id}: invalid media id (HTTP 400, APINotFoundError)
    """


class InvalidRequestError(APIError):
    """The server refuses a parameter.

    Example:
        >>> try:
        ...     await client.call("GET", "media/search", lat=500, lng=0)
        ... except InvalidRequestError as error:
        ...     print(error.operation, error.status)
        GET media/search 400
    """


class RetiredError(APIError):
    """The operation was switched off.

    Example:
        >>> from instagram_async.testing import ScriptedTransport
        >>> no = ScriptedTransport.refusal("APINotAllowedError", "This endpoint has been retired")
        >>> try:
        ...     await Client("token", transport=ScriptedTransport([no])).user_feed().collect()
        ... except RetiredError as error:
        ...     print(error.operation)
        GET users/self/feed
    """


class ServerError(APIError):
    """The server failed (5xx); another attempt may succeed.

    Example:
        >>> from instagram_async.testing import ScriptedTransport
        >>> line = ScriptedTransport([Response(503, {}, b"")])
        >>> try:
        ...     await Client("token", transport=line, retry=Retry(attempts=1)).user()
        ... except ServerError as error:
        ...     print(error.status)
        503
    """
