"""Every command of the application, and how to try it on a server."""

from __future__ import annotations

import inspect
import json
import re
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from attrs import frozen

from instagram_async import Client, unstructure
from instagram_async.cli.signatures import command_name
from instagram_async.paging import watermark
from instagram_async.paging.checkpoint import Mark
from instagram_async.paging.listing import Listing
from instagram_async.server import LocalInstagram, World
from instagram_async.v1.checks import ACTIONS
from instagram_async.v1.operations import OPERATIONS
from instagram_async.v1.redirects import SCOPES
from tests.support.commands import When
from tests.support.raw import refused_port

WAYS = ("80", "120", "pipe")
LISTINGS = {(command_name(row.name),) for row in OPERATIONS if row.paging}
WRITES = {(name,) for name in ACTIONS} | {
    (command_name(row.name),) for row in OPERATIONS if row.method != "GET"
}
_EXPORT, _PEOPLE = "media.jsonl", "people.txt"


def a_world() -> World:
    """A world in which each listing of its owner has something in it."""
    world = World.seeded(1, users=6, media=70)
    world.set_private(world.self_id, True)
    for stranger in [user.id for user in world.users if user.id != world.self_id][:2]:
        world.unfollow(stranger, world.self_id)
        world.follow(stranger, world.self_id)  # it is asked for, now that the account is private
    return world


@frozen
class Trial:
    """How to try a command.

    Attributes:
        words: of the command.
        when: what is done on the way.
        code: how it ends.
    """

    words: list[str]
    when: tuple[When, ...] = ()
    code: int = 0


class Trials:
    """Knows how to try every command on a server.

    Args:
        server: is asked.

    Attributes:
        token: of its owner, for everything.
        app: its id and secret.
        base_url: of the server.
    """

    def __init__(self, server: LocalInstagram) -> None:
        self.token = server.access_token(scope=" ".join(SCOPES))
        self.app = (server.client_id, server.client_secret)
        self.base_url = server.base_url
        self._server = server
        world = server.world
        self._media = world.recent(world.self_id, count=100)[0]
        media = next(one for one in self._media if one.location and one.location.id)
        place, now = media.location, datetime.now(UTC)
        assert place is not None
        *_, other, somebody = world.users
        self._comments = {
            way: world.comment(media.id, world.self_id, f"nice in {way}", now).id for way in WAYS
        }
        self._known: dict[str, Any] = {
            "user_id": somebody.id, "username": somebody.username, "action": "block",
            "media_id": media.id, "shortcode": media.shortcode, "text": "what a light",
            "location_id": place.id, "lat": place.latitude, "lng": place.longitude,
            "geo_id": world.geographies[0], "name": "snow", "q": somebody.username[:4],
        }  # fmt: skip
        self._of: dict[str, dict[str, Any]] = {  # what some of them take in place of that
            "tag-search": {"q": "s"},
            **{one: {"user_id": other.id} for one in ("block", "unblock", "change-relationship")},
        }
        self._options: dict[str, dict[str, Any]] = {
            "media-search": {"min_timestamp": 1438387200, "max_timestamp": 1442750400},
            "location-search": {"lat": place.latitude, "lng": place.longitude},
        }
        self._own: dict[str, Callable[[str, Path], Trial]] = {
            "demo": lambda *_: Trial(["demo", "--media", "20", "--pace", "0"]),
            "quota": lambda *_: Trial(["quota"]),
            "serve": self._serve, "login": self._login,
            "bulk": self._bulk, "gallery": self._gallery,
        }  # fmt: skip

    def trial(self, path: tuple[str, ...], way: str, folder: Path) -> Trial:
        """How to try a command in a folder, in one of the ways."""
        name = path[-1]
        if name in self._own:
            return self._own[name](way, folder)
        method = getattr(Client, name.replace("-", "_"))
        known = {**self._known, "comment_id": self._comments[way], **self._of.get(name, {})}
        needed, options = [known[one] for one in _needed(method)], self._options.get(name, {})
        given = [f"--{command_name(option)}={value}" for option, value in options.items()]
        words = [*path, *map(str, needed), *given]
        if path[0] == "watch":
            listing = method(Client("token"), *needed, **options).listing
            return self._watch(words, listing, way)
        if path[0] == "download":
            return Trial([*words, "--limit", "3", "--out", "pictures"])
        if path in LISTINGS:
            return Trial([*words, "--limit", "5"])
        return Trial([*words, "--yes"] if path in WRITES else words)

    def _watch(self, words: list[str], listing: Listing[Any], way: str) -> Trial:
        """All is new to who knows nothing; it is stopped when something has come."""
        known = watermark.write(listing, Mark())
        assert known is not None
        words = [*words, "--every", "60", "--known", known]
        when: When = ('"id":', signal.SIGINT) if way == "pipe" else ("\n20", "\x03")
        return Trial(words, (when,), code=130)

    def _serve(self, way: str, _: Path) -> Trial:
        when: When = ("try  ", signal.SIGTERM) if way == "pipe" else ("stops it.", "\x03")
        return Trial(["serve", "--port", "0"], (when,))

    def _login(self, way: str, _: Path) -> Trial:
        port = refused_port()

        def answer(written: str) -> None:
            back = f"http://127.0.0.1:{port}/"
            code = self._server.authorization_code(scope="basic", redirect_uri=back)
            state = re.search(r"state=([\w-]+)", written)
            assert state is not None
            with urlopen(f"{back}?code={code}&state={state[1]}", timeout=30) as page:
                assert b"go back" in page.read()

        words = ["login", "--no-browser", "--profile", way, "--port", str(port)]
        return Trial(words, (("state=", answer),))

    def _bulk(self, _: str, folder: Path) -> Trial:
        (folder / _PEOPLE).write_text(f"self\n@{self._known['username']}\n")
        return Trial(["bulk", _PEOPLE, "--limit", "5", "--out", "out.jsonl"])

    def _gallery(self, _: str, folder: Path) -> Trial:
        lines = "".join(f"{json.dumps(unstructure(one))}\n" for one in self._media)
        (folder / _EXPORT).write_text(lines)
        return Trial(["gallery", _EXPORT, "--out", "site"])


def _needed(method: Any) -> list[str]:
    """The arguments that a method can't do without."""
    parameters = list(inspect.signature(method).parameters.items())[1:]
    return [name for name, one in parameters if one.default is inspect.Parameter.empty]
