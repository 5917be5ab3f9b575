"""The OpenAPI document beside the unofficial one of 2015, where that is at hand.

Differences are listed, each with its reason: mostly the number that it has among the
mistakes of that document (reference B.9).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
import yaml

from instagram_async.v1.openapi import document
from tests.support.fixtures import SHARED

SPEC = SHARED.parent / "reference" / "openapi-v1.yaml"


class Told(NamedTuple):
    """What a document says of a parameter."""

    where: str
    type: str
    required: bool
    choices: tuple[str, ...] = ()


Parameters = dict[tuple[str, str, str], Told]

# Parameters that work and that the other document lacks: number 8.
MISSING_THERE = {
    ("GET", "/users/{user-id}/follows", "count"),
    ("GET", "/users/{user-id}/follows", "cursor"),
    ("GET", "/users/{user-id}/followed-by", "count"),
    ("GET", "/users/{user-id}/followed-by", "cursor"),
    ("GET", "/locations/{location-id}/media/recent", "count"),
    ("GET", "/locations/search", "count"),
    ("GET", "/media/search", "count"),
    ("GET", "/media/popular", "count"),
    ("GET", "/tags/search", "count"),
}
# What clients sent in the form and that document has in the query: number 13.
IN_THE_FORM_HERE = {
    ("POST", "/media/{media-id}/comments", "text"),
    ("POST", "/users/{user-id}/relationship", "action"),
}
SCHEMAS = {
    "CaptionData": "Comment",
    "CommentEntry": "Comment",
    "CommentsCollection": "Comments",
    "ImageInfo": "Rendition",
    "ImagesData": "Images",
    "LikesCollection": "Likes",
    "LocationInfo": "Location",
    "MediaEntry": "Media",
    "MetaData": "Meta",
    "Position": "Position",
    "RelationshipInfo": "Relationship",
    "TagInfo": "Tag",
    "UserCounts": "Counts",
    "UserInPhoto": "UserInPhoto",
    "UserInfo": "User",
    "UserShortInfo": "UserSummary",
    "VideosData": "Videos",
}
# Properties that are otherwise on the wire: theirs, ours, and why.
OTHERWISE_HERE: dict[tuple[str, str], tuple[str | None, str, str]] = {
    ("MediaEntry", "attribution"): ("string", "Attribution or null", "B.9, 1"),
    ("MediaEntry", "location"): ("Location", "LocationInMedia or null", "B.9, 2 and 15"),
    ("MediaEntry", "caption"): ("Comment", "Comment or null", "B.9, 15"),
    ("MediaEntry", "carousel_media"): (None, "array of CarouselItem", "B.9, 5"),
    ("MediaEntry", "distance"): (None, "number", "B.9, 5"),
    ("MediaEntry", "filter"): ("string", "string or null", "null in 2011, B.1"),
    ("MediaEntry", "link"): ("string", "string or null", "null in 2011, B.1"),
    ("MediaEntry", "users_in_photo"): (
        "array of UserInPhoto",
        "array of UserInPhoto or null",
        "null for some videos, B.1",
    ),
    ("TagInfo", "media_count"): ("integer", "number", "B.9, 6"),
    ("UserInPhoto", "user"): ("UserSummary", "TaggedUser", "a name alone in 2017, B.2"),
    ("UserInfo", "is_business"): (None, "boolean", "B.9, 5"),
    ("VideosData", "low_bandwidth"): (None, "Rendition", "B.9, 5"),
}
# Values that the other document does not know.
MORE_VALUES_HERE = {
    ("MediaEntry", "type"): ({"carousel"}, "B.9, 5"),
    ("RelationshipInfo", "incoming_status"): ({"blocked_by_you"}, "B.9, 7"),
}
# What replies hold, where it differs: theirs, ours, and why.
REPLIES = {
    ("GET", "/users/self/media/liked"): (
        {"next_url", "next_max_id"}, {"next_url", "next_max_like_id"}, "B.9, 4",
    ),
    ("POST", "/media/{media-id}/comments"): ("string", "Comment or null", "B.9, 9"),
    ("DELETE", "/media/{media-id}/comments/{comment-id}"): ("string", "null", "B.9, 9"),
    ("POST", "/media/{media-id}/likes"): ("string", "null", "B.9, 9"),
    ("DELETE", "/media/{media-id}/likes"): ("string", "null", "B.9, 9"),
    ("POST", "/users/{user-id}/relationship"): (
        "RelationshipStatus", "Relationship", "one model for both replies, B.7",
    ),
}  # fmt: skip


@pytest.fixture
def theirs() -> dict[str, Any]:
    loaded = yaml.safe_load(SPEC.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def in_version_2(spec: dict[str, Any]) -> Parameters:
    return {
        (verb.upper(), path, one["name"]): Told(
            one["in"], one["type"], one["required"], tuple(one.get("enum", ()))
        )
        for path, item in spec["paths"].items()
        for verb, operation in item.items()
        for one in operation.get("parameters", ())
    }


def in_version_3(spec: dict[str, Any]) -> Parameters:
    found: Parameters = {}
    for path, item in spec["paths"].items():
        for verb, operation in item.items():
            for one in operation["parameters"]:
                told = Told(one["in"], one["schema"]["type"], one["required"])
                found[verb.upper(), path, one["name"]] = told
            for content in operation.get("requestBody", {}).get("content", {}).values():
                schema = content["schema"]
                for name, held in schema["properties"].items():
                    is_required = name in schema["required"]
                    choices = tuple(held.get("enum", ()))
                    told = Told("form", held["type"], is_required, choices)
                    found[verb.upper(), path, name] = told
    return found


def operations(spec: dict[str, Any]) -> dict[tuple[str, str], tuple[bool, list[str]]]:
    return {
        (verb.upper(), path): (operation.get("deprecated", False), operation["tags"])
        for path, item in spec["paths"].items()
        for verb, operation in item.items()
    }


if SPEC.is_file():  # the suite runs without it, too

    def test_both_have_the_same_operations(theirs: dict[str, Any]) -> None:
        assert operations(document()) == operations(theirs)

    def test_both_have_the_same_parameters_but_for_those_listed(theirs: dict[str, Any]) -> None:
        ours, others = in_version_3(document()), in_version_2(theirs)
        assert set(ours) - set(others) == MISSING_THERE
        assert set(others) - set(ours) == set()
        differing = {key for key, told in others.items() if ours[key] != told}
        assert differing == IN_THE_FORM_HERE
        for key in IN_THE_FORM_HERE:
            assert others[key]._replace(where="form") == ours[key]

    def test_properties_are_the_same_but_for_those_listed(theirs: dict[str, Any]) -> None:
        found: dict[tuple[str, str], tuple[str | None, str | None]] = {}
        for there, here in SCHEMAS.items():
            others = theirs["definitions"][there]["properties"]
            ours = document()["components"]["schemas"][here]["properties"]
            for key in {*others, *ours}:
                pair = kind(others.get(key)), kind(ours.get(key))
                if pair[0] != pair[1]:
                    found[there, key] = pair
        assert found == {key: told[:2] for key, told in OTHERWISE_HERE.items()}

    def test_values_are_the_same_but_for_those_listed(theirs: dict[str, Any]) -> None:
        more: dict[tuple[str, str], set[str]] = {}
        for there, here in SCHEMAS.items():
            ours = document()["components"]["schemas"][here]["properties"]
            for key, held in theirs["definitions"][there]["properties"].items():
                if values := set(held.get("enum", ())):
                    known = set(ours[key]["examples"])
                    assert values <= known
                    more |= {(there, key): known - values} if known - values else {}
        assert more == {key: values for key, (values, _) in MORE_VALUES_HERE.items()}

    def test_replies_hold_the_same_but_for_those_listed(theirs: dict[str, Any]) -> None:
        found: dict[tuple[str, str], tuple[Any, Any]] = {}
        ours = document()["paths"]
        for verb, path in operations(theirs):
            answer = theirs["paths"][path][verb.lower()]["responses"]["200"]["schema"]
            other = definition(theirs, answer)["properties"]
            content = ours[path][verb.lower()]["responses"]["200"]["content"]
            own = content["application/json"]["schema"]["properties"]
            pages = keys(theirs, other), keys(theirs, own)
            data = kind(other["data"]), kind(own["data"])
            for pair in (pages, data):
                if pair[0] != pair[1]:
                    found[verb, path] = pair
        assert found == {key: told[:2] for key, told in REPLIES.items()}


def definition(spec: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """What a reference of the other document refers to."""
    name = schema.get("$ref", "").rpartition("/")[2]
    found = spec["definitions"][name] if name else schema
    assert isinstance(found, dict)
    return found


def keys(spec: dict[str, Any], envelope: dict[str, Any]) -> set[str]:
    """The keys of `pagination`, none without one."""
    held = envelope.get("pagination")
    return set(definition(spec, held)["properties"]) if held else set()


def kind(schema: dict[str, Any] | None) -> str | None:
    """The type of a property, or our name of what it refers to; `None` if there is none."""
    if schema is None:
        return None
    if "anyOf" in schema:
        return " or ".join(str(kind(one)) for one in schema["anyOf"])
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return SCHEMAS.get(name, name)
    told = schema["type"]
    inner = f" of {kind(schema['items'])}" if "items" in schema else ""
    return f"{told}{inner}" if isinstance(told, str) else f"{told[0]}{inner} or {told[1]}"
