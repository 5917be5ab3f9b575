from __future__ import annotations

import ast
import asyncio
import builtins
import doctest
import importlib
import inspect
import io
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

import instagram_async
from instagram_async import Client, UncertainWriteError, bulk
from instagram_async.server import LocalInstagram
from tests.support.snippets import (
    PAGES,
    ROOT,
    Snippet,
    examples_for_pytest,
    framed,
    programs,
    run,
    snippets,
)

# They stand in the frame of the first one, which is a program of its own.
FRAMED = list(snippets())[1:]
# They print what Instagram's own documentation and a made-up redirect hold.
SHOW = {"cbf5a1f41db44412506cb6563a3218b50f45a710c7a8a65a3e9b18315bb338bf", "'1.fb2e77d.47a047'"}
BY_RIGHT = pytest.mark.shows_secret("printed", reason="the docs print it")


def marked(value: Any, name: str, output: str | None) -> Any:
    marks = [BY_RIGHT] if (output or "").strip() in SHOW else []
    return pytest.param(value, marks=marks, id=name)


@pytest.mark.parametrize("snippet", [marked(one, one.name, one.output) for one in FRAMED])
def test_a_snippet_runs_and_prints_what_is_printed_below_it(snippet: Snippet) -> None:
    printed = run(framed(snippet.code), snippet.name)
    assert printed == (snippet.output or "")


def test_the_tests_that_the_docs_name_exist() -> None:
    named = set()
    for page in PAGES:
        named.update(re.findall(r"`(tests/[^`]+)`", page.read_text()))
    assert named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_reference_of_a_docstring_is_explained() -> None:
    page = (ROOT / "docs" / "reference.md").read_text()
    cited = set[str]()
    for file in (ROOT / "instagram_async").rglob("*.py"):
        for note in re.findall(r"reference ([A-I][^)\n]*)", file.read_text()):
            cited.update(re.findall(r"\b[A-I](?:\.\d)?\b", note))
    assert {"A.9", "B.1", "C.3", "D.5"} <= cited
    # Pitfalls are explained as a whole, not one by one.
    known = {note if not note.startswith("F") else "F" for note in cited}
    assert [note for note in sorted(known) if not re.search(rf"\b{note}\b", page)] == []


if find_spec("mypy"):  # it comes with the extra `dev`, and the suite runs with `test`

    def test_the_snippets_are_typed_as_strictly_as_the_package(tmp_path: Path) -> None:
        for number, snippet in enumerate(snippets()):
            code = framed(snippet.code) if number else snippet.code
            name = re.sub(r"\W", "_", snippet.name)
            (tmp_path / f"{name}.py").write_text(code)
        for name, code in examples_for_pytest().items():
            (tmp_path / name).write_text(code)
        for program in programs():
            (tmp_path / program.name).write_text(program.code)
        checked = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", "--config-file=", "."],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert checked.returncode == 0, checked.stdout


def examples() -> Iterator[doctest.DocTest]:
    """The examples of every docstring of the package."""
    finder = doctest.DocTestFinder()
    for found in pkgutil.walk_packages(instagram_async.__path__, "instagram_async."):
        module = importlib.import_module(found.name)
        for test in finder.find(module, found.name):
            if test.examples:
                yield test


EXAMPLES = list(examples())


@pytest.mark.parametrize("test", [marked(one, one.name, one.examples[-1].want) for one in EXAMPLES])
def test_the_example_of_a_docstring_holds(test: doctest.DocTest, tmp_path: Path) -> None:
    """Run it as `python -m asyncio` would, with a client of a local server at hand."""
    public = {name: getattr(instagram_async, name) for name in instagram_async.__all__}
    with asyncio.Runner() as runner:
        server = LocalInstagram()
        runner.run(server.__aenter__())
        token = server.access_token(scope="likes comments relationships")
        client = Client(token, base_url=server.base_url)
        at_hand = {"client": client, **runner.run(things(client, server, tmp_path))}
        try:
            namespace: dict[str, Any] = {**public, **test.globs, **at_hand}
            for example in test.examples:
                printed = evaluate(runner, example.source, namespace)
                if example.want:
                    checker = doctest.OutputChecker()
                    assert checker.check_output(example.want, printed, 0), printed
        finally:
            runner.run(at_hand["job"].__aexit__(None, None, None))
            runner.run(client.close())
            runner.run(server.__aexit__(None, None, None))


async def things(client: Client, server: LocalInstagram, folder: Path) -> dict[str, Any]:
    """What the examples have at hand, as their readers have."""
    items = aiter(client.user_recent("self"))
    media = await anext(items)
    saved = items.checkpoint
    while not media.comments.count:
        media = await anext(items)
    others = [user for user in server.world.users if user.id != media.user.id]
    written = UncertainWriteError(
        "the connection was lost",
        "POST media/{id}/comments",
        f"media/{media.id}/comments",
        (("text", "lovely!"),),
        datetime.now(UTC),
    )
    sink = bulk.JSONLinesSink(folder / "media.jsonl")
    return {
        "sink": sink,
        "job": await bulk.Job(ledger=folder / "media.db", sink=sink).__aenter__(),
        "saved": saved,
        "media": media,
        "comment": await client.media_comments(media.id).first(),
        "somebody": others[-1],
        "places": server.world.locations,
        "geography": server.world.geographies[0],
        "error": written,
    }


def evaluate(runner: asyncio.Runner, source: str, namespace: dict[str, Any]) -> str:
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code = compile(source, "<example>", "single", flags)
    assert isinstance(code, CodeType)
    printed = io.StringIO()
    with redirect_stdout(printed):
        result = eval(code, namespace)
        if inspect.iscoroutine(result):
            runner.run(result)
    # What the prompt shows last is no name that the next example should find.
    vars(builtins).pop("_", None)
    return printed.getvalue()
