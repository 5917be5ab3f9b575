"""What the demo leaves behind: an export, and the pictures of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from instagram_async import InstagramError, Media, bulk
from instagram_async.bulk.jsonlines import line_of
from instagram_async.bulk.sink import Row
from instagram_async.cli.exits import UsageError
from instagram_async.cli.listing import note
from instagram_async.cli.progress import gauge

_LISTING = "users/self/media/recent"


@frozen
class Keep:
    """Where what was shown is kept.

    Attributes:
        out: file of JSON Lines, as `bulk.JSONLinesSink` writes them.
        pictures: folder of the files.
    """

    out: Path | None = None
    pictures: Path | None = None

    def check(self) -> None:
        """Refuse what can't be, before anything is shown.

        Raises:
            UsageError: the file is there, or its folder is not.
        """
        if self.out is not None and self.out.exists():
            raise UsageError(f"{self.out} is there already: --out takes another name")
        for path in filter(None, (self.out, self.pictures)):
            if not path.parent.is_dir():
                raise UsageError(f"there is no folder {path.parent}")

    async def keep(self, media: Sequence[Media]) -> None:
        """Write them down, and fetch their pictures.

        Args:
            media: what was shown, while their server is still there.

        Raises:
            InstagramError: a picture can't be had.
            OSError: the disk is full, for example.
        """
        if self.out is not None:
            rows = (Row(_LISTING, one.id, one) for one in media)
            self.out.write_bytes(b"".join(map(line_of, rows)))
            note(f"{len(media)} media in {self.out}")
        if self.pictures is not None:
            await self._fetch(media, self.pictures)

    async def _fetch(self, media: Sequence[Media], folder: Path) -> None:
        with gauge(len(media), is_seen=False) as shown:
            async with bulk.download(media, folder) as results:
                async for _, paths in results:
                    if isinstance(paths, InstagramError):
                        raise paths
                    shown.now(results.report.objects, None)
        note(f"pictures of {results.report.objects} in {folder}")
