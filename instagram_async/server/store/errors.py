"""What can be wrong with the file of a world."""

from __future__ import annotations


class WorldFileError(Exception):
    """A file that can't be opened as a world; its text says which and why.

    It is something else than a world, or one of a newer version of this package, or another
    process has it open.
    """
