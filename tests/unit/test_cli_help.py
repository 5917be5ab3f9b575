"""The help of every command and of every group of them, at two widths."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cyclopts import App
from rich.cells import cell_len
from rich.console import Console

from instagram_async.cli.app import app


def paths(below: App = app, *path: str) -> Iterator[tuple[str, ...]]:
    """The words of each command and group, those of the application itself first."""
    yield path
    for name in below:
        if name not in ("--help", "-h", "--version"):
            yield from paths(below[name], *path, name)


@pytest.mark.parametrize("columns", [80, 120])
def test_every_help_fits_and_has_an_example_that_can_be_copied(
    columns: int, capsys: pytest.CaptureFixture[str]
) -> None:
    every = list(paths())
    assert len(every) > 50
    for path in every:
        with pytest.raises(SystemExit) as caught:
            app([*path, "--help"], console=Console(width=columns), exit_on_error=False)
        assert not caught.value.code
        lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
        assert max(map(cell_len, lines)) <= columns
        (example,) = [line for line in lines if line.startswith("Example: ")]
        shown = " ".join(path) if path else "demo"
        assert example.startswith(f"Example: instagram-async {shown}")
        assert lines[lines.index(example) + 1] == ""  # it is not broken
        assert "change_relationship" not in "".join(lines)
