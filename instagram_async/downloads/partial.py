"""A file on its way: its bytes and what they are part of, on the disk.

The bytes are in `<stem>.part`, which is locked while somebody fetches it, and become the file by
a rename; what they are part of is in `<stem>.part.json`. All of it blocks.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from io import FileIO
from pathlib import Path

from instagram_async.disk import is_at, lock, sync_folder
from instagram_async.downloads.kinds import EXTENSIONS, HEAD, begins_as
from instagram_async.downloads.marks import Mark, mark_in, written
from instagram_async.errors import DownloadError

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_TOP = 4096  # bytes of a mark; none of ours is so long


class Partial:
    """The one file of a stem.

    Args:
        folder: where; made if it is not there.
        stem: the file's name without the extension.

    Attributes:
        size: bytes of the part, ours or, when `begin` was told so, somebody else's.
        mark: what our part is part of.
    """

    def __init__(self, folder: Path, stem: str) -> None:
        self._folder = folder
        self._stem = stem
        self._part = folder / f"{stem}.part"
        self._note = folder / f"{stem}.part.json"
        self._file: FileIO | None = None
        self.size = 0
        self.mark: Mark | None = None

    def begin(self) -> Path | bool:
        """Look for the file, or take its part.

        Returns:
            The whole file; or whether the part is ours now, and not somebody else's.

        Raises:
            DownloadError: the folder can't be used, or what is there is no file.
        """
        with _as_download_error():
            self.size = 0
            self._folder.mkdir(parents=True, exist_ok=True)
            found = self._found()
            if found is not None:
                self._tidy()
                return found
            self._file = self._taken()
            if self._file is None:
                return False
            # Between the look and the lock somebody may have finished.
            found = self._found()
            if found is not None:
                self.drop()
                return found
            self.size = os.fstat(self._fd).st_size
            self.mark = self._read_note() if self.size else None
            return True

    def restart(self, mark: Mark) -> None:
        """Drop what is there; what comes is part of something else.

        Args:
            mark: of what.

        Raises:
            DownloadError: the disk failed.
        """
        with _as_download_error():
            if self.size:
                # Not even after a power cut may old bytes stand under the new mark.
                os.ftruncate(self._fd, 0)
                os.fsync(self._fd)
            self.size, self.mark = 0, mark
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
            note = os.open(self._note, flags, 0o666)
            try:
                os.write(note, written(mark))  # cut short, it is none
            finally:
                os.close(note)

    def write(self, data: bytes | bytearray) -> None:
        """Add bytes.

        Args:
            data: which.

        Raises:
            DownloadError: the disk failed; what was written before it did is kept.
        """
        with _as_download_error():
            rest = memoryview(data)
            while rest:
                written = os.pwrite(self._fd, rest, self.size)
                self.size += written
                rest = rest[written:]

    def drop(self) -> None:
        """Have `close` remove what is there."""
        self.size = 0

    def finish(self, mark: Mark) -> Path:
        """Make it the file, to stay even after a power cut.

        Args:
            mark: what it is, all of it.

        Returns:
            The file.

        Raises:
            DownloadError: it does not begin as its content type says, and is dropped; or the
                disk failed.
        """
        with _as_download_error():
            if not begins_as(mark.extension, os.pread(self._fd, HEAD, 0)):
                self.drop()
                message = f"what came does not begin as {mark.extension} does"
                raise DownloadError(message, kind="content")
            os.fsync(self._fd)
            target = self._folder / f"{self._stem}.{mark.extension}"
            os.replace(self._part, target)  # noqa: PTH105 - beside the others of os
            self._note.unlink(missing_ok=True)
            sync_folder(self._folder)
            return target

    def close(self) -> None:
        """Let go of it; a part without any bytes is removed, any other stays to be gone on with.

        Raises:
            DownloadError: the disk failed.
        """
        if self._file is None:
            return
        with _as_download_error():
            try:
                if not self.size and is_at(self._part, self._file, follow_symlinks=False):
                    self._note.unlink(missing_ok=True)
                    self._part.unlink()
            finally:
                # A process forked while it was being locked has it open, and would keep the lock.
                fcntl.flock(self._file, fcntl.LOCK_UN)
                self._file.close()
                self._file = None

    @property
    def _fd(self) -> int:
        if self._file is None:
            raise RuntimeError("this part was not begun")
        return self._file.fileno()

    def _found(self) -> Path | None:
        for extension in sorted(set(EXTENSIONS.values())):
            path = self._folder / f"{self._stem}.{extension}"
            try:
                mode = path.lstat().st_mode
            except FileNotFoundError:
                continue
            if not stat.S_ISREG(mode):
                raise DownloadError(f"{path.name} is in its place, and no file", kind="disk")
            return path
        return None

    def _tidy(self) -> None:
        """Remove the note that a kill left beside the whole file, which needs none."""
        with suppress(OSError):
            if stat.S_ISREG(self._note.lstat().st_mode):
                self._note.unlink()

    def _taken(self) -> FileIO | None:
        """Open the part and lock it; `None` if it is somebody else's, or was until now."""
        file = FileIO(self._part, "r+", opener=_open_part)
        with ExitStack() as undo:
            undo.callback(file.close)
            told = os.fstat(file.fileno())
            self.size = told.st_size
            if not stat.S_ISREG(told.st_mode) or told.st_nlink > 1:
                raise DownloadError(f"{self._part.name} is in its place, and not ours", kind="disk")
            if not lock(file) or not is_at(self._part, file, follow_symlinks=False):
                return None
            undo.pop_all()
        return file

    def _read_note(self) -> Mark | None:
        """What the part is part of; `None` for a note that was cut, or is none of ours."""
        try:
            file = os.open(self._note, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            text = os.read(file, _TOP)
        finally:
            os.close(file)
        return mark_in(text)


def _open_part(path: str, _: int) -> int:
    return os.open(path, _FLAGS, 0o666)


@contextmanager
def _as_download_error() -> Generator[None]:
    """Have what the system says told as ours: it names the file, and no address."""
    try:
        yield
    except OSError as error:
        raise DownloadError(error.strerror or type(error).__name__, kind="disk") from error
