"""From a listing, or from the demo, to a gallery, by commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from instagram_async import Media, bulk
from tests.support.command import Command
from tests.support.gallery import Page


def shown(site: Path) -> list[dict[str, Any]]:
    media: list[dict[str, Any]] = Page((site / "index.html").read_text()).data["media"]
    return media


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet", "a.db"])
async def test_an_export_of_any_form_becomes_a_page(
    name: str, command: Command, tmp_path: Path
) -> None:
    export, site = tmp_path / name, tmp_path / "site"
    await command(f"user-recent --out {export}")
    done = await command(f"gallery {export} --out {site}")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"70 media, 0 with pictures: open {site}/index.html\n"
    assert len({one["id"] for one in shown(site)}) == 70


async def test_what_was_downloaded_is_shown(command: Command, tmp_path: Path) -> None:
    export, pictures, site = (tmp_path / name for name in ("a.jsonl", "pictures", "site"))
    await command(f"user-recent --out {export}")
    await command(f"download user-recent --limit 12 --out {pictures}")
    done = await command(f"gallery {export} --pictures {pictures} --title Summer --out {site}")
    assert done.err == f"70 media, 12 with pictures: open {site}/index.html\n"
    assert [bool(one.get("files")) for one in shown(site)] == [True] * 12 + [False] * 58
    for one in shown(site):
        assert all((site / file).is_file() for file in one.get("files", ()))
    assert Page((site / "index.html").read_text()).title == "Summer"


async def test_what_makes_no_gallery_is_told(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "site"
    people = tmp_path / "people.jsonl"
    await command(f"user-follows --out {people}")
    told = {
        f"gallery {people} --out {out}": "there are no media to show",
        f"gallery {tmp_path / 'none'} --out {out}": "there is no such export",
        f"gallery {people} --pictures {tmp_path / 'none'} --out {out}": "there is no folder",
    }
    for line, words in told.items():
        done = await command(line)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("instagram-async: ")
        assert words in done.err
    assert not out.exists()


async def test_the_demo_keeps_what_it_has_shown(command: Command, tmp_path: Path) -> None:
    export, pictures = tmp_path / "media.jsonl", tmp_path / "pictures"
    done = await command(f"demo --media 40 --out {export} --pictures {pictures}")
    assert done.code == 0
    assert done.err.endswith(f"40 media in {export}\npictures of 40 in {pictures}\n")
    kept = [row.item for row in bulk.JSONLinesSink(export).read(Media)]
    assert [f"{media.created_time:%Y-%m-%d %H:%M}" for media in kept] == [
        line.partition("\t")[0] for line in done.out.splitlines()[1:]
    ]
    assert {path.name.partition("_")[0] for path in pictures.iterdir()} == {
        media.id.partition("_")[0] for media in kept
    }
    again = await command(f"demo --media 40 --out {export}")
    assert (again.code, again.out) == (2, "")
    assert "is there already: --out takes another name" in again.err
    lost = await command(f"demo --pictures {tmp_path}/no/such")
    assert (lost.code, lost.err) == (2, f"instagram-async: there is no folder {tmp_path}/no\n")


async def test_a_demo_without_a_file_keeps_nothing(command: Command, tmp_path: Path) -> None:
    command.patch.chdir(tmp_path)
    assert (await command("demo --media 5")).code == 0
    assert names(tmp_path) == []


async def test_lines_that_cannot_be_read_are_named(command: Command, tmp_path: Path) -> None:
    export, site = tmp_path / "a.jsonl", tmp_path / "site"
    await command(f"user-recent --out {export}")
    with export.open("a") as file:
        file.write("{]\n" * 30)
    done = await command(f"gallery {export} --out {site}")
    assert done.code == 7
    first, *_, more, last = done.err.splitlines()
    assert first.startswith(f"{export}: line 71: JSON is malformed")
    assert more == "and 10 more that can't be read"
    assert last == f"70 media, 0 with pictures: open {site}/index.html"
    assert len(done.err.splitlines()) == 22
