"""The error tree: what is what, what it says, and that it survives pickling."""

from __future__ import annotations

import inspect
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest

from instagram_async import errors
from instagram_async.errors import (
    APIError,
    AuthenticationError,
    ClientClosedError,
    ConnectError,
    DownloadError,
    InstagramError,
    InvalidRequestError,
    NotFoundError,
    PagingError,
    PermissionDeniedError,
    QuotaStoreError,
    RateLimitError,
    ResponseError,
    RetiredError,
    ServerError,
    SignatureError,
    TransportError,
    UncertainWriteError,
)

OPERATION = "GET users/{id}"
MOMENT = datetime(2015, 9, 10, tzinfo=UTC)
PARENTS: dict[type[InstagramError], type[Exception]] = {
    InstagramError: Exception,
    ClientClosedError: InstagramError,
    TransportError: InstagramError,
    ConnectError: TransportError,
    ResponseError: InstagramError,
    QuotaStoreError: InstagramError,
    RateLimitError: InstagramError,
    APIError: InstagramError,
    AuthenticationError: APIError,
    SignatureError: AuthenticationError,
    PermissionDeniedError: APIError,
    NotFoundError: APIError,
    InvalidRequestError: APIError,
    RetiredError: APIError,
    ServerError: APIError,
    PagingError: InstagramError,
    UncertainWriteError: InstagramError,
    DownloadError: InstagramError,
}
EXTRAS: dict[type[InstagramError], tuple[Any, ...]] = {
    ResponseError: ("data[3].user", {"id": 7}),
    RateLimitError: ("likes", MOMENT, 429),
    PagingError: ("cycle",),
    DownloadError: ("gone", 404),
}


def built(kind: type[InstagramError]) -> InstagramError:
    api = (400, "APINotFoundError") if issubclass(kind, APIError) else ()
    return kind("it broke", OPERATION, *EXTRAS.get(kind, api))


every_error = pytest.mark.parametrize("kind", PARENTS, ids=lambda kind: kind.__name__)


def test_the_tree_is_whole() -> None:
    classes = {each for _, each in inspect.getmembers(errors, inspect.isclass)}
    assert {each for each in classes if issubclass(each, Exception)} == set(PARENTS)
    assert all(each.__name__ in (errors.__doc__ or "") for each in PARENTS)


@every_error
def test_parents(kind: type[InstagramError]) -> None:
    assert kind.__bases__ == (PARENTS[kind],)


@every_error
def test_pickled_and_unpickled(kind: type[InstagramError]) -> None:
    error = built(kind)
    error.checkpoint = "place"
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert vars(again) == vars(error)
    assert (again.operation, again.checkpoint) == (OPERATION, "place")
    assert str(again) == str(error)
    extras = error.args[2:]
    assert again.args == ("it broke", OPERATION, *extras)
    assert list(vars(error).values()) == ["it broke", OPERATION, "place", *extras]


@every_error
def test_every_argument_may_be_left_out(kind: type[InstagramError]) -> None:
    error = kind()
    assert (error.message, error.operation, error.checkpoint) == ("", None, None)
    assert vars(pickle.loads(pickle.dumps(error))) == vars(error)


@every_error
def test_it_says_what_happened_and_where(kind: type[InstagramError]) -> None:
    assert str(built(kind)).startswith("GET users/{id}: it broke")
    assert str(kind("it broke")).startswith("it broke")


def test_what_some_say_besides() -> None:
    assert str(built(NotFoundError)).endswith("it broke (HTTP 400, APINotFoundError)")
    assert str(ServerError("it broke", OPERATION, 502)).endswith("it broke (HTTP 502)")
    refused = PermissionDeniedError("it broke", OPERATION, 0, "access_denied")
    assert str(refused).endswith("it broke (access_denied)")
    assert str(APIError("it broke")) == "it broke"
    assert str(built(ResponseError)).endswith("it broke at data[3].user")
    assert str(ResponseError("it broke")) == "it broke"


def test_what_they_carry() -> None:
    response, limit, paging = built(ResponseError), built(RateLimitError), built(PagingError)
    assert isinstance(response, ResponseError)
    assert (response.path, response.raw) == ("data[3].user", {"id": 7})
    assert isinstance(limit, RateLimitError)
    assert (limit.family, limit.retry_at, limit.status) == ("likes", MOMENT, 429)
    assert isinstance(paging, PagingError)
    assert paging.kind == "cycle"
    lost = built(DownloadError)
    assert isinstance(lost, DownloadError)
    assert (lost.kind, lost.status) == ("gone", 404)
    refused = built(SignatureError)
    assert isinstance(refused, APIError)
    assert (refused.status, refused.error_type) == (400, "APINotFoundError")
