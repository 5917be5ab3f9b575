"""Replies as recorded: our own in `tests/fixtures`, and, where they are there, shared ones."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from attrs import field, frozen

from instagram_async.v1 import operations as table
from instagram_async.v1.operation import Operation

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "fixtures"
SHARED = ROOT.parent / "shared" / "payloads"

# Whose reply a file of ours is, by its folder and the beginning of its name.
_OWN: dict[str, Operation[Any]] = {
    "comments/comments": table.MEDIA_COMMENTS,
    "comments/create": table.CREATE_COMMENT,
    "locations/location": table.LOCATION,
    "locations/search": table.LOCATION_SEARCH,
    "media/carousel": table.MEDIA,
    "media/feed": table.USER_FEED,
    "media/geography_recent": table.GEOGRAPHY_RECENT,
    "media/liked": table.USER_LIKED,
    "media/location_recent": table.LOCATION_RECENT,
    "media/media": table.MEDIA,
    "media/popular": table.MEDIA_POPULAR,
    "media/recent": table.USER_RECENT,
    "media/search": table.MEDIA_SEARCH,
    "media/shortcode": table.MEDIA_SHORTCODE,
    "media/tag_recent": table.TAG_RECENT,
    "media/trimmed": table.USER_RECENT,
    "people/followed_by": table.USER_FOLLOWED_BY,
    "people/follows": table.USER_FOLLOWS,
    "people/likes": table.MEDIA_LIKES,
    "people/requested_by": table.USER_REQUESTED_BY,
    "people/search": table.USER_SEARCH,
    "relationships/get": table.RELATIONSHIP,
    "relationships/post": table.CHANGE_RELATIONSHIP,
    "tags/search": table.TAG_SEARCH,
    "tags/tag": table.TAG,
    "users/user": table.USER,
    "writes/create_comment": table.CREATE_COMMENT,
    "writes/delete_comment": table.DELETE_COMMENT,
    "writes/like": table.LIKE,
    "writes/unlike": table.UNLIKE,
}
# What the shared index says of more than one operation.
_PEOPLE = (table.USER_SEARCH, table.USER_FOLLOWS, table.USER_FOLLOWED_BY)
_SILENT = (table.DELETE_COMMENT, table.LIKE, table.UNLIKE)
_OF_SEVERAL: dict[str, tuple[Operation[Any], ...]] = {
    "GET /users/search / follows / followed-by": _PEOPLE,
    "POST/DELETE": _SILENT,
}


@frozen
class Recorded:
    """One reply of status 200, and the operations that it may have answered."""

    name: str
    operations: tuple[Operation[Any], ...]
    body: bytes = field(repr=False)

    @property
    def model(self) -> type[Any]:
        model: type[Any] = self.operations[0].model
        return model

    @property
    def data(self) -> Any:
        return json.loads(self.body)["data"]

    @property
    def pagination(self) -> dict[str, Any]:
        return json.loads(self.body).get("pagination") or {}


@frozen
class Refusal:
    """One reply that is an error."""

    name: str
    status: int
    body: bytes = field(repr=False)

    @property
    def told(self) -> dict[str, Any]:
        """Code, type and message, in whichever envelope; nothing of what is no JSON."""
        parsed = json.loads(self.body) if self.name.endswith(".json") else {}
        told: dict[str, Any] = parsed.get("meta", parsed)
        return told


def read(name: str) -> bytes:
    """A file of ours, such as `media/recent_2015.json`."""
    return (FOLDER / name).read_bytes()


def own() -> list[Recorded]:
    """Our own files, by the operations that their names name."""
    return [
        Recorded(path.relative_to(FOLDER).as_posix(), (operation,), path.read_bytes())
        for start, operation in _OWN.items()
        for path in sorted(FOLDER.glob(f"{start}_*.json"))
    ]


def tokens() -> list[Path]:
    """Our own replies to the exchange of a code."""
    return sorted((FOLDER / "oauth").glob("*.json"))


def refusals() -> list[Refusal]:
    """Our own errors; their names begin with the HTTP status."""
    paths = sorted((FOLDER / "errors").iterdir())
    return [Refusal(path.name, int(path.name[:3]), path.read_bytes()) for path in paths]


def shared() -> list[Recorded]:
    """The shared files that a server sent or a document shows, `[]` where there are none."""
    found = ((name, _asked(operation)) for name, operation in _index())
    return [
        Recorded(name, operations, body)
        for name, operations in found
        if operations and b'"data"' in (body := (SHARED / name).read_bytes())
    ]


def shared_refusals() -> list[Refusal]:
    """The shared files that are errors."""
    bodies = [(name, (SHARED / name).read_bytes()) for name, _ in _index()]
    return [
        Refusal(name, _status(name, body), body)
        for name, body in bodies
        if name.endswith(".html") or b'"error_type"' in body
    ]


def _index() -> list[tuple[str, str]]:
    """Names and operations of what is neither hand-made nor older than the API."""
    if not SHARED.is_dir():
        return []
    index = (SHARED / "INDEX.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| ([^·]*) · `([^`]+)`", index, re.MULTILINE)
    return [(name, operation) for name, kind, operation in rows if "hand-made" not in kind]


def _asked(operation: str) -> tuple[Operation[Any], ...]:
    if operation in _OF_SEVERAL:
        return _OF_SEVERAL[operation]
    method, _, path = operation.partition(" /")
    template = re.sub(r"\{\w+\}", "{}", path.partition(" ")[0].partition("?")[0])
    rows = (table.row_of(method, each) for each in (template, template.replace("self", "{}")))
    return tuple(row for row in rows if row is not None)[:1]


def _status(name: str, body: bytes) -> int:
    if name.endswith(".html"):
        return int(name[-8:-5])
    parsed = json.loads(body)
    code = int(parsed.get("meta", parsed)["code"])
    return 400 if code == 420 else code  # the body says 420, the status of 2012 said 400
