"""What files are by their first bytes, and files that take a name in one step."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from instagram_async.disk import named

_SQLITE = b"SQLite format 3\0"


def is_database(path: Path) -> bool:
    """Whether a file is one of SQLite's, by its first bytes.

    Args:
        path: of a file that is there.

    Raises:
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


@contextmanager
def placed(path: Path) -> Generator[Path]:
    """Hand out where to write a file, and give it its name when that is done.

    Args:
        path: what it is to be called; what has that name is replaced.

    Yields:
        A name beside it, which nothing has: what was written through a link would be elsewhere.

    Raises:
        OSError: it can't be written, and which.
    """
    part = path.with_name(f"{path.name}.part")
    with named(path):
        part.unlink(missing_ok=True)
        yield part
        part.replace(path)
