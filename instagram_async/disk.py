"""A lock that a kill frees, and the sync of a folder."""

from __future__ import annotations

import os
from os import PathLike


class FileLock:
    """Held by one at a time, of this process or another, until he lets go or is killed.

    Args:
        path: of a file that is there while somebody holds it.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> bool:
        """Take it, if nobody has it.

        Returns:
            Whether it is ours now.

        Raises:
            OSError: the file can't be made.
        """
        from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415 - not on every system

        while True:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                flock(file, LOCK_EX | LOCK_NB)
            except BlockingIOError:
                os.close(file)
                return False
            if self._is_at_its_place(file):
                self._file = file
                return True
            os.close(file)  # whoever had it took the file away after we had opened it

    def release(self) -> None:
        """Let go; nothing happens if it is not ours."""
        if self._file is None:
            return
        file, self._file = self._file, None
        try:
            if self._is_at_its_place(file):
                os.unlink(self._path)  # noqa: PTH108
        finally:
            os.close(file)

    def _is_at_its_place(self, file: int) -> bool:
        try:
            there = os.stat(self._path)  # noqa: PTH116
        except FileNotFoundError:
            return False
        return os.path.samestat(os.fstat(file), there)


def sync_folder(folder: str | PathLike[str]) -> None:
    """Have the names in a folder outlast a power cut.

    Args:
        folder: its path.
    """
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
