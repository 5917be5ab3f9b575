"""What operations answer with: envelopes, pagination, refusals (reference B and C): pure."""

from __future__ import annotations

from types import NoneType
from typing import Any

from instagram_async.models import Comment
from instagram_async.paging.cursor import PaginationKey
from instagram_async.v1 import cursors
from instagram_async.v1.openapi.methods import Method
from instagram_async.v1.openapi.schemas import Schema, nullable, reference
from instagram_async.v1.operation import Operation

_TEXT: Schema = {"type": "string"}
_JSON, _HTML = "application/json", "text/html"
_PAGINATION = {
    "next_url": "The URL of the next page. It repeats all parameters of the request, the"
    " token and an outdated `sig` among them: do not follow it, do not show it.",
    "next_max_id": "What to send as `max_id` for the next page; missing on the last one.",
    "next_max_like_id": "What to send as `max_like_id` for the next page; missing on the last one.",
    "next_cursor": "What to send as `cursor` for the next page; missing on the last one.",
    "next_max_tag_id": "What to send as `max_tag_id` for the next page; missing on the last one.",
}
# A tag's media have six keys; two of them are old names of two others.
_OF_TAGS = {
    "next_url": _PAGINATION["next_url"],
    "next_max_tag_id": _PAGINATION["next_max_tag_id"],
    "next_max_id": "The same as `next_max_tag_id`; deprecated.",
    "min_tag_id": "What to send as `min_tag_id` for what is newer than this page; missing where"
    " it is empty.",
    "next_min_id": "The same as `min_tag_id`; deprecated.",
    "deprecation_warning": "That `next_max_id` and `next_min_id` are deprecated.",
}
_QUOTA_HEADERS = {
    name: {"description": described, "schema": {"type": "integer", "minimum": 0}}
    for name, described in (
        ("X-Ratelimit-Limit", "Requests allowed in a sliding hour. Some replies lack it."),
        ("X-Ratelimit-Remaining", "How many of them are left. Some replies lack it."),
    )
}


_HEADERS = {name: {"$ref": f"#/components/headers/{name}"} for name in _QUOTA_HEADERS}
_STATUSES = {
    "400": "Refused",
    "403": "BadSignature",
    "404": "NoSuchPath",
    "429": "OverLimit",
    "5XX": "ServerFailure",
}


def responses(method: Method) -> dict[str, Any]:
    """The responses of an operation by their statuses."""
    good = {
        "description": _description(method),
        "headers": _HEADERS,
        "content": {_JSON: {"schema": _envelope(method.operation)}},
    }
    refused = {
        status: {"$ref": f"#/components/responses/{name}"} for status, name in _STATUSES.items()
    }
    return {"200": good, **refused}


def components() -> dict[str, Any]:
    """The components that `responses` refers to."""
    return {"responses": _REFUSALS, "headers": _QUOTA_HEADERS}


def error_schemas() -> dict[str, Schema]:
    """The schemas of `meta`, and of the two envelopes that an error comes in."""
    code: Schema = {"type": "integer", "description": "The HTTP status.", "examples": [400]}
    told = {
        "code": code,
        "error_type": {**_TEXT, "examples": ["APINotFoundError"]},
        "error_message": {**_TEXT, "examples": ["this user does not exist"]},
    }
    error = {
        "type": "object",
        "description": "What was wrong, at the top: signatures, the general limit, comments.",
        "required": ["code", "error_type"],
        "properties": told,
    }
    return {
        "Meta": {
            "type": "object",
            "description": "That all went well.",
            "required": ["code"],
            "properties": {"code": {**code, "examples": [200]}},
        },
        "FlatError": error,
        "MetaError": {
            "type": "object",
            "description": "What was wrong, inside `meta`.",
            "required": ["meta"],
            "properties": {"meta": {**error, "description": "What was wrong."}},
        },
    }


def pagination_keys(operation: Operation[Any]) -> tuple[str, ...]:
    """The keys of an operation's `pagination`, none if it has no such thing."""
    return tuple(_pagination(operation))


def _description(method: Method) -> str:
    if method.operation.paging is None:
        return method.docstring.returns or "It was carried out."
    return "A page of the list." if _pagination(method.operation) else "The list."


def _pagination(operation: Operation[Any]) -> dict[str, str]:
    rule = operation.paging
    if rule is cursors.MAX_TAG_ID:
        return _OF_TAGS
    if not isinstance(rule, PaginationKey) or not rule.keys:
        return {}
    return {key: _PAGINATION[key] for key in ("next_url", *rule.keys)}


def _envelope(operation: Operation[Any]) -> Schema:
    properties: Schema = {
        "meta": {"$ref": "#/components/schemas/Meta"},
        "data": _data(operation),
    }
    if keys := _pagination(operation):
        held = {key: {**_TEXT, "description": described} for key, described in keys.items()}
        properties["pagination"] = nullable(
            {
                "type": "object",
                "description": "On the last page empty, null, or without the key of the next;"
                " a page may be short, or even empty, without being the last.",
                "properties": held,
            }
        )
    return {"type": "object", "required": list(properties), "properties": properties}


def _data(operation: Operation[Any]) -> Schema:
    if operation.model is NoneType:
        return {"type": "null"}
    if operation.paging is not None:
        return {"type": "array", "items": reference(operation.model)}
    if operation.model is Comment:  # servers of 2011 answered with what was written
        return nullable(reference(Comment))
    return reference(operation.model)


def _errors(*names: str) -> Schema:
    return {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in names]}


_PAGE = {_HTML: {"schema": _TEXT}}
_REFUSALS: dict[str, Any] = {
    "Refused": {
        "description": "Refused: credentials, scope, privacy, a parameter, no such thing; there"
        " is no 401, and 404 only for paths. HTML for an id of the wrong form.",
        "headers": _HEADERS,
        "content": {_JSON: {"schema": _errors("MetaError", "FlatError")}, **_PAGE},
    },
    "BadSignature": {
        "description": "The signature is missing or wrong.",
        "content": {_JSON: {"schema": _errors("FlatError")}},
    },
    "NoSuchPath": {"description": "No such path, or a retired one.", "content": _PAGE},
    "OverLimit": {
        "description": "Over the limit of the writes of a section (inside `meta`), or over the"
        " general one (flat). Nothing says when to come back.",
        "content": {_JSON: {"schema": _errors("MetaError", "FlatError")}},
    },
    "ServerFailure": {"description": "The server failed: HTML, or nothing.", "content": _PAGE},
}
