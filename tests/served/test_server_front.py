"""The page for people, as it is sent, and who is told of requests."""

from __future__ import annotations

import asyncio
import logging
import re

import aiohttp
import pytest
from yarl import URL

from instagram_async import User
from instagram_async.server import Fault, LocalInstagram, World
from instagram_async.server.log import Received
from tests.served.server_helpers import RECENT, get, post, root_of, token_of
from tests.support.until import until

EVIL = "<script>alert(1)</script>"


async def front(server: LocalInstagram) -> str:
    async with aiohttp.ClientSession() as session, session.get(root_of(server)) as response:
        assert response.status == 200
        assert response.content_type == "text/html"
        return await response.text()


def rows(page: str, title: str) -> list[str]:
    """The rows of a table as text, without its head."""
    body = page.partition(f"<h2>{title}</h2>")[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in body.split("</tr>")[:-1]]


async def test_it_shows_people_and_their_newest_pictures() -> None:
    world = World.seeded(users=30, media=20)
    async with LocalInstagram(world) as server, aiohttp.ClientSession() as session:
        page = await front(server)
        for user in world.users[:24]:
            assert user.username in page
        assert world.users[24].username not in page
        assert "and 6 others" in page
        assert page.count("· private") == 2
        (mine, *_) = page.split("</article>")
        shown = re.findall(r'<a href="([^"]+)"><img src="\1"', mine)
        newest, _ = world.recent(world.self_id, count=12)
        assert [path.split("/")[2] for path in shown] == [media.shortcode for media in newest]
        for path in (*shown, *re.findall(r'class="face" src="([^"]+)"', page)):
            async with session.get(root_of(server) + path) as response:
                assert (response.status, response.content_type) == (200, "image/svg+xml")
        assert f"curl '{server.base_url}/users/self/media/recent?access_token=ACCESS" in page
        assert not server.requests


async def test_it_runs_nothing_and_stands_in_no_frame() -> None:
    async with LocalInstagram() as server, aiohttp.ClientSession() as session:
        async with session.get(root_of(server)) as response:
            policy = response.headers["Content-Security-Policy"]
            assert response.headers["Cache-Control"] == "no-store"
        assert policy.startswith("default-src 'none'; ")
        assert "script" not in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        async with session.post(root_of(server)) as response:
            assert response.status == 404


async def test_nothing_that_comes_from_elsewhere_is_markup() -> None:
    world = World([User(id='"><b>', username=EVIL, full_name=EVIL, bio=EVIL)])
    async with LocalInstagram(world) as server, aiohttp.ClientSession() as session:
        async with session.get(f"{root_of(server)}/%3Cscript%3Ealert(2)%3C/script%3E"):
            pass
        page = await front(server)
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in page
    assert '"/portraits/%22%3E%3Cb%3E.svg"' in page


async def test_it_shows_the_last_requests_newest_first_and_no_secrets() -> None:
    moments = iter(range(10**6))
    async with LocalInstagram(now=lambda: float(next(moments))) as server:
        assert "None yet." in await front(server)
        for _ in range(45):
            await get(server, "users/self")
        await get(server, "users/1", client_secret="hush")
        page = await front(server)
        shown = rows(page, "Last requests")
        assert len(shown) == 40
        assert re.fullmatch(r"00:\d\d:\d\d GET /v1/users/1 400 \d+\.\d", shown[0])
        assert re.fullmatch(r"00:\d\d:\d\d GET /v1/users/self 200 \d+\.\d", shown[1])
        assert shown == sorted(shown, reverse=True)
        for secret in (server.access_token(), server.client_secret, "hush"):
            assert secret not in page


async def test_a_request_without_a_reply_is_shown_as_such() -> None:
    async with LocalInstagram() as server:
        server.faults.add(Fault("reset_before"), Fault("stall"))
        # aiohttp asks a second time by itself.
        asking = asyncio.create_task(get(server, "users/self"))
        await until(lambda: len(server.requests) == 2)
        page = await front(server)
        asking.cancel()
        waiting, cut = rows(page, "Last requests")
        assert waiting.endswith("GET /v1/users/self waiting")
        assert re.search(r"GET /v1/users/self no reply \d", cut)


async def test_it_shows_the_quota_by_user_and_no_token() -> None:
    clock = [1000.0]
    world = World.seeded(users=3, media=3)
    me, eve, _ = (user.username for user in world.users)
    async with LocalInstagram(
        world, limit=9, family_limit=3, per=60.0, now=lambda: clock[0]
    ) as server:
        (media, *_), _ = world.recent(world.self_id, count=1)
        await get(server, RECENT)
        await post(server, f"media/{media.id}/likes")
        await post(server, f"media/{media.id}/likes")
        server.access_token(world.users[1].id)
        path = f"users/{world.self_id}?client_id={server.client_id}"
        await get(server, path)
        page = await front(server)
        assert rows(page, "Quota used") == [
            f"{me} 3 / 9 2 / 3 0 / 3 0 / 3",
            f"{eve} 0 / 9 0 / 3 0 / 3 0 / 3",
            "client_id alone 1 / 9",
        ]
        assert token_of(server) not in page
        clock[0] += 60.0
        assert rows(await front(server), "Quota used")[0] == f"{me} 0 / 9 0 / 3 0 / 3 0 / 3"
        got = await get(server, RECENT)
        assert got.headers["X-Ratelimit-Remaining"] == "8"  # looking has booked nothing


async def test_whoever_watches_is_told_of_each_request_when_it_is_over() -> None:
    told: list[Received] = []
    async with LocalInstagram(now=lambda: 1442059200.5) as server:
        server.requests.watch(told.append)
        await front(server)
        await get(server, "users/self")
        await get(server, "nowhere")
    assert [(one.path, one.status, one.at) for one in told] == [
        ("/v1/users/self", 200, 1442059200.5),
        ("/v1/nowhere", 404, 1442059200.5),
    ]
    assert all(one.seconds is not None and 0 <= one.seconds < 5 for one in told)
    assert told == list(server.requests)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_this_machine_alone_is_no_reason_to_warn(
    host: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with LocalInstagram(host=host) as server:
        assert (await get(server, "users/self")).status == 200
    assert not caplog.records


async def test_any_other_address_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    async with LocalInstagram(host="0.0.0.0") as server:
        assert URL(server.base_url).host == "127.0.0.1"
        assert (await get(server, "users/self")).status == 200
    (record,) = caplog.records
    assert (record.name, record.levelno) == ("instagram_async.server", logging.WARNING)
    assert record.getMessage() == (
        "listening on 0.0.0.0: whoever reaches this machine can see and change everything"
    )
