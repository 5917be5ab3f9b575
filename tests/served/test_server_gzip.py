"""Replies packed with gzip, by the rule of reference C.3."""

from __future__ import annotations

import asyncio
import gzip
import zlib

import pytest
from yarl import URL

from instagram_async import Client, Media
from instagram_async.server import Fault, LocalInstagram, World
from tests.served.server_helpers import RECENT, get

GZIP = "gzip, deflate"


async def asked(server: LocalInstagram, path: str, accepts: str | None) -> tuple[bytes, bytes]:
    """Head and body of a reply, as they are on the wire."""
    url = URL(server.base_url)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    accept = "" if accepts is None else f"Accept-Encoding: {accepts}\r\n"
    query = f"access_token={server.access_token()}"
    line = f"GET /v1/{path}{'&' if '?' in path else '?'}{query} HTTP/1.1"
    writer.write(f"{line}\r\nHost: {url.authority}\r\nConnection: close\r\n{accept}\r\n".encode())
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    await writer.wait_closed()
    return head, body


def world() -> World:
    return World.seeded(3, media=30)


@pytest.mark.parametrize(
    ("accepts", "comes"),
    [
        (GZIP, True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("gzip;q=0.05", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, br", False),
        ("deflate, br", False),
        (None, False),
    ],
)
async def test_a_page_comes_packed_to_those_who_take_it(accepts: str | None, comes: bool) -> None:
    async with LocalInstagram(world(), gzip=True) as server:
        plain = (await get(server, RECENT)).body
        head, body = await asked(server, RECENT, accepts)
    assert (b"\r\nContent-Encoding: gzip" in head) is comes
    assert f"\r\nContent-Length: {len(body)}".encode() in head
    assert b"\r\nVary: Cookie, Accept-Language, Accept-Encoding" in head
    assert (gzip.decompress(body) if comes else body) == plain
    assert not comes or len(body) < len(plain) / 3


@pytest.mark.parametrize(
    "path",
    [
        f"{RECENT}?access_token=no",  # 400
        f"{RECENT}?count=0&callback=f",  # the script of an error, 200
        "tags/unheard",  # less than 200 bytes
        "nowhere",  # HTML
    ],
)
async def test_what_never_comes_packed(path: str) -> None:
    async with LocalInstagram(world(), gzip=True) as server:
        head, body = await asked(server, path, GZIP)
    assert b"Content-Encoding" not in head
    assert b"Accept-Encoding" not in head
    assert body.isascii()


async def test_a_script_comes_packed() -> None:
    async with LocalInstagram(world(), gzip=True) as server:
        head, body = await asked(server, f"{RECENT}?callback=f", GZIP)
    assert b"\r\nContent-Encoding: gzip" in head
    assert gzip.decompress(body).startswith(b"f({")


async def test_nothing_is_packed_unless_the_server_is_told_to() -> None:
    async with LocalInstagram(world()) as server:
        head, body = await asked(server, RECENT, GZIP)
    assert b"Content-Encoding" not in head
    assert b"Accept-Encoding" in head
    assert body.startswith(b'{"pagination"')


async def test_our_client_reads_what_is_packed() -> None:
    found = list[list[Media]]()
    served = world()
    for packs in (False, True):
        async with (
            LocalInstagram(served, gzip=packs) as server,
            Client(server.access_token(), base_url=server.base_url) as client,
        ):
            found.append(await client.user_recent(count=7).collect())
    assert [one.id for one in found[0]] == [one.id for one in found[1]]


@pytest.mark.parametrize("kind", ["truncated", "bad_gzip", "huge"])
async def test_what_goes_wrong_goes_wrong_inside(kind: str) -> None:
    async with LocalInstagram(world(), gzip=True) as server:
        fault = Fault("huge", size=2**20) if kind == "huge" else Fault(kind)  # type: ignore[arg-type]
        server.faults.add(fault)
        head, body = await asked(server, RECENT, GZIP)
    assert head.count(b"Content-Encoding: gzip") == 1
    if kind == "bad_gzip":
        with pytest.raises((zlib.error, OSError, EOFError)):
            gzip.decompress(body)
    else:
        plain = gzip.decompress(body)
        assert plain.endswith(b" ") is (kind == "huge")
