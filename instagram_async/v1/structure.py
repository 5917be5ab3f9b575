"""Bytes and wire shapes to models, and back.

Two lanes, one result. The fast lane lets msgspec build the models straight from the
bytes. What it refuses goes through the careful lane: bytes that are not UTF-8, lone
surrogates, and then the converter, item by item, with all that the wire really does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, TypeVar, cast

from instagram_async.errors import ResponseError
from instagram_async.paging.page import Unreadable
from instagram_async.v1.fastlane import REFUSALS, fast

T = TypeVar("T")


def loads(body: bytes) -> Any:
    """Parse what may not be UTF-8 and may hold lone surrogates.

    Raises:
        ValueError: it is not JSON.
        RecursionError: it is nested too deeply.
    """
    return json.loads(body.decode("utf-8", "replace"), parse_int=_whole, parse_constant=_refuse)


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < 4300 else float(digits)  # as long as Python reads


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def careful(value: object, cls: type[T], path: str) -> T | Unreadable:
    """Read one parsed value.

    Args:
        value: what the JSON parser gave.
        cls: the model to build.
        path: where the value stands in its reply.

    Returns:
        The model, or where and why it can't be built.
    """
    from cattrs import BaseValidationError, transform_error  # noqa: PLC0415 - most never need it

    from instagram_async.v1.converter import converter  # noqa: PLC0415

    try:
        return converter().structure(value, cls)
    except BaseValidationError as error:
        reason, _, where = transform_error(error, path, _reason)[0].rpartition(" @ ")
        return Unreadable(where.replace(".author", ".from"), reason, value)
    except (TypeError, ValueError, RecursionError) as error:
        return Unreadable(path, str(error), value)


def _reason(error: BaseException, _: type | None) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def structure(data: bytes | str | Mapping[str, Any] | Sequence[Any], cls: type[T]) -> T:
    """Build a model from v1's wire shape.

    Args:
        data: JSON text or bytes, or what a JSON parser makes of them.
        cls: the model to build, such as `Media`.

    Returns:
        The model. Unknown keys are ignored, keys that are missing or null take their
        defaults (reference B and I).

    Raises:
        ResponseError: the data is no JSON, or is not of that shape; then `path` says where
            and `raw` holds the data.

    Example:
        >>> from instagram_async import Tag, structure
        >>> structure({"name": "snow", "media_count": 38925656.0}, Tag).media_count
        38925656
    """
    try:
        body = _as_bytes(data)
    except (TypeError, ValueError, RecursionError) as error:
        raise ResponseError(f"not JSON: {error}") from None
    try:
        return cast("T", fast(body, cls))
    except REFUSALS:
        pass
    try:
        value = loads(body)
    except (ValueError, RecursionError) as error:
        reason = str(error)
    else:
        result = careful(value, cls, getattr(cls, "__name__", str(cls)))
        if not isinstance(result, Unreadable):
            return result
        raise ResponseError(result.reason, path=result.path, raw=result.raw)
    raise ResponseError(f"not JSON: {reason}")


def _as_bytes(data: object) -> bytes:
    if isinstance(data, bytes):
        return data
    text = data if isinstance(data, str) else json.dumps(data, default=dict)
    return text.encode("utf-8", "surrogatepass")


def unstructure(model: Any) -> Any:
    """Give a model, or a list of models, the shape that v1 sends.

    Args:
        model: any model of this package, or a sequence of them.

    Returns:
        Dicts, lists and scalars ready for `json.dumps`: instants are text of epoch
        seconds, the author of a comment stands under `from`, the id of a location is a
        number inside media and text elsewhere (reference B). Keys that the wire leaves
        out where there is nothing to say are left out. A number that JSON has no word for,
        such as infinity, is text, which `structure` reads as that number.

    Example:
        >>> from instagram_async import Tag, unstructure
        >>> unstructure(Tag(name="snow", media_count=3))
        {'name': 'snow', 'media_count': 3}
    """
    from instagram_async.v1.converter import converter  # noqa: PLC0415 - most never need it

    return converter().unstructure(model)
