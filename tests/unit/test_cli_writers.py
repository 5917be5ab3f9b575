"""What is written to standard output, where that takes only some of it at once."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from unittest.mock import patch

import pytest

from instagram_async import UserSummary
from instagram_async.bulk.wire import to_json
from instagram_async.cli.writers import JSONLinesWriter

PAGE = [UserSummary(id=str(number), username=f"user_{number}") for number in range(20)]
TEXT = b"".join(to_json(one) + b"\n" for one in PAGE)


class Disk(io.FileIO):
    """A file that takes what there is room for, and 100 bytes at once at most."""

    room = 10**9

    def write(self, data: Any, /) -> int:
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = super().write(bytes(data)[: min(self.room, 100)])
        self.room -= written
        return written


@contextmanager
def output(file: io.FileIO, *, is_buffered: bool = True) -> Iterator[None]:
    """Have it as standard output, as the interpreter has it with and without PYTHONUNBUFFERED."""
    buffer: Any = io.BufferedWriter(file) if is_buffered else file
    text = io.TextIOWrapper(buffer, "utf-8")
    with patch.object(sys, "stdout", text):
        yield
    text.detach()  # or it would close the file
    if is_buffered:
        buffer.detach()


@pytest.mark.parametrize("is_buffered", [True, False])
def test_all_of_a_page_is_written(is_buffered: bool, tmp_path: Path) -> None:
    path = tmp_path / "out"
    with Disk(path, "w") as disk, output(disk, is_buffered=is_buffered):
        JSONLinesWriter().page(PAGE)
    assert path.read_bytes() == TEXT


@pytest.mark.parametrize("is_buffered", [True, False])
def test_a_page_for_which_there_is_no_room_is_not_there_at_all(
    is_buffered: bool, tmp_path: Path
) -> None:
    path, writer = tmp_path / "out", JSONLinesWriter()
    with Disk(path, "w") as disk, output(disk, is_buffered=is_buffered):
        writer.page(PAGE)
        disk.room = len(TEXT) // 2
        with pytest.raises(OSError, match="No space left"):
            writer.page(PAGE)
        assert path.read_bytes() == TEXT
        disk.room = len(TEXT)
        writer.page(PAGE)
    assert path.read_bytes() == TEXT * 2


@pytest.mark.parametrize("mode", ["a", "r+"])
def test_what_was_there_before_stays(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(before := b"before\n" * 99)
    with Disk(path, mode) as disk, output(disk):
        disk.room = 150
        with pytest.raises(OSError, match="No space left"):
            JSONLinesWriter().page(PAGE)
    left = path.read_bytes()
    assert left == before if mode == "a" else len(left) == len(before)


def test_a_pipe_that_does_not_wait_is_waited_for() -> None:
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    heard: list[bytes] = []

    def listen() -> None:
        with io.FileIO(ours) as pipe:
            heard.append(pipe.readall())

    listener = Thread(target=listen)
    listener.start()
    with io.FileIO(theirs, "w") as pipe, output(pipe):
        writer = JSONLinesWriter()
        for _ in range(200):  # more than a pipe holds
            writer.page(PAGE)
    listener.join()
    assert heard == [TEXT * 200]
