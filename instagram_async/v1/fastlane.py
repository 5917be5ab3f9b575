"""The fast lane: msgspec builds the models straight from a reply's bytes.

msgspec has no renaming for attrs classes, and the wire's key for the author of a comment,
`from`, can't be an attribute's name. So msgspec, which reads the fields of a class once, is
shown that field under its wire name, as a second name of the same slot. Should a release of
msgspec not see it, the key is renamed in the bytes instead: slower, with the same result.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from instagram_async.models import Comment
from instagram_async.models.fields import decode_field

# An unescaped `"from"` with a colon behind it can only be a key.
_FROM = re.compile(rb'"from"(?=\s*:)')
# What a decoder raises on a body it can't read; msgspec's own are no ValueError before 0.20.
REFUSALS = (ValueError, RecursionError, msgspec.MsgspecError)
_PROBE = b'{"id":"1","created_time":"1","from":{"id":"2","username":"ann"}}'


def _teach(model: Any) -> bool:
    """Show msgspec the author under its wire name; whether it has seen it."""
    declared, kinds = model.__attrs_attrs__, model.__annotations__
    kinds["from"] = kinds["author"]
    setattr(model, "from", vars(model)["author"])
    model.__attrs_attrs__ = tuple(
        field.evolve(name="from") if field.name == "author" else field for field in declared
    )
    try:
        return _decoder(model).decode(_PROBE).author is not None
    except (AttributeError, TypeError, *REFUSALS):
        return False
    finally:
        model.__attrs_attrs__ = declared
        del kinds["from"]


@cache
def _decoder(shape: Any) -> msgspec.json.Decoder[Any]:
    """The decoder of a result type, made once."""
    return msgspec.json.Decoder(shape, strict=False, dec_hook=decode_field)


def fast(body: bytes, shape: Any) -> Any:
    """Read a whole body at once.

    Args:
        body: the bytes of a reply.
        shape: what to build: a model, or an envelope of models.

    Returns:
        What was built.

    Raises:
        REFUSALS: the fast lane refuses the body; the careful lane may not.
    """
    return _decoder(shape).decode(body if _TAUGHT else _renamed(body))


def _renamed(body: bytes) -> bytes:
    if b'"author"' in body:
        raise ValueError("the key author is not the wire's, and would be taken for from")
    return _FROM.sub(b'"author"', body)


_TAUGHT = _teach(Comment)
