"""The files of media that were downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from instagram_async.downloads.kinds import EXTENSIONS
from instagram_async.downloads.wanted import wanted
from instagram_async.files import placed
from instagram_async.models import Media

_ENDS = frozenset(EXTENSIONS.values())


class Pictures:
    """The files of a folder that `download` has filled, by the media that they are of.

    Args:
        folder: which; where there is none, there are no files. A link in it is none of them:
            `download` makes no links, and one may lead to what nobody wants to show.

    Raises:
        OSError: it can't be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, str] = {}
        if not folder.exists():
            return
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                stem, _, end = entry.name.rpartition(".")
                if end in _ENDS and entry.is_file(follow_symlinks=False):
                    self._names[stem] = entry.name

    def of(self, media: Media) -> list[str]:
        """Names of the files of a media, in the order of its parts; those that are there.

        Args:
            media: of which.
        """
        stems = [file.stem for file in wanted(media)]
        return [self._names[stem] for stem in stems if stem in self._names]

    def bring(self, names: Sequence[str], folder: Path) -> None:
        """Copy files to another folder, unless they are there.

        Args:
            names: of files.
            folder: where to; made if it is not there.

        Raises:
            OSError: it can't be written; no half of a file has its name.
        """
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            source, target = self._folder / name, folder / name
            if target.exists() and target.stat().st_size == source.stat().st_size:
                continue
            with placed(target) as part:
                shutil.copyfile(source, part)
