"""The cattrs converter: what the wire may hold for a field, and v1's own shape back.

Scalars first ask msgspec in its lax mode, which is what the fast lane uses, so that
both lanes read alike by construction; only what msgspec refuses is looked at again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
from types import NoneType
from typing import Annotated, Any, cast, get_args, get_origin

import msgspec
from attrs import NOTHING, fields, has
from cattrs.fns import identity
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf.msgspec import MsgspecJsonConverter, make_converter

from instagram_async import models
from instagram_async.models.fields import Instant, LocationId, decode_field

# What the wire always sends, even where it is null or empty (reference B.1 to B.3).
ALWAYS_SENT: dict[type[Any], set[str]] = {
    models.Media: {
        "attribution", "caption", "comments", "filter", "likes", "link", "location", "tags",
        "type", "users_in_photo",
    },
    models.CarouselItem: {"type", "users_in_photo"},
    models.Comments: {"count"},
    models.Likes: {"count"},
    models.Comment: {"text"},
    models.Tag: {"media_count"},
    models.Counts: {"media", "followed_by", "follows"},
    models.User: {"bio", "website", "full_name"},
    models.UserSummary: {"full_name"},
    models.Rendition: {"width", "height"},
}  # fmt: skip
"""By model, besides the fields that the model itself requires."""


@cache
def converter() -> MsgspecJsonConverter:
    """The one converter of the protocol, built when it is first asked for."""
    made = make_converter()
    # Scalars go first: cattrs binds the hooks that exist when a class is first met.
    for kind in (str, int, float, bool):
        made.register_structure_hook(kind, _scalar)
    made.register_structure_hook_func(lambda kind: kind is LocationId or kind == Instant, _scalar)
    made.register_structure_hook_factory(_is_optional, partial(_optional, made))
    made.register_structure_hook_factory(_is_tuple, partial(_tuple, made))
    made.register_structure_hook_factory(has, partial(_entity, made))
    made.register_unstructure_hook(float, _number)
    made.register_unstructure_hook(datetime, lambda moment: str(int(moment.timestamp())))
    made.register_unstructure_hook_factory(_is_optional, partial(_maybe, made))
    made.register_unstructure_hook_factory(has, partial(_wire, made))
    made.register_unstructure_hook_factory(_is_tuple, partial(_list, made))
    made.register_unstructure_hook(models.Comments, _sampled(made, models.Comment))
    made.register_unstructure_hook(models.Likes, _sampled(made, models.UserSummary))
    made.register_unstructure_hook(models.Media, _wire_media(made))
    return made


def _scalar(value: object, kind: Any) -> Any:
    hook = decode_field if kind is LocationId else None
    try:
        return msgspec.convert(value, kind, strict=False, dec_hook=hook)
    except msgspec.ValidationError:
        if kind is str and type(value) is int:  # ids of the 2011 servers
            return str(value)
        if kind is int and isinstance(value, float) and math.isfinite(value):  # reference B.6
            return int(value)
    wanted = getattr(kind, "__name__", str(kind)) if kind != Instant else "epoch seconds"
    raise TypeError(f"expected {wanted}, got {value!r:.80}")


def _number(value: float) -> float | str:
    # JSON has no word for the others; as text they are read as what they are.
    return value if math.isfinite(value) else str(value)


def _is_optional(kind: Any) -> bool:
    return NoneType in get_args(kind) and get_origin(kind) is not Annotated


def _optional(made: MsgspecJsonConverter, kind: Any) -> Callable[[object, Any], Any]:
    (inner,) = (arg for arg in get_args(kind) if arg is not NoneType)
    read = made.get_structure_hook(inner)
    is_text = inner is str or inner is LocationId

    def optional(value: object, _: Any) -> Any:
        if isinstance(value, str) and not is_text and value.lower() == "null":  # as msgspec does
            return None
        return read(value, inner)

    return optional


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _tuple(made: MsgspecJsonConverter, kind: Any) -> Callable[[object, Any], Any]:
    read_list = made.get_structure_hook(items_of := list[get_args(kind)[0]])  # type: ignore[misc]

    def items(value: object, _: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise TypeError(f"expected a list, got {value!r:.80}")
        return tuple(read_list(value, items_of))

    return items


def _list(made: MsgspecJsonConverter, kind: Any) -> Callable[[tuple[Any, ...]], list[Any]]:
    write = made.get_unstructure_hook(get_args(kind)[0])
    return lambda items: [write(item) for item in items]


def _entity(made: MsgspecJsonConverter, cls: type[Any]) -> Callable[[object, Any], Any]:
    renames: Any = {"author": override(rename="from")} if cls is models.Comment else {}
    read = make_dict_structure_fn(cls, made, **renames)

    def entity(value: object, _: Any) -> Any:
        if not isinstance(value, Mapping):
            raise TypeError(f"expected an object, got {value!r:.80}")
        # A null stands for the default; a required field is then reported as missing.
        given = cast("Mapping[str, Any]", value)
        return read({key: held for key, held in given.items() if held is not None}, cls)

    return entity


def _maybe(made: MsgspecJsonConverter, kind: Any) -> Callable[[Any], Any]:
    (inner,) = (arg for arg in get_args(kind) if arg is not NoneType)
    write = made.get_unstructure_hook(inner)
    if write is identity:  # cattrs calls none then
        return identity
    return lambda value: None if value is None else write(value)


def _wire(made: MsgspecJsonConverter, cls: type[Any]) -> Callable[[Any], dict[str, Any]]:
    always = ALWAYS_SENT.get(cls, set())
    overrides: dict[str, Any] = {
        field.name: override(
            rename="from" if field.name == "author" else None,
            omit_if_default=field.default is not NOTHING and field.name not in always,
        )
        for field in fields(cls)
    }
    write: Callable[[Any], dict[str, Any]] = make_dict_unstructure_fn(cls, made, **overrides)
    return write


def _sampled(made: MsgspecJsonConverter, kind: Any) -> Callable[[Any], dict[str, Any]]:
    write = made.get_unstructure_hook(kind)

    def sampled(sample: models.Comments | models.Likes) -> dict[str, Any]:
        wire: dict[str, Any] = {"count": sample.count}
        if sample.data or not sample.count:  # an app of after 2015 gets the count alone
            wire["data"] = [write(item) for item in sample.data]
        return wire

    return sampled


def _wire_media(made: MsgspecJsonConverter) -> Callable[[models.Media], dict[str, Any]]:
    write = _wire(made, models.Media)

    def media(value: models.Media) -> dict[str, Any]:
        wire = write(value)
        place: dict[str, Any] = wire["location"] or {}
        number: str = place.get("id", "")
        if number.isdecimal() and len(number) < 20:  # a number inside media, reference B.4
            place["id"] = int(number)
        return wire

    return media
