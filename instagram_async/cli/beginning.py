"""The files that a run begins: if it comes to nothing, they are taken away again."""

from __future__ import annotations

from pathlib import Path

from instagram_async.cli.source import source_of


class Beginning:
    """What was not there before a run.

    Args:
        out: file that it writes to, or folder.
        ledger: says how far it is.

    Attributes:
        has_begun: whether the ledger is the run's own.
    """

    def __init__(self, out: Path, ledger: Path) -> None:
        self.has_begun = False
        self._out = out
        ledgers = [ledger, *(ledger.with_name(f"{ledger.name}-{end}") for end in ("wal", "shm"))]
        self._made = [path for path in (out, *ledgers, source_of(out)) if not path.exists()]
        self._is_first = ledger in self._made and is_nothing(out)

    def undo(self) -> None:
        """Take away what it has made, unless there is something in it."""
        if self.has_begun and not (self._is_first and is_nothing(self._out)):
            return
        source = source_of(self._out)
        for path in self._made if self.has_begun else {source}.intersection(self._made):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)


def is_nothing(out: Path) -> bool:
    """Whether there is no such file or folder, or nothing in it."""
    if out.is_dir():
        return not any(out.iterdir())
    return not out.exists() or out.stat().st_size == 0
