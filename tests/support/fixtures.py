"""Replies as recorded: our own in `tests/fixtures`, and, where they are there, shared ones."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from attrs import field, frozen

from instagram_async.models import Comment, Location, Media, Relationship, Tag, User, UserSummary

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "fixtures"
SHARED = ROOT.parent / "shared" / "payloads"

_MODELS: dict[str, type[Any]] = {
    "comments": Comment,
    "locations": Location,
    "media": Media,
    "people": UserSummary,
    "relationships": Relationship,
    "tags": Tag,
    "users": User,
}
# The first that fits decides what an operation of the shared index answers with.
_OPERATIONS: tuple[tuple[str, type[Any]], ...] = (
    (r"GET /users/\{id\}/relationship", Relationship),
    (r"POST /users/\{id\}/relationship", Relationship),
    (r"GET /\S*(media/recent|/feed|media/liked|media/popular|media/search)( .*)?", Media),
    (r"GET /media/(\{id\}|shortcode/\{code\})", Media),
    (r"(GET|POST) /media/\{id\}/comments", Comment),
    (r"GET /media/\{id\}/likes", UserSummary),
    (r"GET /users/(self|\{id\})/(followed-by|requested-by|follows)", UserSummary),
    (r"GET /users/search( .*)?", UserSummary),
    (r"GET /users/\{id\}", User),
    (r"GET /tags/(\{tag\}|search)", Tag),
    (r"GET /locations/(\{id\}|search)", Location),
)  # fmt: skip


@frozen
class Recorded:
    """One reply of status 200 with data in it."""

    name: str
    model: type[Any]
    body: bytes = field(repr=False)

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


def read(name: str) -> bytes:
    """A file of ours, such as `media/recent_2015.json`."""
    return (FOLDER / name).read_bytes()


def own() -> list[Recorded]:
    """Our own files, by their folders' models."""
    return [
        Recorded(f"{folder}/{path.name}", model, path.read_bytes())
        for folder, model in _MODELS.items()
        for path in sorted((FOLDER / folder).glob("*.json"))
    ]


def refusals() -> list[Refusal]:
    """Our own errors; their names begin with the HTTP status."""
    paths = sorted((FOLDER / "errors").iterdir())
    return [Refusal(path.name, int(path.name[:3]), path.read_bytes()) for path in paths]


def shared() -> list[Recorded]:
    """The shared files that a server sent or a document shows, `[]` where there are none."""
    if not SHARED.is_dir():
        return []
    index = (SHARED / "INDEX.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+\.json)` \| ([^·]*) · `([^`]+)`", index, re.MULTILINE)
    found = (
        Recorded(name, model, (SHARED / name).read_bytes())
        for name, kind, operation in rows
        if "hand-made" not in kind and (model := _model(operation)) is not None
    )
    return [recorded for recorded in found if _has_data(recorded.body)]


def _model(operation: str) -> type[Any] | None:
    fitting = (model for form, model in _OPERATIONS if re.fullmatch(form, operation))
    return next(fitting, None)


def _has_data(body: bytes) -> bool:
    return json.loads(body).get("data") is not None
