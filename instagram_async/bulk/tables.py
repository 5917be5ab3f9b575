"""The file of a ledger: its tables, and whether a file is one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from os import PathLike

from instagram_async.bulk.errors import LedgerError
from instagram_async.disk import expect

_APPLICATION, _VERSION = 0x49474A4C, 2
_BUSY_TIMEOUT = 10.0  # seconds that somebody may read the file and hold a commit up
TABLES = f"""
CREATE TABLE ledger_job (sink TEXT NOT NULL, position TEXT);
CREATE TABLE ledger_listings (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, checkpoint TEXT NOT NULL, watermark TEXT,
  items INTEGER NOT NULL, state TEXT NOT NULL, error TEXT, message TEXT, refresh TEXT
);
CREATE TABLE ledger_unreadable (
  key TEXT NOT NULL, path TEXT NOT NULL, reason TEXT NOT NULL, raw TEXT NOT NULL,
  checkpoint TEXT NOT NULL
);
CREATE INDEX ledger_unreadable_key ON ledger_unreadable (key);
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
"""


def connect(path: str) -> sqlite3.Connection:
    """Open a file, which is made if it is not there.

    Raises:
        LedgerError: it can't be opened.
    """
    with as_ledger_error(path):
        # Not the name itself: SQLite gives some names a meaning of their own.
        return sqlite3.connect(os.path.abspath(path), timeout=_BUSY_TIMEOUT, isolation_level=None)  # noqa: PTH100


def is_new(connection: sqlite3.Connection, path: str) -> bool:
    """Whether nothing is in it yet.

    Args:
        connection: to a file.
        path: of the file.

    Raises:
        LedgerError: it is something else than a ledger of this version.
    """
    asked = "application_id", "user_version", "schema_version"
    mark, version, changes = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked)
    if mark == version == changes == 0:
        return True
    if mark != _APPLICATION:
        raise LedgerError(f"{path} is no ledger")
    if version != _VERSION:
        raise LedgerError(f"{path} is a ledger of version {version}; known is {_VERSION}")
    return False


def path_of(ledger: sqlite3.Connection) -> str:
    """The path of a connection's file; empty if it has none."""
    found = ledger.execute("PRAGMA database_list")
    return next(str(path) for _, name, path in found if name == "main")


@contextmanager
def in_ledger(path: str | PathLike[str] | None) -> Generator[None, None, None]:
    """Have errors of SQLite say which ledger it was.

    Args:
        path: of its file; `None` if it has none.

    Raises:
        sqlite3.Error: the same, with the path before its text.
    """
    try:
        yield
    except sqlite3.Error as error:
        error.args = (f"{path or 'a ledger in memory'}: {error}",)
        raise


@contextmanager
def as_ledger_error(path: str) -> Generator[None, None, None]:
    """Say of which file it is what SQLite can't read.

    Raises:
        LedgerError: it can't be read.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        raise LedgerError(f"{path} can't be opened: {error}") from error
    except sqlite3.DatabaseError as error:
        raise LedgerError(f"{path} is no ledger: {error}") from error


@contextmanager
def looked_at(path: str) -> Generator[sqlite3.Connection | None, None, None]:
    """Read a ledger, which may be open elsewhere.

    Args:
        path: of the file.

    Returns:
        A connection of one's own, `None` if nothing is in it yet.

    Raises:
        FileNotFoundError: there is no such file.
        LedgerError: it is no ledger.
    """
    expect(path, "there is no ledger yet")
    with closing(connect(path)) as connection:
        with as_ledger_error(path):
            is_empty = is_new(connection, path)
        yield None if is_empty else connection
