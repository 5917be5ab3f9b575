"""What can be wrong with the file of a world."""

from __future__ import annotations


class WorldFileError(Exception):
    """A file that can't be opened as a world; its text says which and why.

    It is something else than a world, or one of a newer version of this package, or another
    process has it open.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from instagram_async.server import World, WorldFileError
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "notes.txt")
        ...     _ = file.write_text("mine")
        ...     try:
        ...         world = World.open(file)
        ...     except WorldFileError as error:
        ...         print(str(error).removeprefix(folder))
        /notes.txt is no world
    """
