"""Sink and ledger in step: what stands in one of them, and counts, stands in the other."""

from __future__ import annotations

from collections.abc import Sequence

from instagram_async.bulk.ledger import Known, Ledger, Turn
from instagram_async.bulk.sink import Sink


class Keeper:
    """Keeps what comes of the turns of a job; used by one thread.

    Args:
        ledger: says what counts.
        sink: has the rows.

    Attributes:
        is_in_step: whether both are open, and nothing has failed.
    """

    def __init__(self, ledger: Ledger, sink: Sink) -> None:
        self._ledger = ledger
        self._sink = sink
        self.is_in_step = False

    def open(self) -> None:
        """Open both, and take back from the sink whatever does not count.

        Raises:
            LedgerError: the file can't be the ledger of this job.
            SinkError: what the sink finds is not what the ledger says.
        """
        connection, position = self._ledger.open(type(self._sink).__name__)
        with self._ledger.transaction():
            self._sink.open(connection, position)
            if position is None:  # before a row is written the ledger knows whose rows will come
                self._ledger.put(self._sink.flush(last=False))
        self.is_in_step = True

    def known(self, key: str, name: str) -> Known | None:
        """What is known of a listing; see `Ledger.known`."""
        return self._ledger.known(key, name)

    def keep(self, turns: Sequence[Turn]) -> None:
        """Keep rows, and where their listings stand, for good, as a whole.

        Raises:
            Exception: what sink or database raised; nothing of these turns counts, and the
                two have to be opened again.
        """
        self.is_in_step = False
        with self._ledger.transaction():
            written = [turn.rows for turn in turns if turn.rows]
            for rows in written:
                self._sink.write(rows)
            if written:
                self._ledger.put(self._sink.flush(last=False))
            for turn in turns:
                self._ledger.note(turn)
        self.is_in_step = True

    def close(self) -> None:
        """Close both, with nothing left open for more rows.

        Raises:
            Exception: what sink or database raised; both are closed even so.
        """
        try:
            if self.is_in_step:
                self.is_in_step = False
                with self._ledger.transaction():
                    self._ledger.put(self._sink.flush(last=True))
        finally:
            try:
                self._sink.close()
            finally:
                self._ledger.close()
