"""What may stand behind a path: nothing, a slash, `.json` (reference A)."""

from __future__ import annotations

import pytest

from instagram_async.server import LocalInstagram
from tests.served.server_helpers import get


@pytest.mark.parametrize("ending", ["", "/", ".json"])
@pytest.mark.parametrize(
    "path", ["users/self", "users/self/media/recent", "tags/snow", "tags/search", "media/popular"]
)
async def test_endings(path: str, ending: str) -> None:
    async with LocalInstagram() as server:
        plain = await get(server, path, q="s")
        assert plain.status == 200
        assert (await get(server, path + ending, q="s")).json["data"] == plain.json["data"]


async def test_a_shortcode_takes_no_suffix() -> None:
    async with LocalInstagram() as server:
        recent = await get(server, "users/self/media/recent", count=1)
        code = recent.json["data"][0]["link"].strip("/").rpartition("/")[2]
        assert (await get(server, f"media/shortcode/{code}")).status == 200
        refused = await get(server, f"media/shortcode/{code}.json")
        assert refused.status == 404
        assert refused.headers["Content-Type"] == "text/html"
