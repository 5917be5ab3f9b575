"""A folder with a page and its pictures."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from instagram_async.files import placed
from instagram_async.gallery.cards import Deck
from instagram_async.gallery.page import page_of
from instagram_async.gallery.pictures import Pictures
from instagram_async.models import Media

PICTURES = "pictures"


@frozen
class Site:
    """What was written.

    Attributes:
        page: the file to open.
        media: how many it shows.
        pictured: of how many of them there are pictures; the others are drawn.
    """

    page: Path
    media: int
    pictured: int


def write_site(
    media: Iterable[Media], folder: Path, *, pictures: Path | None = None, title: str | None = None
) -> Site:
    """Write a page of media into a folder, with what was downloaded of them.

    Args:
        media: in any order; one that comes again counts once.
        folder: where to; made if it is not there. A page that is there is replaced in one step.
        pictures: folder that `download` has filled; files of these media are copied from there.
            Where they are in `pictures` of the folder itself, they stay as they are.
        title: of the page; who posted them, if not given.

    Raises:
        ValueError: there are no media.
        OSError: something can't be read or written.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     site = write_site([media], Path(folder) / "site")
        ...     (site.page.name, site.media, site.pictured, site.page.exists())
        ('index.html', 1, 0, True)
    """
    own = folder / PICTURES
    there = Pictures(own if pictures is None else pictures)
    some = list(media)
    if not some:
        raise ValueError("there are no media to show")
    names = {one.id: there.of(one) for one in some}
    folder.mkdir(parents=True, exist_ok=True)
    if pictures is not None and not (own.exists() and own.samefile(pictures)):
        there.bring([name for some in names.values() for name in some], own)
    files = {key: [f"{PICTURES}/{name}" for name in some] for key, some in names.items()}
    deck = Deck(some, files)
    page = folder / "index.html"
    with placed(page) as part:
        part.write_bytes(page_of(deck, title or _title(deck)))
    return Site(page, len(deck.cards), sum(map(bool, names.values())))


def _title(deck: Deck) -> str:
    if len(deck.authors) == 1:
        return f"@{min(deck.authors)}"
    return f"Media of {len(deck.authors):,} people"
