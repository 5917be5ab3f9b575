"""What servers report and what it becomes (reference C)."""

from __future__ import annotations

from pathlib import Path
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
    Response,
    ResponseError,
    RetiredError,
    ServerError,
)
from instagram_async.v1.envelope import Origin, raw_of
from instagram_async.v1.faults import Fault, error_of, fault_in, scrub
from tests.support.known_errors import KNOWN, Known

OPERATION = "GET users/{id}"
PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
LIMIT = "OAuthRateLimitException"


@pytest.mark.parametrize("flat", [False, True], ids=["meta", "flat"])
@pytest.mark.parametrize("known", KNOWN, ids=lambda known: f"{known.error_type}-{known.words}")
def test_known_errors(known: Known, flat: bool) -> None:
    fault = fault_in(known.status, known.body(flat=flat))
    assert fault == Fault(known.status, known.code, known.error_type, known.message, not flat)
    error = error_of(fault, OPERATION, "likes")
    assert type(error) is known.raised
    assert (error.operation, error.message, error.checkpoint) == (OPERATION, known.message, None)
    if isinstance(error, RateLimitError):
        is_of_the_family = not flat and known.error_type is not None
        assert (error.status, error.family) == (
            known.status,
            "likes" if is_of_the_family else None,
        )
    else:
        assert isinstance(error, APIError)
        assert (error.status, error.error_type) == (known.status, known.error_type)


def test_the_documented_table_is_this_one() -> None:
    rows = PAGE.read_text(encoding="utf-8").splitlines()
    begin = rows.index("| `error_type` | HTTP | envelope | the server's words | raised |")
    end = rows.index("", begin)
    assert rows[begin + 2 : end] == [known.documented() for known in KNOWN]


BALANCER = "<html><body><h1>{}</h1>\n{}\n</body></html>\n"
INCOMPLETE = "The server returned an invalid or incomplete response."
BUSY = "No server is available to handle this request."
# Reference C.4, and what gateways say.
NO_JSON: tuple[tuple[int, str, type[InstagramError]], ...] = (
    (502, BALANCER.format("502 Bad Gateway", INCOMPLETE), ServerError),
    (503, BALANCER.format("503 Service Unavailable", BUSY), ServerError),
    (504, "<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n", ServerError),
    (500, "", ServerError),
    (500, "<h1>Server Error (500)</h1>", ServerError),
    (404, "<!DOCTYPE html>\n<html><title>Page Not Found</title></html>", NotFoundError),
    (404, "", NotFoundError),
    (400, "<h1>Bad Request (400)</h1>", InvalidRequestError),
    (400, "", InvalidRequestError),
    (403, "<html>Forbidden</html>", PermissionDeniedError),
    (410, "", RetiredError),
    (420, "Enhance Your Calm", RateLimitError),
    (429, "<html>Too Many Requests</html>", RateLimitError),
    (302, "", APIError),
    (200, "", ResponseError),
    (200, "<html>Welcome</html>", ResponseError),
    (200, '{"meta":{"code":200},"data":[{"id"', ResponseError),
    (204, "", ResponseError),
)  # fmt: skip


@pytest.mark.parametrize(("status", "body", "raised"), NO_JSON)
def test_bodies_that_are_no_json(status: int, body: str, raised: type[InstagramError]) -> None:
    error = raw_of(Origin(OPERATION, "likes"), Response(status, {}, body.encode()))
    assert type(error) is raised
    assert error.operation == OPERATION
    if isinstance(error, ResponseError):
        assert error.message == "the reply is no JSON object with data in it"
        return
    assert error.message == f"HTTP {status} without a word"
    assert isinstance(error, APIError | RateLimitError)
    assert error.status == status
    assert getattr(error, "error_type", None) is None
    assert getattr(error, "family", None) is None


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
        (420, RateLimitError),
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
        ({"meta": {"code": 400}, "error_type": "X"}, (400, "X", True)),
        ({"meta": {"error_type": "X"}, "code": 404}, (404, "X", True)),
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


@pytest.mark.parametrize(
    ("code", "raised"),
    [
        (400, APIError),
        (401, AuthenticationError),
        (403, PermissionDeniedError),
        (404, NotFoundError),
        (410, RetiredError),
        (418, APIError),
    ],
)
@pytest.mark.parametrize("in_meta", [True, False])
def test_of_an_unknown_type_the_code_speaks(
    code: int, raised: type[InstagramError], in_meta: bool
) -> None:
    for status in (200, code):
        error = error_of(Fault(status, code, "APIMoonError", "m", in_meta), OPERATION, "likes")
        assert type(error) is raised


@pytest.mark.parametrize("status", [400, 403, 404, 410])
@pytest.mark.parametrize("error_type", ["APINotAllowedError", "APINotFoundError", "X", None])
def test_what_was_retired_is_told_by_its_words(status: int, error_type: str | None) -> None:
    fault = Fault(status, status, error_type, "This endpoint has been retired", in_meta=True)
    assert type(error_of(fault, OPERATION, None)) is RetiredError


def test_words_may_stand_outside_of_meta() -> None:
    fault = fault_in(400, {"meta": {"code": 400}, "error_type": "X", "error_message": "no"})
    assert fault == Fault(400, 400, "X", "no", in_meta=True)


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
