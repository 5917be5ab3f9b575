"""Which scopes there still were, and how others were refused (reference C.2, D.3)."""

from __future__ import annotations

from datetime import date

import pytest

from instagram_async.server import LocalInstagram, World
from tests.served.consent_helpers import address, ask

PUBLIC = "basic public_content"


@pytest.mark.parametrize(
    ("day", "scope", "words"),
    [
        (date(2018, 12, 10), PUBLIC, None),
        (date(2019, 8, 8), PUBLIC, "Invalid scope field(s): public_content"),
        (date(2019, 8, 8), "basic", None),
        (date(2020, 5, 23), "basic", "Invalid scope: ['basic']"),
        (date(2020, 5, 23), None, "Invalid scope: ['basic']"),
        (date(2020, 6, 17), "", "Invalid scope: []"),
        (date(2020, 8, 5), "basic", "Invalid scope field(s): basic"),
        (date(2020, 10, 19), PUBLIC, "Invalid scope field(s): basic,public_content"),
        (date(2020, 10, 19), "", "Invalid scope field(s): "),
    ],
    ids=str,
)
async def test_scopes_that_are_no_more(day: date, scope: str | None, words: str | None) -> None:
    async with LocalInstagram(World.seeded(1, media=1), era=day) as server:
        url = address(server) if scope is None else address(server, scope=scope)
        got = await ask(url)
    if words is None:
        assert got.status == 200
        assert got.body.startswith(b"<!")
        return
    assert (got.status, got.json) == (
        400, {"code": 400, "error_type": "OAuthException", "error_message": words},
    )  # fmt: skip
