from __future__ import annotations

import pytest

from instagram_async.cli.exits import UsageError, code_of, usage
from instagram_async.errors import (
    ConnectError,
    InstagramError,
    InvalidRequestError,
    NotFoundError,
    PagingError,
    PermissionDeniedError,
    RateLimitError,
    RetiredError,
    ServerError,
    SignatureError,
    TransportError,
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (InstagramError, 1), (PagingError, 1), (InvalidRequestError, 1),
        (NotFoundError, 3), (RetiredError, 3), (PermissionDeniedError, 4), (SignatureError, 4),
        (RateLimitError, 5), (TransportError, 6), (ConnectError, 6), (ServerError, 6),
    ],
)  # fmt: skip
def test_each_kind_of_error_has_its_code(kind: type[InstagramError], code: int) -> None:
    assert code_of(kind()) == code


@pytest.mark.parametrize("kind", [ValueError, TypeError])
def test_what_is_refused_before_it_is_sent_is_a_matter_of_usage(kind: type[Exception]) -> None:
    with pytest.raises(UsageError, match="count must be") as caught, usage():
        raise kind("count must be positive")
    assert isinstance(caught.value.__cause__, kind)


def test_anything_else_is_not() -> None:
    with pytest.raises(KeyError), usage():
        raise KeyError("x")
