"""The pytest plugin in runs of pytest of its users'."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support.snippets import ROOT, examples_for_pytest

SAMPLE = ROOT / "tests" / "sample_project"
BY_ANYIO = """
import pytest

@pytest.mark.anyio
@pytest.mark.instagram(media=3)
async def test_it(instagram_client):
    assert len(await instagram_client.user_recent().collect()) == 3
"""


def run_pytest(
    folder: Path, *plugins: str, asyncio_mode: str = "strict", options: tuple[str, ...] = ()
) -> tuple[int, str]:
    """Run the tests in a folder with these plugins and no others."""
    named = [part for plugin in (*plugins, "instagram") for part in ("-p", plugin)]
    given = list(options)
    if "asyncio" in plugins:
        scope = "asyncio_default_fixture_loop_scope=function"
        given += ["-o", f"asyncio_mode={asyncio_mode}", "-o", scope]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error",
         "--strict-markers", *named, *given],
        cwd=folder,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def at_once(folder: Path, *plugins: str) -> dict[str, tuple[int, str]]:
    """Run the tests in both modes of pytest-asyncio."""
    modes = ("strict", "auto")
    with ThreadPoolExecutor() as pool:
        runs = pool.map(lambda mode: run_pytest(folder, *plugins, asyncio_mode=mode), modes)
        return dict(zip(modes, runs, strict=True))


def test_the_sample_project(tmp_path: Path) -> None:
    for file in SAMPLE.glob("*.py"):
        shutil.copy(file, tmp_path)
    for mode, (code, output) in at_once(tmp_path, "asyncio").items():
        assert (code, "3 passed" in output) == (0, True), (mode, output)


def test_the_examples_of_the_docs(tmp_path: Path) -> None:
    examples = examples_for_pytest()
    for name, text in examples.items():
        (tmp_path / name).write_text(text)
    code, output = run_pytest(tmp_path, "asyncio")
    wanted = sum(text.count("\nasync def test_") for text in examples.values())
    assert (code, f"{wanted} passed" in output) == (0, True), output


def test_loading_it_imports_nothing_and_breaks_nobody(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("""
import sys

def test_nothing_is_imported():
    heavy = {"instagram_async.server", "aiohttp.web", "pytest_asyncio", "anyio"}
    assert not heavy & set(sys.modules)

def test_with_a_fixture(instagram_client):
    pass
""")
    code, output = run_pytest(tmp_path)
    assert code == 1
    assert "1 passed, 1 error" in output
    assert "need pytest-asyncio 1.4 or newer (pip install 'instagram-async[testing]')" in output
    assert "Traceback" not in output


def test_a_marker_that_says_nonsense_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("""
import pytest

@pytest.mark.instagram(medias=3)
async def test_it(instagram_client):
    pass
""")
    code, output = run_pytest(tmp_path, "asyncio", asyncio_mode="auto")
    assert code == 1
    assert "TypeError: @pytest.mark.instagram has no 'medias'; it has scope, seed" in output


def test_it_works_with_the_plugin_of_anyio(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(BY_ANYIO)
    (tmp_path / "conftest.py").write_text("""
import pytest

@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request):
    return request.param
""")
    code, output = run_pytest(tmp_path, "anyio")
    assert code == 1, output
    assert "1 passed, 1 error" in output
    assert "instagram_async runs on asyncio, not on trio" in output


def test_beside_pytest_asyncio_the_plugin_of_anyio_needs_the_strict_mode(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(BY_ANYIO)
    (tmp_path / "conftest.py").write_text("""
import pytest

@pytest.fixture
def anyio_backend():
    return "asyncio"
""")
    told = {mode: output for mode, (_, output) in at_once(tmp_path, "asyncio", "anyio").items()}
    assert "1 passed" in told["strict"], told
    assert "1 error" in told["auto"], told
    assert ["set asyncio_mode=strict" in told[mode] for mode in ("strict", "auto")] == [False, True]


def test_the_marker_and_the_fixtures_are_described(tmp_path: Path) -> None:
    options = ("--markers",), ("--fixtures",)
    with ThreadPoolExecutor() as pool:
        runs = pool.map(lambda one: run_pytest(tmp_path, "asyncio", options=one), options)
        (_, markers), (_, fixtures) = runs
    assert "@pytest.mark.instagram(users=, media=, seed=, scope=, limit=" in markers
    for name in ("instagram_world", "local_instagram", "instagram_client"):
        assert re.search(rf"^{name} .*\n    \w", fixtures, re.MULTILINE), fixtures
