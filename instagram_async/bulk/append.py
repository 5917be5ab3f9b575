"""A file that only grows, and is cut back to what counts when it is opened."""

from __future__ import annotations

import os
from contextlib import ExitStack
from io import FileIO
from os import PathLike
from pathlib import Path
from zlib import crc32

from instagram_async.bulk.errors import SinkError
from instagram_async.disk import lock, named, sync_folder

_TAIL = 4096  # bytes that a position knows again


def _make(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CREAT, 0o666)


class AppendedFile:
    r"""A file of rows, of which those count that lie before a position.

    What counts is in the ledger, so it has to be there before the file has a byte: the job
    opens, syncs and commits that position, and only then writes.

    Args:
        path: the file; made if it is not there, in a folder that is.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = AppendedFile(f"{folder}/rows.txt")
        ...     file.open(None)
        ...     file.write(b"counts\n")
        ...     position = file.sync()
        ...     file.write(b"does not\n")
        ...     file.close()
        ...     file.open(position)
        ...     file.close()
        ...     file.path.read_bytes()
        b'counts\n'
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = Path(path)
        self._file: FileIO | None = None
        self._end = 0

    @property
    def size(self) -> int:
        """How many bytes it has, those that are not synced included."""
        return self._end

    def open(self, position: str | None) -> None:
        """Open it for this job alone, and cut off whatever lies behind the position.

        Args:
            position: what `sync` said, `None` for a file that is not begun.

        Raises:
            SinkError: another job has it open; or it is not the file that the position was said
                of, as far as its size and its last 4,096 bytes before the position tell; or it is
                not begun, and yet there are bytes in it.
            OSError: it can't be opened.
        """
        with named(self.path), ExitStack() as undo:
            if position is not None and not self.path.exists():
                end, _, _ = position.partition(":")
                raise SinkError(f"{self.path}: {end} bytes of it count, and it is not there")
            file = undo.enter_context(FileIO(self.path, "r+", opener=_make))
            if not lock(file):
                raise SinkError(f"{self.path}: another job has it open")
            if position is None:
                self._end = self._begin(file)
            else:
                self._end = self._go_on(file, position)
            self._file = file
            undo.pop_all()

    def write(self, data: bytes) -> None:
        """Append bytes; after an error nothing of them counts.

        Raises:
            OSError: it can't be written, as when the disk is full.
        """
        file = self._opened()
        file.seek(self._end)
        rest = memoryview(data)
        with named(self.path):
            while rest:
                rest = rest[file.write(rest) :]
        self._end += len(data)

    def sync(self) -> str:
        """Have it outlast a power cut.

        Returns:
            The position behind all that was written.

        Raises:
            OSError: the disk is full or broken, and tells only now.
        """
        file = self._opened()
        with named(self.path):
            os.fsync(file.fileno())
        return f"{self._end}:{self._tail(file, self._end)}"

    def close(self) -> None:
        """Close it, if it is open."""
        file, self._file = self._file, None
        if file is not None:
            with named(self.path):
                file.close()

    def _opened(self) -> FileIO:
        if self._file is None:
            raise ValueError(f"{self.path} is not open")
        return self._file

    def _begin(self, file: FileIO) -> int:
        if file.seek(0, os.SEEK_END):
            raise SinkError(
                f"{self.path} is not empty, and this ledger did not begin it: "
                "take another path, or move it away"
            )
        sync_folder(self.path.parent)
        return 0

    def _go_on(self, file: FileIO, position: str) -> int:
        end, _, tail = position.partition(":")
        size = file.seek(0, os.SEEK_END)
        if size < int(end) or self._tail(file, int(end)) != tail:
            raise SinkError(
                f"{self.path}: its {size} bytes do not begin with the {end} that count; "
                "it was changed or replaced"
            )
        file.truncate(int(end))
        return int(end)

    @staticmethod
    def _tail(file: FileIO, end: int) -> str:
        """A check sum of the bytes before a place."""
        start = max(0, end - _TAIL)
        return f"{crc32(os.pread(file.fileno(), end - start, start)):08x}"
