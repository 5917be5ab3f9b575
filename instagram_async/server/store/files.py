"""Files that appear when they are complete."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def new_file(path: Path) -> Generator[Path, None, None]:
    """Hand out a name beside a path, and rename what was written there at the end.

    Args:
        path: what the file is to be called.

    Yields:
        Where to write it.

    Raises:
        FileExistsError: there is such a file, or somebody is writing it.
    """
    if path.exists():
        raise FileExistsError(f"there is a file {path}")
    part = path.with_name(f"{path.name}.part")
    part.open("xb").close()
    part.unlink()
    try:
        yield part
        _sync(part)
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
