"""Downloads that were cut off, and what is there of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from instagram_async import Retry, TransportError, download
from tests.support.cdn import Cdn, Twist, jpeg, media_of

BODY = jpeg(700_000)
AT_ONCE = Retry(attempts=3, base=0)
ONCE = Retry(attempts=1)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def cut(folder: Path, kept: int = 2**18) -> Twist:
    """The connection ends behind what was kept already."""
    part = folder / "64_9.part"
    return Twist(cut=600_000, until=lambda: part.stat().st_size >= kept)


def kept(folder: Path) -> int:
    return (folder / "64_9.part").stat().st_size


async def begun(at: Cdn, folder: Path) -> int:
    """Fetch a part of `/a.jpg` of 700,000 bytes, and forget that it was asked for; how much."""
    at.twist(cut(folder))
    with pytest.raises(TransportError):
        await download(media_of(f"{at.root}/a.jpg"), folder, retry=ONCE)
    at.asked.clear()
    return kept(folder)
