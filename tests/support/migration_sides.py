"""Both clients on one server, and what their calls are about."""

from __future__ import annotations

import ast
import asyncio
import inspect
from datetime import UTC, datetime
from typing import Any

from attrs import define, field
from yarl import URL

from instagram_async import Client, Pager
from instagram_async.server import LocalInstagram
from tests.support.listings import ALL_SCOPES, SPAN
from tests.support.old_client import SHOWN, old_class, relation

REDIRECT_URI = "https://app.example/cb"


@define
class Sides:
    """One server, and both clients, with what the page's calls name."""

    server: LocalInstagram
    client: Client
    app: Client
    callback: str
    old: Any = field(init=False)
    token: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.old = old_class(self.server)
        self.token = self.server.access_token(scope=ALL_SCOPES)

    def things(self, code: str) -> dict[str, Any]:
        """What a call is about; a comment that is to be deleted is a new one each time."""
        world = self.server.world
        me, (newest, *_) = world.self_id, world.recent(world.self_id, count=1)[0]
        recent, _ = world.recent(me, count=45)
        spot = world.locations[0]
        busy = max(recent, key=lambda one: one.comments.count)
        if "comment_id" in code:
            said = world.comment(busy.id, me, "not for long", datetime.now(UTC))
        else:
            (said,) = world.comments(busy.id, count=1)
        return {
            "user_id": world.users[-1].id,
            "media_id": busy.id,
            "shortcode": newest.shortcode,
            "comment_id": said.id,
            "name": max(word for one in recent for word in one.tags),
            "location_id": spot.id,
            "geo_id": world.geographies[0],
            "lat": spot.latitude,
            "lng": spot.longitude,
            "since": SPAN["min_timestamp"],
            "until": SPAN["max_timestamp"],
            "url": self.callback,
            "secret": self.server.client_secret,
            "code": self.server.authorization_code(redirect_uri=REDIRECT_URI),
        }

    async def ask_old(self, call: str, /, **things: Any) -> Any:
        """Evaluate a call of theirs, which blocks."""
        return await asyncio.to_thread(eval, call, {**self.things(call), **things})

    async def ask(self, call: str, /, **things: Any) -> Any:
        """Evaluate a call of ours; a listing is read."""
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        made = eval(compile(call, "<page>", "eval", flags), {**self.things(call), **things})
        made = await made if inspect.iscoroutine(made) else made
        return await made.collect() if isinstance(made, Pager) else made

    @property
    def user_api(self) -> Any:
        return self.old(access_token=self.token)

    @property
    def app_api(self) -> Any:
        return self.old(
            client_id=self.server.client_id,
            client_secret=self.server.client_secret,
            redirect_uri=REDIRECT_URI,
        )

    def asked(self, since: int) -> tuple[str, str, dict[str, str]]:
        """The first request since so many had arrived, as method, path and parameters."""
        first = self.server.requests[since]
        assert first.status == 200, first
        return first.method, first.path.removesuffix(".json"), first.query


def given(value: Any) -> str:
    """What the page calls such a result."""
    if value == []:
        return "[]"
    if not isinstance(value, tuple):
        return type(value).__name__
    one, other = value
    if isinstance(one, list):
        assert other is None or URL(other).query
        return "(list, next_url)"
    return f"({type(one).__name__}, {other})"


def same(old: Any, new: Any) -> None:
    """Compare what both gave; of theirs there may be only the first page."""
    if isinstance(old, tuple):
        old = old[0]
    if isinstance(old, list) and isinstance(new, list):
        assert 0 < len(old) <= len(new)
        show = SHOWN[type(new[0])]
        assert [show(one) for one in old] == [show(one) for one in new[: len(old)]]
    elif old == []:
        assert new is None
    elif type(new).__name__ == "Relationship":
        assert relation(old) == relation(new)
    else:
        assert SHOWN[type(new)](old) == SHOWN[type(new)](new)
