"""A file on its way, on the disk: what is there, whose it is, and what it becomes."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from attrs import evolve

from instagram_async import DownloadError
from instagram_async.downloads.marks import Mark
from instagram_async.downloads.partial import Partial
from tests.support.cdn import jpeg
from tests.support.leftovers import open_files

BODY = jpeg(5000)
MARK = Mark("2c26", "jpg", 5000, '"v1"')


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def begun(folder: Path, stem: str = "64_9") -> Iterator[Partial]:
    part = Partial(folder, stem)
    assert part.begin() is True
    try:
        yield part
    finally:
        part.close()


def test_it_has_its_name_when_it_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "some" / "pictures"
    with begun(folder) as part:
        part.restart(MARK)
        for at in range(0, 5000, 1000):
            part.write(BODY[at : at + 1000])
            assert names(folder) == ["64_9.part", "64_9.part.json"]
        assert part.finish(MARK) == folder / "64_9.jpg"
    assert names(folder) == ["64_9.jpg"]
    assert (folder / "64_9.jpg").read_bytes() == BODY
    assert Partial(folder, "64_9").begin() == folder / "64_9.jpg"


@pytest.mark.parametrize("extension", ["jpg", "mp4", "svg"])
def test_what_is_there_is_found_whatever_its_kind(tmp_path: Path, extension: str) -> None:
    (tmp_path / f"64_9.{extension}").write_bytes(b"")
    (tmp_path / "64_9-01.jpg").write_bytes(b"")
    part = Partial(tmp_path, "64_9")
    assert part.begin() == tmp_path / f"64_9.{extension}"
    part.close()
    assert len(names(tmp_path)) == 2


def test_what_was_begun_is_there_the_next_time(tmp_path: Path) -> None:
    with begun(tmp_path) as part:
        part.restart(MARK)
        part.write(BODY[:3000])
    with begun(tmp_path) as part:
        assert (part.size, part.mark) == (3000, MARK)
        part.write(BODY[3000:])
        assert part.finish(MARK).read_bytes() == BODY


def test_a_part_of_something_else_is_dropped(tmp_path: Path) -> None:
    with begun(tmp_path) as part:
        part.restart(MARK)
        part.write(b"x" * 9000)
    other = evolve(MARK, validator='"v2"')
    with begun(tmp_path) as part:
        part.restart(other)
        assert (part.size, part.mark) == (0, other)
        part.write(BODY)
        assert part.finish(other).read_bytes() == BODY


@pytest.mark.parametrize("note", [b"", b"null", b'["2c26","jpg",50'])
def test_a_part_whose_note_was_cut_is_part_of_nothing(tmp_path: Path, note: bytes) -> None:
    (tmp_path / "64_9.part").write_bytes(BODY[:3000])
    (tmp_path / "64_9.part.json").write_bytes(note)
    with begun(tmp_path) as part:
        assert (part.size, part.mark) == (3000, None)
    (tmp_path / "64_9.part.json").unlink()
    with begun(tmp_path) as part:
        assert (part.size, part.mark) == (3000, None)


def test_nothing_is_left_of_what_never_began_and_of_what_is_dropped(tmp_path: Path) -> None:
    with begun(tmp_path):
        assert names(tmp_path) == ["64_9.part"]
    assert names(tmp_path) == []
    with begun(tmp_path) as part:
        part.restart(MARK)
    assert names(tmp_path) == []
    with begun(tmp_path) as part:
        part.restart(MARK)
        part.write(BODY)
        part.drop()
    assert names(tmp_path) == []


def test_what_does_not_begin_as_its_kind_is_dropped(tmp_path: Path) -> None:
    with begun(tmp_path) as part:
        part.restart(MARK)
        part.write(b"<html>".ljust(5000))
        with pytest.raises(DownloadError, match="does not begin as jpg") as caught:
            part.finish(MARK)
    assert caught.value.kind == "content"
    assert names(tmp_path) == []


def test_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    with begun(tmp_path) as part:
        other = Partial(tmp_path, "64_9")
        assert other.begin() is False
        other.close()
        part.restart(MARK)
        part.write(BODY)
        assert other.begin() is False
        part.finish(MARK)
        assert other.begin() == tmp_path / "64_9.jpg"
        other.close()
    assert (tmp_path / "64_9.jpg").read_bytes() == BODY
    assert names(tmp_path) == ["64_9.jpg"]


def test_what_was_finished_between_the_look_and_the_lock_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = os.open
    (tmp_path / "64_9.part").write_bytes(BODY[:3000])

    def late(path: Path, *rest: int) -> int:
        (tmp_path / "64_9.jpg").write_bytes(BODY)
        return whole(path, *rest)

    part = Partial(tmp_path, "64_9")
    monkeypatch.setattr(os, "open", late)
    assert part.begin() == tmp_path / "64_9.jpg"
    part.close()
    assert names(tmp_path) == ["64_9.jpg"]


@pytest.mark.parametrize("away", ["renamed", "removed", "made anew"])
def test_a_part_that_goes_while_it_is_opened_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, away: str
) -> None:
    whole, path = os.open, tmp_path / "64_9.part"

    def early(path: Path, *rest: int) -> int:
        file = whole(path, *rest)
        path.rename(tmp_path / "gone") if away == "renamed" else path.unlink()
        if away == "made anew":
            path.write_bytes(BODY)
        return file

    part = Partial(tmp_path, "64_9")
    monkeypatch.setattr(os, "open", early)
    assert part.begin() is False
    monkeypatch.undo()
    part.close()
    assert path.exists() is (away == "made anew")
    again = Partial(tmp_path, "64_9")
    assert again.begin() is True
    again.close()


def told(kind: Callable[[], object]) -> DownloadError:
    with pytest.raises(DownloadError) as caught:
        kind()
    assert caught.value.kind == "disk"
    return caught.value


@pytest.mark.parametrize("place", ["64_9.jpg", "64_9.part"])
@pytest.mark.parametrize("thing", ["folder", "link", "dangling link", "pipe"])
def test_what_is_no_file_is_left_alone(tmp_path: Path, place: str, thing: str) -> None:
    folder, outside = tmp_path / "pictures", tmp_path / "outside"
    folder.mkdir()
    outside.write_bytes(b"precious")
    at = folder / place
    if thing == "folder":
        at.mkdir()
    elif thing == "pipe":
        os.mkfifo(at)
    else:
        at.symlink_to(outside if thing == "link" else tmp_path / "nothing")
    before = at.lstat().st_ino
    part = Partial(folder, "64_9")
    told(part.begin)
    part.close()
    assert at.lstat().st_ino == before
    assert names(folder) == [place]
    assert names(tmp_path) == ["outside", "pictures"]
    assert outside.read_bytes() == b"precious"


def test_a_part_with_another_name_is_not_written_to(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"precious")
    os.link(outside, tmp_path / "64_9.part")
    assert "not ours" in str(told(Partial(tmp_path, "64_9").begin))
    assert outside.read_bytes() == b"precious"


def test_a_link_in_the_place_of_a_note_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (tmp_path / "64_9.part.json").symlink_to(outside)
    with begun(tmp_path) as part:
        told(lambda: part.restart(MARK))
    assert not outside.exists()


def test_a_link_that_comes_in_time_is_replaced_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"precious")
    with begun(tmp_path) as part:
        part.restart(MARK)
        part.write(BODY)
        (tmp_path / "64_9.jpg").symlink_to(outside)
        assert part.finish(MARK).read_bytes() == BODY
    assert outside.read_bytes() == b"precious"


def test_a_folder_that_is_a_link_is_whoever_names_its_affair(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (tmp_path / "pictures").symlink_to(real)
    with begun(tmp_path / "pictures") as part:
        part.restart(MARK)
        part.write(BODY)
        part.finish(MARK)
    assert names(real) == ["64_9.jpg"]


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_bytes(b"")
    assert "File exists" in str(told(Partial(tmp_path / "pictures", "64_9").begin))


def test_a_disk_that_is_full_keeps_what_it_took(tmp_path: Path) -> None:
    """A file that may not grow on is what a full disk looks like, but for the number."""
    with begun(tmp_path) as part:
        part.restart(MARK)
        part.write(BODY[:3000])
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
        try:
            error = told(lambda: part.write(BODY[3000:]))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert "File too large" in str(error)
    with begun(tmp_path) as part:
        assert (part.size, part.mark) == (4096, MARK)
        part.write(BODY[4096:])
        assert part.finish(MARK).read_bytes() == BODY


def test_a_part_that_was_not_begun_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="not begun"):
        Partial(tmp_path, "64_9").write(b"x")


def test_no_file_stays_open(tmp_path: Path) -> None:
    before = open_files()
    test_somebody_elses_is_left_alone(tmp_path)
    assert open_files() == before
