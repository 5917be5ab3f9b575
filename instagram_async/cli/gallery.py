"""`gallery`: a page of pictures made of an export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from cyclopts import App

from instagram_async import Media
from instagram_async.bulk import SinkError
from instagram_async.cli.exits import UNREADABLE, UsageError
from instagram_async.cli.listing import note, note_first
from instagram_async.cli.progress import Gauge, gauge
from instagram_async.cli.text import clean
from instagram_async.gallery import media_of, write_site


def add_gallery(app: App) -> None:
    """Add the command to an application."""
    app.command(gallery)


def gallery(
    file: Path,
    *,
    out: Path = Path("gallery"),
    pictures: Path | None = None,
    title: str | None = None,
) -> int:
    """Make a page of pictures of an export: it opens in a browser, without a network.

    Example: `instagram-async gallery media.jsonl --pictures pictures --out site`

    Args:
        file: Export of media: JSON Lines, CSV, the database of a job or its folder of Parquet.
        out: Folder to put the page into, as `index.html`.
        pictures: Folder that `download` has filled; what is in it of these media is copied. If
            not given, those in `pictures` of the page's own folder are shown. A media that is in
            neither is drawn.
        title: Title of the page; who has posted, if not given.
    """
    unreadable = list[SinkError]()
    try:
        if pictures is not None and not pictures.is_dir():
            raise UsageError(f"there is no folder {pictures}")
        with gauge(None, is_seen=False) as shown:
            media = _counted(media_of(file, unreadable.append), shown)
            site = write_site(media, out, pictures=pictures, title=title)
    except (SinkError, FileNotFoundError, ImportError, ValueError) as error:
        raise UsageError(str(error)) from error
    finally:
        note_first([clean(str(error)) for error in unreadable], "more that can't be read")
    note(f"{site.media} media, {site.pictured} with pictures: open {site.page}")
    return UNREADABLE if unreadable else 0


def _counted(media: Iterable[Media], shown: Gauge) -> Iterator[Media]:
    for number, one in enumerate(media, 1):
        shown.now(number, None)
        yield one
