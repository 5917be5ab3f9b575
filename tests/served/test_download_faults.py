"""A CDN that misbehaves: what is tried again, and what is refused."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from instagram_async import (
    ConnectError,
    DownloadError,
    InstagramError,
    RateLimitError,
    Retry,
    ServerError,
    TransportError,
    download,
)
from instagram_async.clock import Timer
from tests.support.cdn import Cdn, Twist, media_of
from tests.support.cut_off import AT_ONCE, BODY, ONCE, begun, kept, names
from tests.support.raw import Answer, raw_server, refused_port


async def failing(at: Cdn, folder: Path, max_bytes: int = 2**30) -> DownloadError:
    with pytest.raises(DownloadError) as caught:
        await download(media_of(f"{at.root}/a.jpg"), folder, retry=AT_ONCE, max_bytes=max_bytes)
    assert caught.value.operation == "download 64_9"
    return caught.value


async def test_a_body_without_an_end_is_refused(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nConnection: close\r\n\r\n"
    async with raw_server(Answer(head + BODY[:5000], "close")) as raw:
        with pytest.raises(DownloadError, match="does not say where it ends") as caught:
            await download(media_of(raw.base_url), tmp_path)
    assert caught.value.kind == "content"
    assert names(tmp_path) == []


async def test_a_reply_without_sense_is_no_reply(tmp_path: Path) -> None:
    async with raw_server(Answer(b"\x16\x03\x01 what is this?\r\n\r\n", "close")) as raw:
        with pytest.raises(TransportError, match=r"^download 64_9: no whole reply"):
            await download(media_of(raw.base_url), tmp_path, retry=ONCE)
    assert names(tmp_path) == []


@pytest.mark.parametrize("status", [403, 404, 410])
async def test_an_address_that_has_expired(at: Cdn, tmp_path: Path, status: int) -> None:
    at.put("/a.jpg", BODY)
    size = await begun(at, tmp_path)
    at.twist(Twist(status=status, body=b"URL signature expired"))
    error = await failing(at, tmp_path)
    assert (error.kind, error.status) == ("gone", status)
    assert len(at.asked) == 1
    # The media asked for anew has another address of the same file.
    (path,) = await download(media_of(f"{at.root}/a.jpg?sig=new"), tmp_path)
    assert path.read_bytes() == BODY
    assert at.ranges[-1] == f"bytes={size}-"


@pytest.mark.parametrize(
    ("status", "kind"), [(429, RateLimitError), (500, ServerError), (503, ServerError)]
)
async def test_a_server_that_fails_is_asked_again(
    at: Cdn, tmp_path: Path, status: int, kind: type[InstagramError]
) -> None:
    url = at.put("/a.jpg", BODY)
    at.twist(*[Twist(status=status)] * 2)
    (path,) = await download(media_of(url), tmp_path, retry=AT_ONCE)
    assert path.read_bytes() == BODY
    path.unlink()
    at.twist(*[Twist(status=status)] * 3)
    with pytest.raises(kind, match=r"^download 64_9: "):
        await download(media_of(url), tmp_path, retry=AT_ONCE)
    assert names(tmp_path) == []
    assert len(at.asked) == 6


@pytest.mark.parametrize(
    "twist",
    [
        Twist(headers={"Content-Type": "text/html"}, body=b"<h1>Log in</h1>"),
        Twist(body=b"<!DOCTYPE html><h1>Log in</h1>"),  # and says that it is a picture
        Twist(body=b""),
        Twist(headers={"Content-Type": "application/octet-stream"}),
        Twist(headers={"Content-Encoding": "gzip"}),
    ],
    ids=["html", "html as a picture", "nothing", "bytes", "gzip"],
)
async def test_what_is_no_picture_is_no_file(at: Cdn, tmp_path: Path, twist: Twist) -> None:
    at.put("/a.jpg", BODY)
    at.twist(twist)
    assert (await failing(at, tmp_path)).kind == "content"
    assert names(tmp_path) == []
    assert len(at.asked) == 1


async def test_a_page_for_people_harms_no_part(at: Cdn, tmp_path: Path) -> None:
    at.put("/a.jpg", BODY)
    size = await begun(at, tmp_path)
    at.twist(Twist(headers={"Content-Type": "text/html"}, body=b"<h1>Log in</h1>" * 10**6))
    assert (await failing(at, tmp_path)).kind == "content"
    assert kept(tmp_path) == size
    (path,) = await download(media_of(f"{at.root}/a.jpg"), tmp_path)
    assert path.read_bytes() == BODY


@pytest.mark.parametrize("twist", [Twist(), Twist(chunked=True)])
async def test_a_file_that_is_too_large_is_refused(at: Cdn, tmp_path: Path, twist: Twist) -> None:
    at.put("/a.jpg", BODY)
    at.usual = twist
    error = await failing(at, tmp_path, max_bytes=699_999)
    assert (error.kind, error.message) == ("size", "the file is larger than 699999 bytes")
    assert names(tmp_path) == []
    (path,) = await download(media_of(f"{at.root}/a.jpg"), tmp_path, max_bytes=700_000)
    assert path.read_bytes() == BODY


async def test_redirects_are_followed_with_the_range(at: Cdn, tmp_path: Path) -> None:
    at.put("/a.jpg", BODY)
    size = await begun(at, tmp_path)
    at.twist(
        Twist(status=302, headers={"Location": "/elsewhere/b.jpg"}),
        Twist(status=307, headers={"Location": f"{at.root}/a.jpg?sig=5%2F"}),
    )
    (path,) = await download(media_of(f"{at.root}/a.jpg"), tmp_path)
    assert path.read_bytes() == BODY
    assert [asked.target for asked in at.asked] == [
        "/a.jpg",
        "/elsewhere/b.jpg",
        "/a.jpg?sig=5%2F",
    ]
    assert set(at.ranges) == {f"bytes={size}-"}


@pytest.mark.parametrize(
    ("locations", "asked"),
    [
        (["file:///etc/passwd"], 1),
        (["https://ann:pass@127.0.0.1/"], 1),
        (["/a b.jpg"], 1),
        (["/a.jpg"] * 6, 6),
    ],
)
async def test_some_redirects_are_not_followed(
    at: Cdn, tmp_path: Path, locations: list[str], asked: int
) -> None:
    at.put("/a.jpg", BODY)
    at.twist(*[Twist(status=301, headers={"Location": one}) for one in locations])
    assert (await failing(at, tmp_path)).kind == "address"
    assert len(at.asked) == asked
    assert names(tmp_path) == []


async def test_five_redirects_are_followed(at: Cdn, tmp_path: Path) -> None:
    at.put("/a.jpg", BODY)
    at.twist(*[Twist(status=301, headers={"Location": "/a.jpg"})] * 5)
    assert await download(media_of(f"{at.root}/a.jpg"), tmp_path)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "a.jpg", "ftp://h/a.jpg", "http://a@h/"])
async def test_only_the_web_is_asked(tmp_path: Path, url: str) -> None:
    with pytest.raises(DownloadError, match="not one of http or https") as caught:
        await download(media_of(url), tmp_path)
    assert caught.value.kind == "address"
    assert names(tmp_path) == []


async def test_where_nobody_listens(tmp_path: Path) -> None:
    media = media_of(f"http://127.0.0.1:{refused_port()}/a.jpg")
    with pytest.raises(ConnectError, match=r"^download 64_9: no connection"):
        await download(media, tmp_path, retry=AT_ONCE)
    assert names(tmp_path) == []


async def test_a_full_disk_is_told_and_what_it_took_stays(
    at: Cdn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import os

    at.put("/a.jpg", BODY)
    whole = os.pwrite

    def full(file: int, data: memoryview, at: int) -> int:
        if at + len(data) > 300_000:
            data = data[: max(0, 300_000 - at)]
        if not data:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return whole(file, data, at)

    monkeypatch.setattr(os, "pwrite", full)
    error = await failing(at, tmp_path)
    assert (error.kind, error.message) == ("disk", "No space left on device")
    assert len(at.asked) == 1
    assert kept(tmp_path) == 300_000
    monkeypatch.undo()
    (path,) = await download(media_of(f"{at.root}/a.jpg"), tmp_path)
    assert path.read_bytes() == BODY
    assert at.ranges == [None, "bytes=300000-"]


async def test_a_note_that_can_not_be_written_is_told(at: Cdn, tmp_path: Path) -> None:
    at.put("/a.jpg", BODY)
    (tmp_path / "64_9.part.json").mkdir()
    assert (await failing(at, tmp_path)).kind == "disk"


class Recorded:
    """A clock that waits for nobody, and tells how long it should have."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    def now(self) -> float:
        return 0.0

    def call_at(self, when: float, callback: Callable[[], object]) -> Timer:
        self.waited.append(when)
        return asyncio.get_running_loop().call_soon(callback)


async def test_between_attempts_the_clock_waits_as_the_policy_says(
    at: Cdn, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = at.put("/a.jpg", BODY)
    at.twist(*[Twist(status=503)] * 3)
    clock = Recorded()
    with caplog.at_level(logging.DEBUG, "instagram_async.download"):
        await download(media_of(url), tmp_path, retry=Retry(base=8, cap=20), clock=clock)
    assert len(clock.waited) == 3
    assert all(seconds <= most for seconds, most in zip(clock.waited, (8, 16, 20), strict=True))
    records = [vars(one) for one in caplog.records if one.name == "instagram_async.download"]
    assert [(one["operation"], one["attempt"], one["error"]) for one in records] == [
        ("download 64_9", number, "ServerError") for number in (1, 2, 3)
    ]
    assert [one["delay"] for one in records] == clock.waited
