"""Databases of SQLite as text, so that a reader of the repository sees what is in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_MARKS = ("application_id", "user_version")  # which a dump leaves out


def dump(database: Path, text: Path) -> None:
    """Write a database down as statements."""
    with closing(sqlite3.connect(database)) as connection:
        marks = [(name, connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in _MARKS]
        lines = [f"PRAGMA {name} = {value};" for name, value in marks]
        text.write_text("\n".join([*lines, *connection.iterdump()]) + "\n")


def restore(text: Path, database: Path) -> Path:
    """Make the database that was dumped."""
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(text.read_text())
    return database
