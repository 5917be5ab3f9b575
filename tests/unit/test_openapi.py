"""The OpenAPI document says what the operation table, the methods and the models say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from instagram_async.v1 import operations as table
from instagram_async.v1.checks import ACTIONS
from instagram_async.v1.openapi import document
from instagram_async.v1.openapi.methods import Method, methods
from instagram_async.v1.openapi.schemas import schemas
from instagram_async.v1.operation import Operation
from instagram_async.v1.operations import OPERATIONS

DOCUMENT = document()
DESCRIBED = {
    operation["operationId"]: (f"{verb.upper()} {path}", operation)
    for path, item in DOCUMENT["paths"].items()
    for verb, operation in item.items()
}
NAMES = [method.operation.name for method in methods()]


@pytest.fixture(params=methods(), ids=NAMES)
def method(request: pytest.FixtureRequest) -> Method:
    found = request.param
    assert isinstance(found, Method)
    return found


def test_the_rows_are_all_of_them_each_once() -> None:
    assert sorted(operation.row for operation in OPERATIONS) == list(range(1, 28))
    assert list(DESCRIBED) != []
    assert set(DESCRIBED) == set(NAMES)
    assert len(NAMES) == len(set(NAMES)) == 27


def test_a_row_is_in_the_document_as_it_is_in_the_table(method: Method) -> None:
    operation, (name, described) = method.operation, DESCRIBED[method.operation.name]
    generic = re.sub(r"\{[\w-]+\}", "{}", name)
    assert generic == f"{operation.method} /{operation.template}"
    assert described["tags"] == [method.section]
    assert described.get("deprecated", False) is (operation.deprecated is not None)
    credentials = [name for requirement in described["security"] for name in requirement]
    assert credentials == ["access_token", "client_id"][: 1 + operation.public]
    assert described["security"][0]["access_token"] == [operation.scope]
    assert f"Row {operation.row} " in described["description"]


def test_the_parameters_of_the_document_are_those_of_the_row(method: Method) -> None:
    operation, (name, described) = method.operation, DESCRIBED[method.operation.name]
    in_path = [one["name"] for one in described["parameters"] if one["in"] == "path"]
    assert in_path == re.findall(r"\{([\w-]+)\}", name)
    told = {one["name"]: one for one in described["parameters"] if one["in"] == "query"}
    required = {one["name"] for one in told.values() if one["required"]}
    if body := described.get("requestBody"):
        assert told == {}
        assert "query" in body["description"]
        form = body["content"]["application/x-www-form-urlencoded"]["schema"]
        told, required = form["properties"], set(form["required"])
    assert list(told) == [parameter.name for parameter in operation.parameters]
    assert required == {one.name for one in operation.parameters if one.required}
    for parameter in operation.parameters:
        is_noted = "not documented" in told[parameter.name]["description"]
        assert is_noted is not parameter.documented


def test_every_parameter_and_every_property_is_described() -> None:
    for _, described in DESCRIBED.values():
        for parameter in described["parameters"]:
            assert parameter["description"]
    for name, schema in schemas().items():
        assert schema["description"], name
        for key, held in schema["properties"].items():
            assert held["description"], f"{name}.{key}"
            assert "`None`" not in held["description"]


def test_the_actions_are_those_that_are_let_through() -> None:
    body = DESCRIBED["change_relationship"][1]["requestBody"]
    form = body["content"]["application/x-www-form-urlencoded"]["schema"]
    assert form["properties"]["action"]["enum"] == list(ACTIONS)


@pytest.mark.parametrize(
    ("operation", "keys"),
    [
        (table.USER_RECENT, {"next_url", "next_max_id"}),
        (table.USER_LIKED, {"next_url", "next_max_like_id"}),
        (table.USER_FOLLOWS, {"next_url", "next_cursor"}),
        (
            table.TAG_RECENT,
            {
                "next_url", "next_max_tag_id", "next_max_id", "min_tag_id", "next_min_id",
                "deprecation_warning",
            },
        ),
        (table.USER_SEARCH, None),
        (table.MEDIA_SEARCH, None),
        (table.USER, None),
    ],
)  # fmt: skip
def test_pagination_has_the_keys_of_its_own_operation(
    operation: Operation[Any], keys: set[str] | None
) -> None:
    envelope = envelope_of(operation)
    pagination = envelope["properties"].get("pagination")
    assert (pagination and set(pagination["properties"])) == keys
    assert ("pagination" in envelope["required"]) is (keys is not None)
    assert pagination is None or ("required" not in pagination and "null" in pagination["type"])


def test_paths_have_the_names_of_the_documentation() -> None:
    placeholders = set(re.findall(r"\{([\w-]+)\}", " ".join(DOCUMENT["paths"])))
    assert placeholders == {
        "user-id", "media-id", "comment-id", "shortcode", "tag-name", "location-id", "geo-id",
    }  # fmt: skip


def test_the_data_of_a_listing_are_a_list() -> None:
    people = {"type": "array", "items": {"$ref": "#/components/schemas/UserSummary"}}
    assert envelope_of(table.MEDIA_LIKES)["properties"]["data"] == people
    one = {"$ref": "#/components/schemas/Media"}
    assert envelope_of(table.MEDIA)["properties"]["data"] == one


def test_the_data_of_a_write_are_null() -> None:
    assert envelope_of(table.LIKE)["properties"]["data"] == {"type": "null"}
    comment = {"anyOf": [{"$ref": "#/components/schemas/Comment"}, {"type": "null"}]}
    assert envelope_of(table.CREATE_COMMENT)["properties"]["data"] == comment


def test_schemas_have_the_names_and_types_of_the_wire() -> None:
    media, place = schemas()["Media"]["properties"], schemas()["LocationInMedia"]["properties"]
    assert (media["created_time"]["type"], place["id"]["type"]) == ("string", ["integer", "null"])
    assert media["type"]["type"] == "string"
    assert media["type"]["examples"] == ["image", "video", "carousel"]
    assert media["caption"]["anyOf"][1] == {"type": "null"}
    assert schemas()["Location"]["properties"]["id"]["type"] == "string"
    assert schemas()["Tag"]["properties"]["media_count"]["type"] == "number"
    assert "author" not in schemas()["Comment"]["properties"]
    assert set(schemas()["Comment"]["required"]) == {"id", "created_time", "text"}


def test_known_values_are_those_that_docstrings_tell() -> None:
    for name, schema in schemas().items():
        for key, held in schema["properties"].items():
            for value in held.get("examples", ()) if "pattern" not in held else ():
                assert f"`{value}`" in held["description"], f"{name}.{key}"


def test_every_reference_leads_somewhere_and_everything_is_referred_to() -> None:
    used = set(references(DOCUMENT))
    kept = {
        f"#/components/{kind}/{name}"
        for kind, held in DOCUMENT["components"].items()
        for name in held
        if kind != "securitySchemes"
    }
    assert used == kept


def test_a_document_is_nobody_elses() -> None:
    before = json.dumps(document())
    spoilt = document()
    spoilt["components"]["headers"]["X-Ratelimit-Limit"]["schema"].clear()
    spoilt["components"]["schemas"]["Media"]["properties"]["created_time"]["examples"].clear()
    assert json.dumps(document()) == before


def envelope_of(operation: Operation[Any]) -> dict[str, Any]:
    good = DESCRIBED[operation.name][1]["responses"]["200"]
    schema = good["content"]["application/json"]["schema"]
    assert isinstance(schema, dict)
    return schema


def references(held: object) -> Iterator[str]:
    if isinstance(held, dict):
        if isinstance(held.get("$ref"), str):
            yield held["$ref"]
        for inner in held.values():
            yield from references(inner)
    elif isinstance(held, list):
        for inner in held:
            yield from references(inner)
