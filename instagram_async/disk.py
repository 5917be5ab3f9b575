"""Locks that a kill frees, and disks that fail and say where."""

from __future__ import annotations

import errno
import os
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from io import FileIO
from os import PathLike
from typing import Protocol
from weakref import WeakSet


class Opened(Protocol):
    """What has a file or a folder open, without a buffer, which a child would write as well."""

    def fileno(self) -> int:
        """Its descriptor."""
        ...

    def close(self) -> object:
        """Close it, if it is open."""
        ...


_locked = WeakSet[Opened]()


def lock(opened: Opened) -> bool:
    """Lock a file or folder, if nobody else has: until it is closed, or its process is killed.

    A forked child's copy of the descriptor, which would hold the lock when the parent is gone,
    is closed there at once; the parent's lock stays.

    Args:
        opened: what has it open; closed if it can't be locked.

    Returns:
        Whether it is ours now.

    Raises:
        OSError: it is where nothing can be locked.
    """
    from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415 - not on every system

    _locked.add(opened)
    try:
        flock(opened.fileno(), LOCK_EX | LOCK_NB)
    except BlockingIOError:
        opened.close()
        return False
    except BaseException:
        opened.close()
        raise
    return True


def is_at(path: str | PathLike[str], opened: Opened, *, follow_symlinks: bool = True) -> bool:
    """Whether what is open still has its name: it was neither removed nor renamed meanwhile.

    Args:
        path: the name.
        opened: what has it open.
        follow_symlinks: whether a link is what it leads to.
    """
    try:
        there = os.stat(path, follow_symlinks=follow_symlinks)  # noqa: PTH116
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(opened.fileno()), there)


def _let_go() -> None:
    for opened in list(_locked):
        with suppress(OSError):  # it is closed all the same, and so are the others
            opened.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


class OpenFolder:
    """A folder that is open, to be locked or synced.

    Args:
        path: of the folder.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self._file: int | None = None
        self._file = os.open(path, os.O_RDONLY)

    def fileno(self) -> int:
        """Its descriptor."""
        if self._file is None:
            raise ValueError("the folder is not open")
        return self._file

    def close(self) -> None:
        """Close it, if it is open."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)

    __del__ = close


class FileLock:
    """Held by one at a time, of this process or another, until he lets go or is killed.

    Args:
        path: of a file that is there while somebody holds it.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: FileIO | None = None

    def take(self) -> bool:
        """Take it, if nobody has it.

        Returns:
            Whether it is ours now.

        Raises:
            OSError: the file can't be made.
        """
        while True:
            file = FileIO(self._path, "r+", opener=_make)
            if not lock(file):
                return False
            if is_at(self._path, file):
                self._file = file
                return True
            file.close()  # whoever had it took the file away after we had opened it

    def release(self) -> None:
        """Let go; nothing happens if it is not ours, or our parent's."""
        file, self._file = self._file, None
        if file is None or file.closed:
            return
        try:
            if is_at(self._path, file):
                os.unlink(self._path)  # noqa: PTH108
        finally:
            file.close()


def _make(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CREAT, 0o600)


@contextmanager
def named(path: str | PathLike[str]) -> Generator[None, None, None]:
    """Have errors say which file it was, as those of a full disk don't by themselves.

    Args:
        path: of the file.

    Raises:
        OSError: the same, with `filename`.
    """
    try:
        yield
    except OSError as error:
        if error.errno is not None and error.filename is None:
            error.filename = os.fspath(path)
        raise


def expect(path: str | PathLike[str], otherwise: str) -> None:
    """See that a file or folder is there.

    Args:
        path: of it.
        otherwise: what to say if it is not.

    Raises:
        FileNotFoundError: it is not.

    Example:
        >>> try:
        ...     expect("no-such-rows.csv", "there are no rows yet")
        ... except FileNotFoundError as error:
        ...     print(error)
        [Errno 2] there are no rows yet: 'no-such-rows.csv'
    """
    if not os.path.exists(path):  # noqa: PTH110
        raise FileNotFoundError(errno.ENOENT, otherwise, os.fspath(path))


def sync_folder(folder: str | PathLike[str]) -> None:
    """Have the names in a folder outlast a power cut.

    Args:
        folder: its path.
    """
    with named(folder), closing(OpenFolder(folder)) as opened:
        os.fsync(opened.fileno())
