"""Cut at any byte, in any way, changed meanwhile: what has the name is the file, byte for byte."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from instagram_async import InstagramError, Retry, download
from tests.support.cdn import Cdn, Twist, cdn, jpeg, media_of

_SIZES = st.sampled_from((4, 5, 1000, 65_536, 262_144, 262_145, 900_001))
_TWISTS = st.builds(
    Twist,
    cut=st.integers(0, 900_000),
    how=st.sampled_from(("close", "reset")),
    ignores_range=st.booleans(),
    chunked=st.booleans(),
    headers=st.sampled_from(({}, {}, {}, {"ETag": '"other"'}, {"Content-Range": "bytes 0-1/2"})),
)
_REFUSALS = st.sampled_from(
    (
        Twist(status=503),
        Twist(status=416),
        Twist(status=404),
        Twist(status=302, headers={"Location": "/a.jpg"}),
        Twist(headers={"Content-Type": "text/html"}),
    )
)
# A call is what goes wrong while it lasts, and whether the file changes before it.
_CALLS = st.lists(
    st.tuples(st.lists(_TWISTS | _REFUSALS, max_size=4), st.booleans()), min_size=1, max_size=4
)


@settings(max_examples=60)
@given(_SIZES, _CALLS, st.sampled_from(('"v{}"', None, 'W/"v{}"')))
def test_the_file_is_one_that_there_was(
    size: int, calls: list[tuple[list[Twist], bool]], etag: str | None
) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_scenario(size, calls, etag, Path(folder)))
        assert [path.name for path in Path(folder).iterdir()] == ["64_9.jpg"]


async def _scenario(
    size: int, calls: list[tuple[list[Twist], bool]], etag: str | None, folder: Path
) -> None:
    version = 0
    async with cdn() as at:
        _put(at, size, version, etag)
        media = media_of(f"{at.root}/a.jpg")
        target = folder / "64_9.jpg"
        for twists, changes in calls:
            if changes and not target.exists():
                version += 1
                _put(at, size, version, etag)
            at.twists.clear()
            at.twist(*twists)
            try:
                await download(media, folder, retry=Retry(attempts=2, base=0))
            except InstagramError:
                assert not target.exists()
                continue
            assert target.read_bytes() == at.files["/a.jpg"].body
        at.twists.clear()
        assert await download(media, folder) == (target,)
        assert target.read_bytes() == at.files["/a.jpg"].body


def _put(at: Cdn, size: int, version: int, etag: str | None) -> None:
    at.put("/a.jpg", jpeg(size, version), etag=etag and etag.format(version))
