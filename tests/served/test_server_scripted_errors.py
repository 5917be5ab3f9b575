"""Every error that is known of v1, sent because a script says so, and read by our client."""

from __future__ import annotations

import pytest

from instagram_async import APIError, Client, RateLimitError, Retry
from instagram_async.server import Fault, LocalInstagram, World
from tests.served.server_helpers import get
from tests.support.known_errors import KNOWN, Known

# The limit of 2012 has two numbers; `rate_limit` sends it in that era.
SCRIPTED = [known for known in KNOWN if known.code == known.status]


def fault_of(known: Known) -> Fault:
    return Fault(
        "error",
        error_type=known.error_type,
        message=known.message,
        code=known.code,
        flat=known.flat,
    )


@pytest.mark.parametrize("known", SCRIPTED, ids=lambda known: f"{known.error_type}-{known.words}")
async def test_a_known_error(known: Known) -> None:
    async with LocalInstagram(World.seeded(1, users=2, media=1)) as server:
        server.faults.add(fault_of(known), fault_of(known))
        got = await get(server, "users/self")
        client = Client(server.access_token(), base_url=server.base_url, retry=Retry(attempts=1))
        async with client:
            with pytest.raises(known.raised) as caught:
                await client.user()
    assert got.status == known.status
    assert got.json == known.body(flat=known.flat)
    told = "application/json" if known.flat else "application/json; charset=utf-8"
    assert got.headers["Content-Type"] == told
    assert ("X-Ratelimit-Limit" in got.headers) is (not known.flat and known.code != 429)
    assert type(caught.value) is known.raised
    assert isinstance(caught.value, APIError | RateLimitError)
    assert caught.value.status == known.status


async def test_what_was_not_carried_out() -> None:
    async with LocalInstagram(World.seeded(1, users=2, media=3)) as server:
        media, _ = server.world.recent(server.world.self_id, count=1)
        before = server.world.media(media[0].id)
        server.faults.add(Fault("error"))
        async with Client(server.access_token(scope="likes"), base_url=server.base_url) as client:
            with pytest.raises(APIError, match="This error was asked for") as caught:
                await client.like(media[0].id)
        assert caught.value.error_type == "APIError"
        assert server.world.media(media[0].id) == before


@pytest.mark.parametrize("code", [399, 600, 200])
def test_an_error_has_the_number_of_one(code: int) -> None:
    with pytest.raises(ValueError, match=f"code must be from 400 to 599, not {code}"):
        Fault("error", code=code)
