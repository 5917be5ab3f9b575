"""Cut off and gone on with: what is asked for, and that nothing is glued."""

from __future__ import annotations

from pathlib import Path

import pytest

from instagram_async import (
    Timeout,
    TransportError,
    download,
)
from tests.support.cdn import Cdn, Twist, jpeg, media_of
from tests.support.cut_off import AT_ONCE, BODY, ONCE, begun, kept, names


@pytest.mark.parametrize("how", ["close", "reset"])
async def test_a_connection_that_breaks_is_gone_on_with(at: Cdn, tmp_path: Path, how: str) -> None:
    at.put("/a.jpg", BODY)
    part = tmp_path / "64_9.part"
    at.twist(Twist(cut=600_000, until=lambda: part.stat().st_size >= 2**18, how=how))  # type: ignore[arg-type]
    (path,) = await download(media_of(f"{at.root}/a.jpg"), tmp_path, retry=AT_ONCE)
    assert path.read_bytes() == BODY
    first, second = at.asked
    assert first.range is None
    assert second.range is not None
    assert int(second.range.removeprefix("bytes=").removesuffix("-")) >= 2**18
    assert second.headers["if-range"] == '"v1"'
    assert names(tmp_path) == ["64_9.jpg"]


async def test_the_next_call_goes_on_with_it(at: Cdn, tmp_path: Path) -> None:
    at.put("/a.jpg", BODY)
    size = await begun(at, tmp_path)
    assert names(tmp_path) == ["64_9.part", "64_9.part.json"]
    # Signed anew, it is the same file.
    (path,) = await download(media_of(f"{at.root}/a.jpg?sig=other"), tmp_path)
    assert path.read_bytes() == BODY
    assert at.ranges == [f"bytes={size}-"]


async def test_what_was_fetched_to_its_end_is_not_asked_for(at: Cdn, tmp_path: Path) -> None:
    at.put("/a.jpg", BODY)
    await begun(at, tmp_path)
    (tmp_path / "64_9.part").write_bytes(BODY)  # killed between the last byte and the rename
    (path,) = await download(media_of(f"{at.root}/a.jpg"), tmp_path)
    assert path.read_bytes() == BODY
    assert at.asked == []


async def test_a_file_that_changed_is_not_glued(at: Cdn, tmp_path: Path) -> None:
    at.put("/a.jpg", BODY)
    await begun(at, tmp_path)
    other = jpeg(700_000, seed=7)
    at.put("/a.jpg", other, etag='"v2"')
    (path,) = await download(media_of(f"{at.root}/a.jpg"), tmp_path)
    assert path.read_bytes() == other
    assert len(at.asked) == 1


@pytest.mark.parametrize("headers", [{"ETag": '"v2"'}, {"Content-Range": "bytes 0-699999/700000"}])
async def test_a_rest_that_is_none_is_not_glued(
    at: Cdn, tmp_path: Path, headers: dict[str, str]
) -> None:
    at.put("/a.jpg", BODY)
    size = await begun(at, tmp_path)
    at.twist(Twist(headers=headers))
    (path,) = await download(media_of(f"{at.root}/a.jpg"), tmp_path, retry=ONCE)
    assert path.read_bytes() == BODY
    assert at.ranges == [f"bytes={size}-", None]


async def test_a_server_that_knows_no_ranges_sends_all(at: Cdn, tmp_path: Path) -> None:
    at.put("/a.jpg", BODY)
    await begun(at, tmp_path)
    at.usual = Twist(ignores_range=True)
    (path,) = await download(media_of(f"{at.root}/a.jpg"), tmp_path)
    assert path.read_bytes() == BODY
    assert len(at.asked) == 1


async def test_a_range_that_is_not_there_any_more(at: Cdn, tmp_path: Path) -> None:
    at.put("/a.jpg", BODY)
    size = await begun(at, tmp_path)
    at.put("/a.jpg", BODY[:9000])  # with the same ETag
    (path,) = await download(media_of(f"{at.root}/a.jpg"), tmp_path, retry=ONCE)
    assert path.read_bytes() == BODY[:9000]
    assert at.ranges == [f"bytes={size}-", None]


@pytest.mark.parametrize("etag", [None, 'W/"v1"'])
async def test_without_a_validator_it_begins_anew(
    at: Cdn, tmp_path: Path, etag: str | None
) -> None:
    at.put("/a.jpg", BODY, etag=etag)
    await begun(at, tmp_path)
    (path,) = await download(media_of(f"{at.root}/a.jpg"), tmp_path)
    assert path.read_bytes() == BODY
    assert at.ranges == [None]


async def test_an_old_date_is_a_validator(at: Cdn, tmp_path: Path) -> None:
    changed = "Sat, 12 Sep 2015 12:00:00 GMT"
    at.put("/a.jpg", BODY, etag=None, last_modified=changed)
    size = await begun(at, tmp_path)
    (path,) = await download(media_of(f"{at.root}/a.jpg"), tmp_path)
    assert path.read_bytes() == BODY
    assert at.ranges == [f"bytes={size}-"]
    assert at.asked[0].headers["if-range"] == changed


async def test_another_file_in_its_place_begins_anew(at: Cdn, tmp_path: Path) -> None:
    at.put("/a.jpg", BODY)
    await begun(at, tmp_path)
    url = at.put("/b.jpg", jpeg(700_000, seed=7))
    (path,) = await download(media_of(url), tmp_path)
    assert path.read_bytes() == jpeg(700_000, seed=7)
    assert at.ranges == [None]


async def test_chunks_are_whole_at_their_end_and_not_before(at: Cdn, tmp_path: Path) -> None:
    at.put("/a.jpg", BODY)
    part = tmp_path / "64_9.part"
    at.twist(Twist(chunked=True, cut=600_000, until=lambda: part.stat().st_size >= 2**18))
    at.usual = Twist(chunked=True)
    with pytest.raises(TransportError):
        await download(media_of(f"{at.root}/a.jpg"), tmp_path, retry=ONCE)
    size = kept(tmp_path)
    (path,) = await download(media_of(f"{at.root}/a.jpg"), tmp_path)
    assert path.read_bytes() == BODY
    assert at.ranges == [None, f"bytes={size}-"]


@pytest.mark.parametrize("length", [650_000, 750_000])
async def test_chunks_that_are_no_more_and_no_less_than_was_told(
    at: Cdn, tmp_path: Path, length: int
) -> None:
    at.put("/a.jpg", BODY)
    size = await begun(at, tmp_path)
    told = {"Content-Range": f"bytes {size}-699999/700000"}
    at.twist(Twist(chunked=True, body=jpeg(length), headers=told))
    with pytest.raises(TransportError, match=f"ended after {length} of 700000 bytes"):
        await download(media_of(f"{at.root}/a.jpg"), tmp_path, retry=ONCE)
    assert not (tmp_path / "64_9.jpg").exists()
    (path,) = await download(media_of(f"{at.root}/a.jpg"), tmp_path)
    assert path.read_bytes() == BODY


async def test_a_server_that_stops_is_given_up(at: Cdn, tmp_path: Path) -> None:
    at.put("/a.jpg", BODY)
    at.twist(Twist(cut=600_000, how="stall"))
    (path,) = await download(
        media_of(f"{at.root}/a.jpg"), tmp_path, retry=AT_ONCE, timeout=Timeout(read=1.5)
    )
    assert path.read_bytes() == BODY
    # What had come was kept: there was time to write it.
    assert at.ranges == [None, "bytes=600000-"]
