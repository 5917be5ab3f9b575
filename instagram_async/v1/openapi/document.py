"""The OpenAPI document of v1, made from the operation table, the methods and the models: pure.

It is OpenAPI 3.1, because its schemas are JSON Schema (null as a type, `$ref` beside a
description), and because only 3.1 lets a security requirement of a key name scopes.
"""

from __future__ import annotations

from copy import deepcopy
from inspect import Parameter as Argument
from typing import Any, Literal, get_args, get_origin

from instagram_async._version import __version__
from instagram_async.v1.openapi.docstrings import in_wire_words
from instagram_async.v1.openapi.methods import Method, groups, methods, wire_name
from instagram_async.v1.openapi.replies import components, error_schemas, responses
from instagram_async.v1.openapi.schemas import Schema, schemas
from instagram_async.v1.operation import Parameter

OFFICIAL = "https://api.instagram.com/v1"
_DESCRIPTION = """\
The wire protocol of the Instagram API v1, made from the operation table of `instagram_async`.
The official host was switched off on 29 June 2020; its place is taken by servers of your own.
The protocol changed under the same name, so take unknown keys, unknown values of `type` and
missing parts as they come. Errors are told by `error_type`, not by the status."""
_FORM_NOTE = (
    "Without this Content-Type a body is read as empty. Clients also sent these parameters, and"
    " the token, in the query; servers take both."
)
_KINDS: dict[str, Schema] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "instant": {"type": "integer", "format": "int64"},
}
_LIMITS: dict[str, Schema] = {
    "count": {"minimum": 1},
    "distance": {"minimum": 1},
    "lat": {"minimum": -90, "maximum": 90},
    "lng": {"minimum": -180, "maximum": 180},
}
_NUMBER = "[0-9]+"
_FORMS = {
    "media_id": "[0-9]+(_[0-9]+)?",
    "shortcode": "[A-Za-z0-9_-]+",
    "name": "[^#\\s]+",
}
_SECURITY: dict[str, Any] = {
    "access_token": {
        "type": "apiKey",
        "in": "query",
        "name": "access_token",
        "description": "A user's token; in a POST it may stand in the form. Scopes: `basic`,"
        " always granted, `public_content`, `follower_list`, `comments`, `relationships`,"
        " `likes`. An app that enforces signed requests adds `sig`.",
    },
    "client_id": {
        "type": "apiKey",
        "in": "query",
        "name": "client_id",
        "description": "The app's id alone, on servers of before 2016.",
    },
}


def document(server_url: str = OFFICIAL) -> dict[str, Any]:
    """Make the OpenAPI document.

    Args:
        server_url: where the API is.

    Returns:
        A fresh document, ready for `json.dumps`.

    Example:
        >>> from instagram_async.v1.openapi import document
        >>> document()["paths"]["/users/{user-id}"]["get"]["operationId"]
        'user'
    """
    paths: dict[str, dict[str, Any]] = {}
    for method in methods():
        path = paths.setdefault(method.path, {})
        path[method.operation.method.lower()] = _operation(method)
    made = {
        "openapi": "3.1.0",
        "info": {
            "title": "Instagram API v1",
            "version": __version__,
            "description": _DESCRIPTION,
        },
        "servers": [{"url": server_url}],
        "tags": [
            {"name": group.name, "description": group.docstring.summary} for group in groups()
        ],
        "paths": paths,
        "components": {
            "schemas": {**schemas(), **error_schemas()},
            "securitySchemes": _SECURITY,
            **components(),
        },
    }
    return deepcopy(made)  # its parts are those of all documents


def _operation(method: Method) -> dict[str, Any]:
    operation = method.operation
    made: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [method.section],
        "summary": method.docstring.summary,
        "description": _description(method),
        "parameters": [_path_parameter(method, name) for name in operation.arguments],
        "responses": responses(method),
        "security": [{"access_token": [operation.scope]}],
    }
    if operation.public:
        made["security"].append({"client_id": []})
    if operation.deprecated:
        made["deprecated"] = True
    if operation.parameters and operation.method == "POST":
        made["requestBody"] = _form(method)
    else:
        made["parameters"] += [_query_parameter(method, one) for one in operation.parameters]
    return made


def _description(method: Method) -> str:
    operation = method.operation
    notes = [method.docstring.details] if method.docstring.details else []
    if operation.family:
        notes.append(f"Counts in the quota of writes on {operation.family} too.")
    if operation.deprecated:
        notes.append(f"Apps made since {operation.deprecated} can't use it.")
    notes.append(f"Row {operation.row} of the reference.")
    return " ".join(notes)


def _path_parameter(method: Method, argument: str) -> dict[str, Any]:
    form = _FORMS.get(argument, _NUMBER)
    if method.signature.parameters[argument].default == "self":
        form = f"self|{form}"
    return {
        "name": wire_name(argument),
        "in": "path",
        "required": True,
        "description": method.docstring.arguments.get(argument, ""),
        "schema": {"type": "string", "pattern": f"^({form})$"},
    }


def _query_parameter(method: Method, parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": _told(method, parameter),
        "schema": _value(method, parameter),
    }


def _form(method: Method) -> dict[str, Any]:
    parameters = method.operation.parameters
    properties = {
        one.name: {**_value(method, one), "description": _told(method, one)} for one in parameters
    }
    schema = {
        "type": "object",
        "required": [one.name for one in parameters if one.required],
        "properties": properties,
    }
    return {
        "required": True,
        "description": _FORM_NOTE,
        "content": {"application/x-www-form-urlencoded": {"schema": schema}},
    }


def _told(method: Method, parameter: Parameter) -> str:
    told = in_wire_words(method.docstring.arguments.get(parameter.name, ""))
    return told if parameter.documented else f"{told} Works, but was not documented."


def _value(method: Method, parameter: Parameter) -> Schema:
    argument: Argument = method.signature.parameters[parameter.name]
    schema = {**_KINDS[parameter.kind], **_LIMITS.get(parameter.name, {})}
    if parameter.required and parameter.kind == "string":
        schema["minLength"] = 1
    if get_origin(argument.annotation) is Literal:
        schema["enum"] = list(get_args(argument.annotation))
    return schema
