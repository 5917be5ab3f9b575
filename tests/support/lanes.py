"""The two lanes of decoding, each by itself."""

from __future__ import annotations

from typing import Any, NoReturn
from unittest.mock import patch

from instagram_async.errors import InstagramError
from instagram_async.paging.page import ListReply
from instagram_async.transport import Response
from instagram_async.v1 import envelope
from instagram_async.v1.envelope import Origin, page_of
from instagram_async.v1.fastlane import REFUSALS, fast
from instagram_async.v1.structure import careful, loads

ORIGIN = Origin("GET users/{id}/media/recent")
REFUSED = object()


def reply(body: bytes, status: int = 200, **headers: str) -> Response:
    return Response(status, headers, body)


def by_fast_lane(body: bytes, model: type[Any]) -> Any:
    """The model, or `REFUSED`."""
    try:
        return fast(body, model)
    except REFUSALS:
        return REFUSED


def by_careful_lane(body: bytes, model: type[Any]) -> Any:
    """The model, or the `Unreadable`, or `REFUSED` if it is no JSON."""
    try:
        parsed = loads(body)
    except (ValueError, RecursionError):
        return REFUSED
    return careful(parsed, model, model.__name__)


def page(body: bytes, model: type[Any], status: int = 200) -> ListReply[Any] | InstagramError:
    """A page as the client reads it: fast where it can, carefully where it must."""
    return page_of(model, ORIGIN, reply(body, status))


def careful_page(
    body: bytes, model: type[Any], status: int = 200
) -> ListReply[Any] | InstagramError:
    """A page as the careful lane alone reads it."""

    def refuse(body: bytes, shape: Any) -> NoReturn:
        raise ValueError("closed")

    with patch.object(envelope, "fast", refuse):
        return page_of(model, ORIGIN, reply(body, status))


def told(outcome: object) -> str:
    """All that an outcome says, as text: equal even where it holds a NaN or is an error."""
    if isinstance(outcome, InstagramError):
        return f"{type(outcome).__name__} {vars(outcome)!r}"
    assert outcome is REFUSED or not isinstance(outcome, BaseException)
    return repr(outcome)
