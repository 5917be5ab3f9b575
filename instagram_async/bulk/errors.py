"""What can be wrong with the files of a job."""

from __future__ import annotations


class LedgerError(Exception):
    """A file that can't be opened as the ledger of this job; its text says which and why.

    It is something else than a ledger, or one of a newer version of this package, or another
    job has it open, or it belongs to another kind of sink.

    Example:
        >>> from instagram_async import bulk
        >>> try:
        ...     async with bulk.Job(ledger="/", sink=bulk.JSONLinesSink("media.jsonl")) as job:
        ...         pass
        ... except bulk.LedgerError as error:
        ...     print(error)
        / is a folder
    """


class SinkError(Exception):
    """What a sink finds is not what its ledger says; nothing was changed.

    Its file is gone, or shorter than it was, or another one, or another job has it open; or
    there is something in it that the sink has not written.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from instagram_async import bulk
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "notes.txt")
        ...     _ = file.write_text("mine")
        ...     try:
        ...         async with bulk.Job(ledger=f"{folder}/job.db", sink=bulk.JSONLinesSink(file)):
        ...             pass
        ...     except bulk.SinkError as error:
        ...         print(str(error).partition(", ")[0].removeprefix(folder))
        /notes.txt is not empty
    """


def note(first: BaseException, other: BaseException) -> None:
    """Have an error tell of another that came behind it, as when closing fails, too.

    Nothing happens if it is the same.

    Example:
        >>> error = SinkError("rows.csv is gone")
        >>> note(error, OSError("the disk is gone"))
        >>> error.__notes__
        ['then came OSError: the disk is gone']
    """
    if other is first:
        return
    first.add_note(f"then came {type(other).__name__}: {other}")
    for told in getattr(other, "__notes__", ()):
        first.add_note(told)
