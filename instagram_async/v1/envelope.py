"""From a reply's bytes to a value, or to an error as a value (reference B and C.1): pure.

Nothing here raises: an exception would take the frames with it that hold the body, and a
body holds the token (in `next_url`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar, cast

import msgspec
from attrs import field, frozen
from multidict import CIMultiDict

from instagram_async.errors import InstagramError, ResponseError
from instagram_async.paging.page import ListReply, Unreadable
from instagram_async.quota import ServerQuota
from instagram_async.transport import Response
from instagram_async.v1.fastlane import REFUSALS, fast
from instagram_async.v1.faults import error_of, fault_in, scrub
from instagram_async.v1.structure import careful, loads

_FINE = {"code": 200}
T = TypeVar("T")
D = TypeVar("D")


class Origin(NamedTuple):
    """What a reply answers.

    Attributes:
        operation: such as `GET users/{id}/media/recent`.
        family: whose quota it used besides the general one.
    """

    operation: str
    family: str | None = None


@frozen
class Reply:
    """A reply that was not decoded into models.

    Attributes:
        data: what stands under `data`: dicts, lists and scalars.
        pagination: what stands under `pagination`, without `next_url`.
        status: the HTTP status.
        headers: the reply's headers.
        quota: what they say of the quota.

    Example:
        >>> reply = await client.call("GET", "users/{}", "self")
        >>> reply.status
        200
    """

    data: Any
    pagination: Mapping[str, Any]
    status: int
    headers: Mapping[str, str] = field(repr=False)
    quota: ServerQuota


def quota_in(response: Response) -> ServerQuota:
    """What a reply's headers say of the quota (reference C.3)."""
    headers = response.headers
    return ServerQuota(
        _number(headers.get("X-Ratelimit-Limit")),
        _number(headers.get("X-Ratelimit-Remaining")),
        _pause(headers),
    )


def page_of(cls: type[T], origin: Origin, response: Response) -> ListReply[T] | InstagramError:
    """Read a page of a listing.

    Args:
        cls: the model of its items.
        origin: what is answered.
        response: the reply.

    Returns:
        The page, in which an item that can't be read keeps its place; or the error.
    """
    opened = _open(_many(cls), origin, response)
    if isinstance(opened, InstagramError):
        return opened
    items: Any = opened.data
    flawed = False
    if not opened.built:
        if not isinstance(items, list):
            return ResponseError("expected a list", origin.operation, "data", items)
        parsed = cast("Sequence[Any]", items)
        items = tuple(careful(item, cls, f"data[{at}]") for at, item in enumerate(parsed))
        flawed = any(isinstance(item, Unreadable) for item in items)
    return ListReply(items, opened.pagination, quota_in(response), flawed)


def one_of(cls: type[T], origin: Origin, response: Response) -> T | InstagramError:
    """Read a single entity.

    Args:
        cls: its model.
        origin: what is answered.
        response: the reply.

    Returns:
        The entity, or the error.
    """
    opened = _open(cls, origin, response)
    if isinstance(opened, InstagramError):
        return opened
    return _entity(opened.data if opened.built else careful(opened.data, cls, "data"), origin)


def optional_of(cls: type[T], origin: Origin, response: Response) -> T | InstagramError | None:
    """Read what may hold an entity, as a written comment of 2011 did and later ones do not.

    Args:
        cls: its model.
        origin: what is answered.
        response: the reply.

    Returns:
        The entity, `None` where `data` is null, or the error.
    """
    opened = _parse(response.body, origin, response.status)
    if isinstance(opened, InstagramError):
        return opened
    if opened.data is None:
        return None
    return _entity(careful(opened.data, cls, "data"), origin)


def nothing_of(origin: Origin, response: Response) -> InstagramError | None:
    """Read the reply to a write that answers nothing (reference B.9, 9).

    Args:
        origin: what is answered.
        response: the reply.

    Returns:
        `None`, or the error.
    """
    opened = _parse(response.body, origin, response.status)
    return opened if isinstance(opened, InstagramError) else None


def raw_of(origin: Origin, response: Response) -> Reply | InstagramError:
    """Read a reply without decoding its data.

    Args:
        origin: what is answered.
        response: the reply.

    Returns:
        The reply, or the error.
    """
    opened = _parse(response.body, origin, response.status)
    if isinstance(opened, InstagramError):
        return opened
    quota = quota_in(response)
    headers = CIMultiDict(response.headers)  # a proxy, as aiohttp has it, can't be pickled
    return Reply(opened.data, opened.pagination, response.status, headers, quota)


class _Envelope(msgspec.Struct, Generic[D], frozen=True):
    """A reply's outermost object, in both of its forms (reference B and C.1)."""

    data: D | msgspec.UnsetType = msgspec.UNSET
    meta: dict[str, Any] | None = None
    pagination: dict[str, Any] | None = None
    code: Any = None
    error_type: Any = None
    error_message: Any = None


class _Opened(NamedTuple):
    """The envelope's contents: built by the fast lane, or only parsed."""

    data: Any
    pagination: Mapping[str, Any]
    built: bool


def _open(shape: Any, origin: Origin, response: Response) -> _Opened | InstagramError:
    """Open the envelope in the fast lane, else in the careful one."""
    if response.status < 300:
        try:
            envelope: _Envelope[Any] = fast(response.body, _enveloped(shape))
        except REFUSALS:
            pass  # the careful lane may read it
        else:
            is_fine = envelope.meta == _FINE and envelope.error_type is envelope.code is None
            told = None if is_fine else msgspec.structs.asdict(envelope)
            if told and (fault := fault_in(response.status, told)):
                return error_of(fault, origin.operation, origin.family)
            if not isinstance(envelope.data, msgspec.UnsetType):
                pagination = _without_url(envelope.pagination or {})
                return _Opened(envelope.data, pagination, built=True)
    return _parse(response.body, origin, response.status)


def _parse(body: bytes, origin: Origin, status: int) -> _Opened | InstagramError:
    """Open the envelope as a parser does, whatever is in it."""
    try:
        parsed: Any = loads(body)
    except (ValueError, RecursionError):
        parsed = None
    if fault := fault_in(status, parsed):
        return error_of(fault, origin.operation, origin.family)
    envelope = cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else {}
    if "data" not in envelope:
        return _broken(origin, "the reply is no JSON object with data in it")
    pagination: Any = envelope.get("pagination") or {}
    if isinstance(pagination, str) and pagination.lower() == "null":  # as the fast lane reads it
        pagination = {}
    if not isinstance(pagination, dict):
        return _broken(origin, "pagination is no object")
    told = cast("dict[str, Any]", pagination)
    return _Opened(envelope["data"], _without_url(told), built=False)


def _entity(read: T | Unreadable, origin: Origin) -> T | ResponseError:
    if isinstance(read, Unreadable):
        return ResponseError(read.reason, origin.operation, read.path, read.raw)
    return read


@cache
def _enveloped(shape: Any) -> Any:
    return _Envelope[shape]


def _many(cls: Any) -> Any:
    return tuple[cls, ...]


def _broken(origin: Origin, reason: str) -> ResponseError:
    return ResponseError(reason, origin.operation)


def _without_url(pagination: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        key: scrub(value) if isinstance(value, str) else value
        for key, value in pagination.items()
        if not key.endswith("_url")
    }


def _number(text: str | None) -> int | None:
    digits = "" if text is None else text.strip()
    return int(digits) if digits.isdecimal() and len(digits) < 19 else None


def _pause(headers: Mapping[str, str]) -> float | None:
    """Seconds of a `Retry-After`, which may also be a date."""
    after = headers.get("Retry-After")
    seconds = _number(after)
    if after is None or seconds is not None:
        return seconds
    try:
        end, sent = parsedate_to_datetime(after), parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (end - sent).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None
