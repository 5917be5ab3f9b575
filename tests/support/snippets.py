"""The snippets of the README and the docs, as a reader would run them."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from attrs import frozen

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").rglob("*.md")))

_PYTHON = re.compile(r"(?ms)^```python\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?")
_FILE = re.compile(r"(?ms)^```python (test_\w+\.py)\n(.*?)^```$")
_PROGRAM = re.compile(
    r"(?ms)^```python ((?!test_)\w+\.py)\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?"
)
_CONSOLE = re.compile(r"(?ms)^```console\n(.*?)^```$")
_COMMAND = re.compile(r"(?m)^\$ instagram-async (.*)\n((?:(?!\$ ).*\n)*)")
_SHELL = re.compile(r"(?ms)^```sh\n(.*?)\n```$")


@frozen
class Snippet:
    """A block of Python, and what the block below it says that it prints."""

    name: str
    code: str
    output: str | None


def snippets() -> Iterator[Snippet]:
    """All of them, the README's first one first."""
    for page in PAGES:
        for block in _PYTHON.finditer(page.read_text()):
            yield Snippet(_place(page, block), block[1], block[2])


def examples_for_pytest() -> dict[str, str]:
    """Examples that are files of tests for pytest, by their names."""
    return {name: code for page in PAGES for name, code in _FILE.findall(page.read_text())}


def programs() -> Iterator[Snippet]:
    """Blocks that are whole programs, by the names of their files."""
    for page in PAGES:
        for name, code, output in _PROGRAM.findall(page.read_text()):
            yield Snippet(name, code, output)


def consoles() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Blocks of commands, each with what it shows below it; and where they stand."""
    for page in PAGES:
        for block in _CONSOLE.finditer(page.read_text()):
            yield _place(page, block), _COMMAND.findall(block[1])


def _place(page: Path, block: re.Match[str]) -> str:
    line = block.string[: block.start()].count("\n") + 1
    return f"{page.relative_to(ROOT)}:{line}"


def commands(page: Path = README) -> list[str]:
    """A page's shell commands, in their order."""
    return _SHELL.findall(page.read_text())


def framed(code: str) -> str:
    """Put a snippet where the `async for` stands in the README's first one."""
    frame = next(snippets()).code
    head, loop, rest = frame.partition("        async for")
    tail = rest[rest.index("\nasyncio.run") :]
    assert loop
    return head + textwrap.indent(code, " " * 8) + tail


def run(code: str, name: str, **at_hand: Any) -> str:
    """Run a whole program in this process, with names at hand, and return what it printed."""
    printed = io.StringIO()
    namespace: dict[str, Any] = {"__name__": "__snippet__", **at_hand}
    with redirect_stdout(printed):
        exec(compile(code, name, "exec"), namespace)
    return printed.getvalue()
