"""The windows of a shared quota as tables of SQLite; blocking, for one thread at a time.

Every operation is one `BEGIN IMMEDIATE` transaction, so that processes take turns, and reads
the clock inside it. Times go in and out as seconds from that moment.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

from instagram_async.quota.belief import Belief, Level, View, WindowSpec
from instagram_async.quota.level_cache import StoreReply
from instagram_async.quota.policy import ServerQuota
from instagram_async.quota.store import Grant, Outcome, Windows

_BUSY_TIMEOUT = 5.0  # seconds for others to end their transactions
_PAUSE = 0.01  # seconds between two tries where SQLite does not wait by itself
_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS clock (
    id INTEGER PRIMARY KEY CHECK (id = 1), seen REAL NOT NULL, ahead REAL NOT NULL
);
INSERT OR IGNORE INTO clock VALUES (1, 0.0, 0.0);
CREATE TABLE IF NOT EXISTS windows (
    key TEXT PRIMARY KEY, forget_at REAL NOT NULL,
    granted INTEGER NOT NULL, last_grant REAL NOT NULL,
    closed_until REAL NOT NULL, strikes INTEGER NOT NULL, refused_at INTEGER NOT NULL,
    view_grant INTEGER, view_remaining INTEGER, view_at REAL, view_limit INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS places (
    key TEXT NOT NULL, number INTEGER NOT NULL, until REAL NOT NULL, flying INTEGER NOT NULL,
    PRIMARY KEY (key, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS places_by_end ON places (key, until);
"""
_SILENT = ServerQuota()


class Tables:
    """An open database.

    Args:
        path: the file; made if it is not there.
        clock: seconds since 1970, the same for all who share the file.

    Raises:
        sqlite3.Error: the file can't be opened, or is no quota of this version.
    """

    def __init__(self, path: str, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._db = sqlite3.connect(path, timeout=_BUSY_TIMEOUT, isolation_level=None)
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the database; whatever was booked stays booked."""
        self._db.close()

    def take(self, windows: Windows, reach: float) -> StoreReply[Grant | float]:
        """Take a place in every window, or in none: the grant, or seconds to wait."""
        with self._now() as now:
            kept = [self._belief(spec) for spec in windows]
            pairs = list(zip(windows, kept, strict=True))
            wait = max(self._free_at(spec, known, now) - now for spec, known in pairs)
            if wait > 0:
                return StoreReply(wait, self._levels(pairs, now))
            numbers = tuple([known.grant(now) for known in kept])
            for (spec, known), number in zip(pairs, numbers, strict=True):
                self._keep(spec, known, now, reach)
                if spec.limit is not None:
                    until = now + spec.per + reach
                    self._db.execute(
                        "INSERT INTO places VALUES (?, ?, ?, 1)", (spec.key, number, until)
                    )
            return StoreReply(Grant(windows, numbers), self._levels(pairs, now))

    def settle(self, grant: Grant, outcome: Outcome) -> StoreReply[bool]:
        """Say what became of a grant: whether a window may have opened or closed by that."""
        quota = outcome.quota
        closed = outcome.closes(grant.windows)
        changed = outcome.until is None
        pairs: list[tuple[WindowSpec, Belief]] = []
        with self._now() as now:
            for spec, number in zip(grant.windows, grant.numbers, strict=True):
                known = self._belief(spec)
                pairs.append((spec, known))
                self._land(spec, number, None if outcome.until is None else now + outcome.until)
                if outcome.until is None:
                    continue
                if spec is closed:
                    retry_after = quota.retry_after if quota else None
                    known.refused(number, now, spec.per, self._oldest(spec, now), retry_after)
                    changed = True
                elif quota is not None:
                    told = quota if spec.family is None else _SILENT
                    changed |= known.answered(number, told.remaining, now, told.limit)
                self._keep(spec, known, now, outcome.until)
            return StoreReply(changed, self._levels(pairs, now))

    def forecast(self, windows: Windows, ahead: Sequence[int]) -> StoreReply[float]:
        """Seconds after which places would be had behind others."""
        with self._now() as now:
            pairs = [(spec, self._belief(spec)) for spec in windows]
            counted = zip(pairs, ahead, strict=True)
            waits = [self._free_at(*pair, now, before) - now for pair, before in counted]
            return StoreReply(max(waits), self._levels(pairs, now))

    def _prepare(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version not in (0, _VERSION):
            raise sqlite3.DatabaseError(f"a quota of version {version}, not {_VERSION}")
        self._write_ahead()
        self._db.execute("PRAGMA synchronous = NORMAL")  # survives a killed process
        self._db.executescript(
            f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;"
        )
        with self._now() as now:
            self._db.execute("DELETE FROM places WHERE until <= ?", (now,))
            self._db.execute("DELETE FROM windows WHERE forget_at <= ?", (now,))

    def _write_ahead(self) -> None:
        """Turn to a write-ahead log, for which SQLite itself may wait for nobody."""
        until = time.monotonic() + _BUSY_TIMEOUT
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(_PAUSE)
            else:
                return

    @contextmanager
    def _now(self) -> Generator[float]:
        """A transaction, and the present by a clock that stands still rather than go back."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            read = self._clock()
            seen, ahead = self._db.execute("SELECT seen, ahead FROM clock").fetchone()
            ahead = max(ahead, seen - read)
            now = read + ahead
            self._db.execute("UPDATE clock SET seen = ?, ahead = ?", (now, ahead))
            yield now
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _belief(self, spec: WindowSpec) -> Belief:
        row = self._db.execute(
            "SELECT granted, last_grant, closed_until, strikes, refused_at, "
            "view_grant, view_remaining, view_at, view_limit FROM windows WHERE key = ?",
            (spec.key,),
        ).fetchone()
        if row is None:
            return Belief()
        granted, last_grant, closed_until, strikes, refused_at, *view = row
        told = None if view[0] is None else View(*view)
        return Belief(granted, last_grant, closed_until, strikes, refused_at, told)

    def _keep(self, spec: WindowSpec, known: Belief, now: float, ahead: float) -> None:
        view = known.view or (None, None, None, None)
        forget_at = now + max(ahead, 0.0) + 2 * spec.per
        self._db.execute(
            "REPLACE INTO windows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                spec.key, forget_at, known.granted, known.last_grant,
                known.closed_until, known.strikes, known.refused_at, *view,
            ),
        )  # fmt: skip

    def _land(self, spec: WindowSpec, number: int, until: float | None) -> None:
        if until is None or spec.limit is None:
            self._db.execute("DELETE FROM places WHERE key = ? AND number = ?", (spec.key, number))
        else:
            self._db.execute("REPLACE INTO places VALUES (?, ?, ?, 0)", (spec.key, number, until))

    def _oldest(self, spec: WindowSpec, now: float) -> float | None:
        ends = self._db.execute(
            "SELECT until FROM places WHERE key = ? AND NOT flying AND until > ? "
            "ORDER BY until LIMIT 2",
            (spec.key, now),
        ).fetchall()
        return ends[0][0] if len(ends) > 1 else None  # one is the refused one's

    def _used(self, spec: WindowSpec) -> int:
        (used,) = self._db.execute(
            "SELECT count(*) FROM places WHERE key = ?", (spec.key,)
        ).fetchone()
        return int(used)

    def _free_at(self, spec: WindowSpec, known: Belief, now: float, ahead: int = 0) -> float:
        """As `Window.free_at`; a flight of somebody who died ends when it was booked to."""
        when = known.opens_at(spec, now, ahead)
        limit = known.places(spec)
        if limit is None:
            return when
        self._db.execute("DELETE FROM places WHERE key = ? AND until <= ?", (spec.key, now))
        rounds, behind = divmod(ahead, limit)
        place = behind + self._used(spec) - limit
        frees = now if place < 0 else self._frees(spec, place, now + spec.per)
        return max(when, frees + rounds * spec.per)

    def _frees(self, spec: WindowSpec, place: int, soonest: float) -> float:
        row = self._db.execute(
            "SELECT iif(flying, min(until, ?), until) AS frees FROM places WHERE key = ? "
            "ORDER BY frees LIMIT 1 OFFSET ?",
            (soonest, spec.key, place),
        ).fetchone()
        return soonest if row is None else float(row[0])

    def _levels(self, pairs: Sequence[tuple[WindowSpec, Belief]], now: float) -> tuple[Level, ...]:
        levels: list[Level] = []
        for spec, known in pairs:
            wait = self._free_at(spec, known, now) - now  # which also drops what is over
            levels.append(Level(self._used(spec), wait, *known.server_says(spec, now)))
        return tuple(levels)
