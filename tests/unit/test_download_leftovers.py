"""What a kill leaves beside a file, the next download of it takes away, and does no harm."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path
from typing import get_args

import pytest

from instagram_async.downloads.marks import Mark
from instagram_async.downloads.partial import Partial
from tests.support.cdn import jpeg
from tests.support.disk import Crash, Disk, Loss

BODY = jpeg(5000)
MARK = Mark("2c26", "jpg", 5000, '"v1"')


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def fetch(folder: Path) -> None:
    """Fetch it, or go on with what is there; a crash lets go of the part as a kill does."""
    part = Partial(folder, "64_9")
    try:
        if part.begin() is True:
            if part.mark is None:
                part.restart(MARK)
            part.write(BODY[part.size :])
            part.finish(MARK)
    finally:
        part.close()


@pytest.mark.parametrize("loss", get_args(Loss))
def test_each_step_may_be_the_last(tmp_path: Path, loss: Loss) -> None:
    """One after the other, until there are no more."""
    strays = 0
    for step in count():
        folder = tmp_path / f"{step}"
        folder.mkdir()
        with Disk(folder) as disk:
            disk.crash_at = step / 2
            try:
                fetch(folder)
            except Crash:
                strays += names(folder) == ["64_9.jpg", "64_9.part.json"]
            else:
                break
            disk.fail(loss)
            fetch(folder)
        assert names(folder) == ["64_9.jpg"]
        assert (folder / "64_9.jpg").read_bytes() == BODY
    assert step == 6
    assert strays == 1


def test_a_whole_file_is_found_though_its_leftover_can_not_be_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "64_9.jpg").write_bytes(BODY)
    note = tmp_path / "64_9.part.json"
    note.write_bytes(b"[]")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "unlink", refused)
    monkeypatch.setattr(Path, "unlink", refused)
    assert Partial(tmp_path, "64_9").begin() == tmp_path / "64_9.jpg"
    assert note.exists()


@pytest.mark.parametrize("thing", ["folder", "link"])
def test_what_is_no_note_is_left_alone_beside_a_whole_file(tmp_path: Path, thing: str) -> None:
    (tmp_path / "64_9.jpg").write_bytes(BODY)
    at = tmp_path / "64_9.part.json"
    at.mkdir() if thing == "folder" else at.symlink_to(tmp_path / "64_9.jpg")
    assert Partial(tmp_path, "64_9").begin() == tmp_path / "64_9.jpg"
    assert names(tmp_path) == ["64_9.jpg", "64_9.part.json"]


def test_a_process_that_was_forked_meanwhile_does_not_keep_the_part(tmp_path: Path) -> None:
    part = Partial(tmp_path, "64_9")
    assert part.begin() is True
    part.restart(MARK)
    part.write(BODY[:3000])
    assert part._file is not None
    shared = os.dup(part._fd)  # as a fork shares it
    part.close()
    again = Partial(tmp_path, "64_9")
    try:
        assert again.begin() is True
        assert again.size == 3000
    finally:
        again.close()
        os.close(shared)
