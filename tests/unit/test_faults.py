"""What servers report and what it becomes: every row of reference C.2."""

from __future__ import annotations

from typing import Any

import pytest

from instagram_async import (
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
from instagram_async.v1.faults import Fault, error_of, fault_in, scrub

OPERATION = "GET users/{id}"
SCOPE = (
    "This request requires scope=likes, but this access token is not authorized with this scope. "
    "The user must re-authorize your application with scope=likes to be granted "
)
NOT_PERMITTED = (
    "This client ID is not permitted to POST likes. For more info, please refer to our developer "
    "site at http://instagram.com/developer/endpoints/likes."
)
HOURLY = (
    "The maximum number of requests per hour has been exceeded. You have made 91 requests of the "
    "60 allowed in the last hour."
)
GENERAL = (
    "You have exceeded the maximum number of requests per hour. You have performed a total of "
    "5007 requests in the last hour. Our general maximum limit is set at 5000 requests per hour."
)
TOKEN, PARAMETER = "OAuthAccessTokenException", "OAuthParameterException"
FORBIDDEN, PLAIN, LIMIT = "OAuthForbiddenException", "OAuthException", "OAuthRateLimitException"
META, FLAT = True, False

# error_type, HTTP status, code in the body, envelope, words, what is raised
ROWS: tuple[tuple[str | None, int, int, bool, str, type[InstagramError]], ...] = (
    (TOKEN, 400, 400, META, "The access_token provided is invalid.", AuthenticationError),
    (PARAMETER, 400, 400, META, "The access_token provided is invalid.", AuthenticationError),
    (TOKEN, 400, 400, META, 'The "access_token" provided is invalid.', AuthenticationError),
    ("OAuthAccessTokenError", 400, 400, META, "invalid", AuthenticationError),
    (PARAMETER, 400, 400, META, "Missing client_id or access_token URL parameter.",
     AuthenticationError),
    (PARAMETER, 400, 400, META, "Missing access_token URL parameter.", AuthenticationError),
    ("OAuthClientException", 400, 400, META, "Missing client_secret URL parameter.",
     AuthenticationError),
    ("OAuthPermissionsException", 400, 400, META, SCOPE + "write permissions.",
     PermissionDeniedError),
    ("OAuthPermissionsException", 400, 400, META, SCOPE + "this permissions.",
     PermissionDeniedError),
    (None, 400, 400, META, "This client has not been approved to access this resource.",
     PermissionDeniedError),
    (LIMIT, 429, 429, META, HOURLY, RateLimitError),
    (LIMIT, 429, 429, FLAT, GENERAL, RateLimitError),
    (LIMIT, 400, 420, FLAT, GENERAL, RateLimitError),
    (FORBIDDEN, 403, 403, FLAT, "Invalid signed-request: Signature does not match",
     SignatureError),
    (FORBIDDEN, 403, 403, FLAT, "Invalid signed-request: Missing required parameter 'sig'",
     SignatureError),
    (FORBIDDEN, 403, 403, FLAT, "Implicit authentication is disabled", PermissionDeniedError),
    (PLAIN, 400, 400, FLAT, "No matching code found.", AuthenticationError),
    (PLAIN, 400, 400, FLAT, "Matching code was not found or was already used.",
     AuthenticationError),
    (PLAIN, 400, 400, FLAT, "Redirect URI does not match registered redirect URI",
     AuthenticationError),
    (PLAIN, 400, 400, FLAT, "You must provide a client_id", AuthenticationError),
    (PLAIN, 400, 400, FLAT, "Invalid scope field(s): basic", AuthenticationError),
    (PLAIN, 400, 400, FLAT, "Invalid scope: ['basic']", AuthenticationError),
    ("APINotFoundError", 400, 400, META, "this user does not exist", NotFoundError),
    ("APINotFoundError", 400, 400, META, "invalid media id", NotFoundError),
    ("APINotAllowedError", 400, 400, META, "you cannot view this resource",
     PermissionDeniedError),
    ("APINotAllowedError", 400, 400, META, "you cannot like this media", PermissionDeniedError),
    ("APINotAllowedError", 400, 400, META, "This tag cannot be viewed", PermissionDeniedError),
    ("APINotAllowedError", 400, 400, META, "This endpoint has been retired", RetiredError),
    ("APIInvalidParametersError", 400, 400, META, "Count must be larger than zero.",
     InvalidRequestError),
    ("APIError", 400, 400, META, NOT_PERMITTED, PermissionDeniedError),
    ("APIAgeGatedError", 400, 400, META, "you cannot view this resource", PermissionDeniedError),
    ("APICommentTooLongError", 400, 400, FLAT, "Your comment is too long.", InvalidRequestError),
    ("APICommentTooManyTagsError", 400, 400, FLAT, "too many", InvalidRequestError),
    ("APICommentAllCapsError", 400, 400, FLAT, "all capitals", InvalidRequestError),
    ("APISubscriptionError", 400, 400, META, "Invalid response", InvalidRequestError),
    ("no authenticated user", 400, 400, META, "'self' keyword requires an authenticated user",
     AuthenticationError),
    (None, 400, 400, META, "client request limit reached", InvalidRequestError),
)  # fmt: skip


@pytest.mark.parametrize(("error_type", "status", "code", "meta", "words", "raised"), ROWS)
def test_known_errors(
    error_type: str | None,
    status: int,
    code: int,
    meta: bool,
    words: str,
    raised: type[InstagramError],
) -> None:
    told = {"code": code, "error_type": error_type, "error_message": words}
    fault = fault_in(status, {"meta": told} if meta else told)
    assert fault == Fault(status, code, error_type, words, meta)
    error = error_of(fault, OPERATION, "likes")
    assert type(error) is raised
    assert (error.operation, error.message, error.checkpoint) == (OPERATION, words, None)
    if isinstance(error, RateLimitError):
        assert (error.status, error.family) == (status, "likes" if meta else None)
    else:
        assert isinstance(error, APIError)
        assert (error.status, error.error_type) == (status, error_type)


@pytest.mark.parametrize(
    ("status", "raised"),
    [
        (301, APIError),
        (400, InvalidRequestError),
        (401, AuthenticationError),
        (403, PermissionDeniedError),
        (404, NotFoundError),
        (410, RetiredError),
        (418, APIError),
        (429, RateLimitError),
        (500, ServerError),
        (502, ServerError),
        (503, ServerError),
        (504, ServerError),
    ],
)
@pytest.mark.parametrize("body", [None, [], "x", {}, {"data": []}, {"meta": None}])
def test_a_status_speaks_for_itself(
    status: int, raised: type[InstagramError], body: object
) -> None:
    fault = fault_in(status, body)
    assert fault == Fault(status, status, None, f"HTTP {status} without a word")
    assert type(error_of(fault, OPERATION, None)) is raised


@pytest.mark.parametrize(
    "body",
    [None, [], {}, {"data": None}, {"meta": {"code": 200}}, {"meta": {"code": 399}},
     {"meta": {"code": "400"}}, {"meta": []}, {"code": 200}, {"error_type": None},
     {"error_type": ""}, {"error_message": "a word of warning"}],
)  # fmt: skip
@pytest.mark.parametrize("status", [200, 204, 299])
def test_what_is_no_error(status: int, body: object) -> None:
    assert fault_in(status, body) is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"meta": {"code": 400}}, (400, None, True)),
        ({"meta": {"error_type": "X"}}, (200, "X", True)),
        ({"error_type": "X"}, (200, "X", False)),
        ({"code": 500, "data": []}, (500, None, False)),
        ({"error_type": ["X"], "code": "500"}, (200, "['X']", False)),
        ({"meta": {"code": 200}, "error_type": "X"}, (200, "X", False)),
    ],
)
def test_errors_behind_a_good_status(body: Any, expected: tuple[int, str | None, bool]) -> None:
    fault = fault_in(200, body)
    assert fault is not None
    assert (fault.code, fault.error_type, fault.in_meta) == expected


def test_a_code_in_the_body_may_say_more_than_the_status() -> None:
    assert type(error_of(Fault(200, 503, None, "m"), OPERATION, None)) is ServerError
    assert type(error_of(Fault(200, 429, "X", "m"), OPERATION, None)) is RateLimitError
    assert type(error_of(Fault(400, 420, None, "m"), OPERATION, None)) is RateLimitError
    assert type(error_of(Fault(400, 400, LIMIT, "m"), OPERATION, None)) is RateLimitError


def test_an_unknown_type_is_a_plain_error() -> None:
    error = error_of(Fault(400, 400, "APIMoonError", "m", in_meta=True), OPERATION, "likes")
    assert type(error) is APIError


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("see http://x/?access_token=1.a&count=3", "see http://x/?access_token=...&count=3"),
        ("client_secret=abc", "client_secret=..."),
        ("/users/self|access_token=1.a|sig=ff|count=3",
         "/users/self|access_token=...|sig=...|count=3"),
        ("code='x' code=abc,d", "code='x' code=..."),
        ("scope=likes and the access_token provided", "scope=likes and the access_token provided"),
        ("", ""),
    ],
)  # fmt: skip
def test_secrets_are_scrubbed(text: str, clean: str) -> None:
    assert scrub(text) == clean


def test_the_servers_words_are_scrubbed() -> None:
    fault = fault_in(400, {"error_type": "X", "error_message": "bad url ?access_token=CANARY"})
    assert fault is not None
    assert fault.message == "bad url ?access_token=..."


def test_words_that_are_no_text_become_text() -> None:
    fault = fault_in(400, {"error_type": "X", "error_message": {"why": "?sig=CANARY"}})
    assert fault is not None
    assert fault.message == "{'why': '?sig=...'}"
