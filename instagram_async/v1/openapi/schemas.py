"""Models to JSON Schema, in the names and types of the wire (reference B): pure."""

from __future__ import annotations

from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from instagram_async import models
from instagram_async.models.fields import Instant, LocationId
from instagram_async.v1.converter import ALWAYS_SENT
from instagram_async.v1.openapi.docstrings import in_wire_words, parsed

Schema = dict[str, Any]

_MODELS: tuple[type[Any], ...] = (
    models.User, models.Counts, models.UserSummary, models.Media, models.Images, models.Videos,
    models.Rendition, models.CarouselItem, models.Comments, models.Likes, models.UserInPhoto,
    models.TaggedUser, models.Position, models.Attribution, models.Comment, models.Location,
    models.Tag, models.Relationship,
)  # fmt: skip
_SCALARS: dict[Any, Schema] = {
    str: {"type": "string"},
    LocationId: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
}
_EPOCH_SECONDS: Schema = {"type": "string", "pattern": "^-?[0-9]+$", "examples": ["1442059200"]}
_PLACE_IN_MEDIA = "LocationInMedia"

# What the wire holds in place of what the model says.
_OF_THE_WIRE: dict[tuple[type[Any], str], Schema] = {
    (models.Media, "location"): {"$ref": f"#/components/schemas/{_PLACE_IN_MEDIA}"},
    (models.Tag, "media_count"): {"type": "number"},  # some servers send 38925656.0
}
# What the wire sends as null; what else there is nothing to say about it leaves out.
_NULLABLE: dict[type[Any], set[str]] = {
    models.Media: {
        "attribution", "caption", "filter", "link", "location", "users_in_photo",
    },
}  # fmt: skip
# Open enums: the values known so far.
_KNOWN: dict[tuple[type[Any], str], list[str]] = {
    (models.Media, "type"): ["image", "video", "carousel"],
    (models.CarouselItem, "type"): ["image", "video"],
    (models.Relationship, "outgoing_status"): ["follows", "requested", "none"],
    (models.Relationship, "incoming_status"): [
        "followed_by", "requested_by", "blocked_by_you", "none",
    ],
}  # fmt: skip


def reference(model: type[Any]) -> Schema:
    """A reference to the schema of a model."""
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def schemas() -> dict[str, Schema]:
    """The schemas of all models by their names.

    They let unknown keys pass. What they require is what models do, and what the wire
    has always sent since 2013.
    """
    made = {model.__name__: _schema(model) for model in _MODELS}
    made[_PLACE_IN_MEDIA] = _in_media(made["Location"])
    return dict(sorted(made.items()))


def nullable(schema: Schema) -> Schema:
    """A schema that lets null pass too."""
    if "type" in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _schema(model: type[Any]) -> Schema:
    hints = get_type_hints(model, include_extras=True)
    told = parsed(model.__doc__)
    properties: dict[str, Schema] = {}
    required: list[str] = []
    for field in fields(model):
        key = "from" if field.name == "author" else field.name
        properties[key] = _property(model, field.name, hints[field.name])
        properties[key]["description"] = in_wire_words(told.attributes.get(field.name, ""))
        if field.default is NOTHING or field.name in ALWAYS_SENT.get(model, ()):
            required.append(key)
    schema: Schema = {"type": "object", "description": told.summary, "properties": properties}
    return {**schema, "required": required} if required else schema


def _property(model: type[Any], name: str, hint: Any) -> Schema:
    made = {**_OF_THE_WIRE.get((model, name), _of(hint))}
    if known := _KNOWN.get((model, name)):
        made["examples"] = known
    return nullable(made) if name in _NULLABLE.get(model, ()) else made


def _of(hint: Any) -> Schema:
    if hint == Instant:
        return _EPOCH_SECONDS
    if hint in _SCALARS:
        return _SCALARS[hint]
    if has(hint):
        return reference(hint)
    inner = next(arg for arg in get_args(hint) if arg is not NoneType)
    return {"type": "array", "items": _of(inner)} if get_origin(hint) is tuple else _of(inner)


def _in_media(location: Schema) -> Schema:
    """A place inside media: its id is a number, and any part may be missing (B.4)."""
    parts = {
        key: nullable({**part, "type": "integer"} if key == "id" else part)
        for key, part in location["properties"].items()
    }
    parts["id"]["description"] = "A number here, text elsewhere."
    return {
        **location,
        "description": "A place as media show it: any part of it may be missing.",
        "properties": parts,
    }
