"""Named mistakes for bulk work: sinks, progress, the engine and the runs of jobs."""

from __future__ import annotations

from tests.support.mutant import mistakes

BULK = [
    *mistakes(
        "bulk/cells.py",
        "test_cells.py",
        ("wide signs are harmless", r"\uff1d\uff0b\uff0d\uff20]", "]"),
        ("an apostrophe is not doubled", r"[\t\r\n']", r"[\t\r\n]"),
        ("a line ends a record", "quotes % 2 == 0 and line", "line"),
    ),
    *mistakes(
        "bulk/columns.py",
        "test_columns.py",
        ("numbers of more than 64 bits are kept", "count if -(2**63) <= count < 2**63 else None", "count"),
        ("half a letter is kept", "str: clean", "str: str"),
        ("instants are told as they are written", "value.astimezone(UTC)", "value"),
    ),
    *mistakes(
        "bulk/wire.py",
        "test_columns.py test_job_lines.py",
        ("half a letter is no JSON", '"backslashreplace"', '"surrogatepass"'),
        ("the listing is not the last key", "{**shape, **more}", "{**more, **shape}"),
        ("the file is not named", 'f"{at}: {error}"', "str(error)"),
    ),
    *mistakes(
        "bulk/progress.py",
        "test_job_progress.py",
        ("the rate is that of all times", "while len(marks) > 1 and marks[1][0] <= now - _WINDOW:", "while len(marks) > 1 and marks[1][0] <= now - 100 * _WINDOW:"),
        ("only this run's items count", "items = rest * read / progress.over", "items = rest * progress.items / progress.over"),
        ("a quota that is used up does not matter", "if left is not None and", "if left is None and"),
    ),
    *mistakes(
        "bulk/engine.py",
        "test_bulk_sources.py",
        ("a generator is left open", "await iterator.aclose()", "pass"),
        ("whatever can be closed is", "elif isinstance(iterator, Generator):", 'elif hasattr(iterator, "close"):'),
        ("what closing raises is lost", "                raise failure\n", "                return\n"),
    ),
    *mistakes(
        "bulk/running.py",
        "test_job_pauses.py test_job_telling.py",
        ("a pause throws away what was asked for", "self._engine.wind_up()  # what", "raise fault  # what"),
        ("the last pause is raised", "elif self._pause is None:", "elif fault is not None:"),
        ("a job that waits says nothing", "        self._tell_later()\n        while", "        while"),
    ),
]  # fmt: skip
