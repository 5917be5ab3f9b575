"""Sink and ledger in step: what stands in one of them, and counts, stands in the other."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

from instagram_async.bulk.errors import note
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
            TypeError: the sink's position is no text.
        """
        connection, position = self._ledger.open(type(self._sink).__name__)
        with self._ledger.transaction():
            self._sink.open(connection, position)
            if position is None:  # before a row is written the ledger knows whose rows will come
                self._put(last=False)
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
                self._put(last=False)
            for turn in turns:
                self._ledger.note(turn)
        self.is_in_step = True

    def close(self) -> None:
        """Close both, with nothing left open for more rows.

        Raises:
            Exception: what sink or database raised first; both are closed even so.
        """
        with _behind(self._ledger.close), _behind(self._sink.close):
            if self.is_in_step:
                self.is_in_step = False
                with self._ledger.transaction():
                    self._put(last=True)

    def _put(self, *, last: bool) -> None:
        self._ledger.put(_text(self._sink.flush(last=last), of=self._sink))


def _text(position: object, of: Sink) -> str:
    if not isinstance(position, str):
        name = type(of).__name__
        raise TypeError(f"{name}.flush must give a position as text, not {position!r}")
    return position


@contextmanager
def _behind(step: Callable[[], None]) -> Generator[None, None, None]:
    """Do something at the end, whatever happens; of two errors the first is raised."""
    try:
        yield
    except BaseException as error:
        try:
            step()
        except Exception as other:  # noqa: BLE001 - told with the first
            note(error, other)
        raise
    step()
