"""The page for people in a browser."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from instagram_async import Client, User
from instagram_async.server import LocalInstagram, World
from instagram_async.server.drawing import picture
from tests.process.browser import browse

EVIL = "<script>alert(1)</script>"


async def test_a_browser_shows_people_and_pictures_and_runs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = list[str]()

    def noted(name: str, *rest: Any, **named: Any) -> bytes:
        drawn.append(name)
        return picture(name, *rest, **named)

    monkeypatch.setattr("instagram_async.server.gallery.picture", noted)
    world = World.seeded(users=4, media=12)
    world.add_user(User(id="77", username=EVIL, full_name=EVIL, bio=EVIL))
    async with (
        LocalInstagram(world) as server,
        Client(server.access_token(), base_url=server.base_url) as client,
    ):
        media = await client.user_recent().collect()
        root = server.base_url.removesuffix("/v1")
        shown, console = await browse(f"{root}/", tmp_path, "--dump-dom")
        token = server.access_token()
    # A style or picture that the policy does not let through would be told of.
    assert console == ""
    assert {one.shortcode for one in media} <= set(drawn)
    assert len(re.findall(r"<img [^>]*src=\"/(?:pictures|videos)/", shown)) >= 12
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3
    assert "/v1/users/self/media/recent" in shown
    assert token not in shown


async def test_a_picture_opens_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "shot.png"
    async with (
        LocalInstagram() as server,
        Client(server.access_token(), base_url=server.base_url) as client,
    ):
        media = await client.user_recent().first()
        assert media is not None
        assert media.images is not None
        assert media.images.standard_resolution is not None
        _, console = await browse(
            media.images.standard_resolution.url,
            tmp_path / "home",
            "--window-size=60,60",
            f"--screenshot={file}",
        )
    assert console == ""
    assert len(colours(file.read_bytes())) > 20


def colours(png: bytes) -> set[bytes]:
    """Pieces of three bytes of a PNG's unpacked lines; a picture of one colour has few."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, packed = 8, b""
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            packed += png[at + 8 : at + 8 + size]
        at += 12 + size
    lines = zlib.decompress(packed)
    return {lines[i : i + 3] for i in range(0, len(lines), 3)}
