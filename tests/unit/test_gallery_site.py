"""The folder of a gallery: its page, and the pictures that were downloaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from instagram_async import Media
from instagram_async.gallery import Site, write_site
from instagram_async.testing import make_media
from tests.support.gallery import Page

ONE, TWO, THREE = make_media(1), make_media(2, carousel=3), make_media(3)
ALL = [ONE, TWO, THREE]


def downloaded(folder: Path) -> None:
    """A folder as `download` leaves it, with what is none of ours in it."""
    folder.mkdir(parents=True)
    for name in (
        f"{ONE.id}.jpg", f"{TWO.id}-01.jpg", f"{TWO.id}-03.mp4",
        f"{THREE.id}.jpg.part", f"{THREE.id}.txt", "holidays.jpg",
    ):  # fmt: skip
        (folder / name).write_text(name)
    (folder / f"{THREE.id}.png").mkdir()


def files_of(site: Site) -> dict[str, list[str]]:
    data = Page(site.page.read_text()).data
    return {card["id"]: card.get("files", []) for card in data["media"]}


SHOWN = {
    ONE.id: [f"pictures/{ONE.id}.jpg"],
    TWO.id: [f"pictures/{TWO.id}-01.jpg", f"pictures/{TWO.id}-03.mp4"],
    THREE.id: [],
}


def test_pictures_in_its_own_folder_are_shown(tmp_path: Path) -> None:
    downloaded(tmp_path / "pictures")
    before = sorted(path.name for path in (tmp_path / "pictures").iterdir())
    site = write_site(ALL, tmp_path)
    assert site == Site(tmp_path / "index.html", media=3, pictured=2)
    assert files_of(site) == SHOWN
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == before


def test_pictures_from_elsewhere_are_copied_and_no_others(tmp_path: Path) -> None:
    downloaded(tmp_path / "from")
    site = write_site(ALL, tmp_path / "site", pictures=tmp_path / "from")
    assert files_of(site) == SHOWN
    copied = {path.name: path.read_text() for path in (tmp_path / "site" / "pictures").iterdir()}
    names = [f"{ONE.id}.jpg", f"{TWO.id}-01.jpg", f"{TWO.id}-03.mp4"]
    assert copied == {name: name for name in names}


def test_a_copy_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    downloaded(tmp_path / "from")
    whole, torn = f"{ONE.id}.jpg", f"{TWO.id}-01.jpg"
    write_site(ALL, tmp_path / "site", pictures=tmp_path / "from")
    copies = tmp_path / "site" / "pictures"
    (copies / torn).write_text("half")
    before = (copies / whole).stat().st_mtime_ns
    write_site(ALL, tmp_path / "site", pictures=tmp_path / "from")
    assert (copies / whole).stat().st_mtime_ns == before
    assert (copies / torn).read_text() == torn


def test_a_link_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("of somebody")
    for folder in ("from", "pictures"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{ONE.id}.jpg").symlink_to(tmp_path / "secret")
    assert write_site(ALL, tmp_path / "site", pictures=tmp_path / "from").pictured == 0
    assert write_site(ALL, tmp_path).pictured == 0


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    downloaded(tmp_path / "from")
    victim, site = tmp_path / "victim", tmp_path / "site"
    victim.write_text("of somebody")
    (site / "pictures").mkdir(parents=True)
    names = ("index.html", f"pictures/{ONE.id}.jpg")
    links = [site / f"{name}{end}" for name in names for end in ("", ".part")]
    for link in links:
        link.symlink_to(victim)
    write_site(ALL, site, pictures=tmp_path / "from")
    assert victim.read_text() == "of somebody"
    assert [link.is_symlink() for link in links] == [False] * 4
    assert [link.exists() for link in links] == [True, False] * 2


def test_its_own_folder_may_be_named(tmp_path: Path) -> None:
    downloaded(tmp_path / "pictures")
    assert files_of(write_site(ALL, tmp_path, pictures=tmp_path / "pictures")) == SHOWN


def test_without_pictures_all_are_drawn(tmp_path: Path) -> None:
    site = write_site([*ALL, ONE], tmp_path / "new" / "site")
    assert (site.media, site.pictured) == (3, 0)
    assert not (site.page.parent / "pictures").exists()


@pytest.mark.parametrize(
    ("some", "title"),
    [
        ([ONE, THREE], "@user_1"),
        ([ONE, make_media(5, user=ONE.user.__class__(id="7", username="x"))], "Media of 2 people"),
    ],
)
def test_it_is_called_after_who_posted(some: list[Media], title: str, tmp_path: Path) -> None:
    assert Page(write_site(some, tmp_path).page.read_text()).title == title
    assert Page(write_site(some, tmp_path, title="Us & them").page.read_text()).title == "Us & them"


def test_the_same_media_make_the_same_page(tmp_path: Path) -> None:
    first = write_site(ALL, tmp_path).page.read_bytes()
    assert write_site(ALL, tmp_path).page.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_no_media_make_no_page(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there are no media to show"):
        write_site([], tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_page_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()
    with pytest.raises(OSError, match=r"index\.html"):
        write_site(ALL, tmp_path)
