"""A file of which only that counts which lies before a position."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import Any, NoReturn

import pytest

from instagram_async.bulk.append import AppendedFile
from instagram_async.bulk.errors import SinkError
from tests.support.jobs import syncs


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AppendedFile]:
    made = AppendedFile(tmp_path / "rows")
    yield made
    made.close()


def begun(file: AppendedFile, data: bytes = b"one\n") -> str:
    """Open, write, sync, close: the position."""
    file.open(None)
    file.write(data)
    position = file.sync()
    file.close()
    return position


def test_what_was_not_counted_is_cut_off(file: AppendedFile) -> None:
    position = begun(file)
    file.open(position)
    file.write(b"two\n")
    file.sync()
    file.close()
    file.open(position)
    assert (file.size, file.path.read_bytes()) == (4, b"one\n")
    file.write(b"three\n")
    assert file.path.read_bytes() == b"one\nthree\n"
    later = file.sync()
    file.close()
    file.open(later)
    assert file.path.read_bytes() == b"one\nthree\n"


def test_an_empty_file_may_be_there(file: AppendedFile) -> None:
    file.path.touch()
    assert begun(file).startswith("4:")


def test_a_file_that_this_ledger_did_not_begin_is_left_alone(file: AppendedFile) -> None:
    file.path.write_bytes(b"precious")
    with pytest.raises(SinkError, match="rows is not empty, and this ledger"):
        file.open(None)
    assert file.path.read_bytes() == b"precious"


def test_a_file_that_is_gone_is_not_made_anew(file: AppendedFile) -> None:
    position = begun(file)
    file.path.unlink()
    with pytest.raises(SinkError, match="4 bytes of it count, and it is not there"):
        file.open(position)
    assert not file.path.exists()


@pytest.mark.parametrize("there", [b"one", b"", b"two\nthree\n", b"One\n"])
def test_another_file_in_its_place_is_left_alone(file: AppendedFile, there: bytes) -> None:
    position = begun(file)
    file.path.write_bytes(there)
    with pytest.raises(SinkError, match="do not begin with the 4 that count"):
        file.open(position)
    assert file.path.read_bytes() == there
    with pytest.raises(ValueError, match="is not open"):
        file.write(b"")


def test_a_long_file_is_known_by_its_last_bytes(file: AppendedFile) -> None:
    position = begun(file, b"x" * 10_000 + b"\n")
    with file.path.open("r+b") as changed:
        changed.seek(9_000)
        changed.write(b"y")
    with pytest.raises(SinkError, match="changed or replaced"):
        file.open(position)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        AppendedFile(tmp_path / "nowhere" / "rows").open(None)


def test_behind_a_write_that_failed_halfway_comes_the_next_in_its_place(
    file: AppendedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.open(None)
    file.write(b"one\n")
    assert file._file is not None
    os.pwrite(file._file.fileno(), b"tw", 4)  # as a full disk leaves it
    file.write(b"three\n")
    assert file.path.read_bytes() == b"one\nthree\n"


def test_a_disk_that_takes_a_few_bytes_at_a_time(
    file: AppendedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(FileIO):
        def write(self, data: Any) -> int:
            return super().write(bytes(data)[:3])

    monkeypatch.setattr("instagram_async.bulk.append.FileIO", Slow)
    begun(file, b"one\ntwo\nthree\n")
    assert file.path.read_bytes() == b"one\ntwo\nthree\n"


class Full(FileIO):
    """A file on a disk that takes nothing more."""

    def write(self, data: Any) -> int:
        with FileIO("/dev/full", "w") as full:
            return full.write(data)


def no_space(*args: Any) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_told_with_the_name_of_the_file(
    file: AppendedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("instagram_async.bulk.append.FileIO", Full)
    file.open(None)
    with pytest.raises(OSError, match=r"No space left on device: '.*rows'") as caught:
        file.write(b"one\n")
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(file.path))


@pytest.mark.parametrize("call", ["fsync", "ftruncate", "close"])
def test_so_is_one_that_tells_only_later(
    file: AppendedFile, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    class Late(FileIO):
        def truncate(self, size: int | None = None, /) -> int:
            if call == "ftruncate":
                no_space()
            return super().truncate(size)

        def close(self) -> None:
            super().close()
            if call == "close":
                no_space()

    position = begun(file)
    monkeypatch.setattr("instagram_async.bulk.append.FileIO", Late)
    if call == "fsync":
        monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space left") as caught:
        file.open(position)
        file.sync()
        file.close()
    assert caught.value.filename == str(file.path)


def test_a_folder_that_can_not_be_synced_is_named(
    file: AppendedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space left") as caught:
        file.open(None)
    assert caught.value.filename == str(file.path.parent)


def test_a_link_to_a_file_that_is_not_there_yet(file: AppendedFile) -> None:
    target = file.path.parent / "elsewhere"
    file.path.symlink_to(target)
    begun(file)
    assert target.read_bytes() == b"one\n"


def test_file_and_folder_are_synced(file: AppendedFile, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = syncs(monkeypatch)
    file.open(None)
    assert synced == [file.path.parent]
    file.write(b"one\n")
    file.sync()
    assert synced == [file.path.parent, file.path]


def test_it_may_begin_another(file: AppendedFile) -> None:
    begun(file)
    file.path.unlink()
    assert begun(file, b"two\n").startswith("4:")
    assert file.path.read_bytes() == b"two\n"


def test_close_may_come_at_any_time(file: AppendedFile) -> None:
    file.close()
    file.open(None)
    file.close()
    file.close()
    with pytest.raises(ValueError, match="is not open"):
        file.sync()
