"""A folder on a disk that loses, when the power fails, whatever was not synced."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

Loss = Literal["nothing", "half", "all"]
"""What is lost of bytes that were not synced; names are lost only with `all`."""


class Crash(BaseException):
    """The end of a process, at a step of its own."""


class Disk:
    """Watches a folder while it is entered.

    What the program syncs or renames is counted, and it may crash at such a step, before it is
    done or behind it. A name counts when its folder was synced, bytes when their file was.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.steps = 0
        self.crash_at: float | None = None
        """Of the steps from now on: 0.0 before the first, 0.5 behind it, 1.0 before the next."""
        self._names: dict[str, int] = {}
        self._bytes: dict[int, bytes] = {}
        self._plain = os.fsync, os.replace

    def __enter__(self) -> Self:
        self._settle()
        os.fsync = self._fsync
        os.replace = self._replace  # type: ignore[assignment]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        os.fsync, os.replace = self._plain

    def fail(self, loss: Loss) -> None:
        """The power fails, or with `nothing` the process was killed, and comes back."""
        self.crash_at, self.steps = None, 0
        there = self._there()
        inodes = {path.stat().st_ino: path for path in there.values()}
        kept = self._names if loss == "all" else {n: p.stat().st_ino for n, p in there.items()}
        contents: dict[str, bytes] = {}
        for name, inode in kept.items():
            synced = self._bytes.get(inode, b"")
            held = inodes[inode].read_bytes() if inode in inodes else synced
            ends = {"nothing": len(held), "half": (len(synced) + len(held)) // 2}
            contents[name] = synced if loss == "all" else held[: ends[loss]]
        for path in there.values():
            path.unlink()
        for name, data in contents.items():
            (self.folder / name).write_bytes(data)
        self._settle()

    def _there(self) -> dict[str, Path]:
        return {path.name: path for path in self.folder.iterdir()}

    def _settle(self) -> None:
        """All that is there is on the disk."""
        there = self._there()
        self._names = {name: path.stat().st_ino for name, path in there.items()}
        self._bytes = {path.stat().st_ino: path.read_bytes() for path in there.values()}

    def _step(self) -> None:
        if self.crash_at == self.steps:
            raise Crash
        self.steps += 1

    def _done(self) -> None:
        if self.crash_at == self.steps - 0.5:
            raise Crash

    def _fsync(self, fd: Any) -> None:
        self._step()
        found = os.fstat(fd)
        path = Path(f"/proc/self/fd/{fd}").readlink()
        if stat.S_ISDIR(found.st_mode):
            if path.samefile(self.folder):
                self._names = {name: there.stat().st_ino for name, there in self._there().items()}
        elif path.parent.samefile(self.folder):
            self._bytes[found.st_ino] = path.read_bytes()
        self._done()

    def _replace(self, source: Any, target: Any) -> None:
        self._step()
        self._plain[1](source, target)
        self._done()
