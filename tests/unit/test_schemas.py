"""The schemas of the OpenAPI document hold what models write and what servers sent."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator

from instagram_async import Comment, Location, Media, Tag, UserSummary, unstructure
from instagram_async.v1.openapi import document
from tests.support import strategies
from tests.support.fixtures import Recorded, Refusal, own, refusals, shared

# Parts were taken out by hand, or it is a document that shows them.
TRIMMED = r"raml__|urakozz__usersSelfFeed|jinstagram__|_doc\.|/carousel_2017"
# Before 2015 there was less in them.
OLD = r"_201[0-4]\.|python-instagram__|ruby-gem__|thinkup__"
RECENT = [one for one in own() + shared() if not re.search(f"{TRIMMED}|{OLD}", one.name)]


@cache
def contract() -> dict[str, Any]:
    return document()


@cache
def validator(name: str) -> jsonschema_rs.Draft202012Validator:
    """Of a model, by its name, or of the reply to an operation."""
    schema = {"$ref": f"#/components/schemas/{name}"}
    for path in contract()["paths"].values():
        for operation in path.values():
            if operation["operationId"] == name:
                schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return jsonschema_rs.Draft202012Validator({**schema, "components": contract()["components"]})


def complaints(name: str, value: object) -> set[str]:
    errors = validator(name).iter_errors(value)
    return {f"{'.'.join(map(str, one.instance_path))}: {one.message}" for one in errors}


def test_the_document_is_a_valid_one() -> None:
    errors = OpenAPIV31SpecValidator(document()).iter_errors()
    assert [error.message for error in errors] == []


@pytest.mark.parametrize("recorded", RECENT, ids=lambda one: one.name)
def test_a_reply_of_2015_or_later_is_as_described(recorded: Recorded) -> None:
    for operation in recorded.operations:
        assert complaints(operation.name, json.loads(recorded.body)) == set()


@pytest.mark.parametrize("refusal", refusals(), ids=lambda one: one.name)
def test_a_refusal_is_as_described(refusal: Refusal) -> None:
    status = f"{refusal.status // 100}XX" if refusal.status >= 500 else str(refusal.status)
    answers = contract()["paths"]["/users/search"]["get"]["responses"]
    name = answers[status]["$ref"].rpartition("/")[2]
    content = contract()["components"]["responses"][name]["content"]
    if refusal.name.endswith(".html"):
        assert "text/html" in content
        return
    choices = [
        one["$ref"].rpartition("/")[2] for one in content["application/json"]["schema"]["anyOf"]
    ]
    told = json.loads(refusal.body)
    assert set() in [complaints(choice, told) for choice in choices]
    # One envelope is never taken for the other.
    assert len(choices) == 1 or any(complaints(choice, told) for choice in choices)


@given(st.data())
@pytest.mark.parametrize("model", strategies.MODELS, ids=lambda model: model.__name__)
def test_what_a_model_writes_is_as_described(model: type[Any], data: st.DataObject) -> None:
    entity = data.draw(strategies.MODELS[model].filter(has_usual_place))
    assert complaints(model.__name__, unstructure(entity)) == set()


def has_usual_place(entity: Any) -> bool:
    """Whether the number of a media's place is one that servers have."""
    place = entity.location if isinstance(entity, Media) else None
    return place is None or place.id is None or len(place.id) < 20


@pytest.mark.parametrize(
    ("model", "spoilt"),
    [
        (Tag, {"name": "snow"}),
        (Tag, {"name": "snow", "media_count": "3"}),
        (Comment, {"id": "7", "created_time": 1442059200, "text": ""}),
        (Comment, {"id": "7", "created_time": "yesterday", "text": ""}),
        (Location, {"id": 7}),
        (UserSummary, {"id": 9, "username": "ann", "full_name": ""}),
    ],
)
def test_what_the_wire_never_holds_is_refused(model: type[Any], spoilt: dict[str, Any]) -> None:
    assert len(complaints(model.__name__, spoilt)) == 1
