"""The suite's leak hunt as a run of pytest shows it, and what a Redis is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from instagram_async import Quota, RedisStore
from instagram_async.v1.signing import Secret
from tests.support.canary import TOKEN
from tests.support.leaks.plugin import LeakHunt
from tests.support.redis_server import RedisServer, needs_redis
from tests.support.snippets import ROOT

SUITE = """
import sys
import pytest
from instagram_async import Client
from tests.support.canary import TOKEN

@pytest.fixture(autouse=True)
def client():
    return Client(TOKEN)

def test_clean():
    sys.stdout.write("nothing")

def test_printed():
    sys.stdout.write(TOKEN)

def test_a_file(tmp_path):
    (tmp_path / "export.jsonl").write_text(TOKEN)

@pytest.mark.shows_secret("printed", reason="it is planted")
def test_by_right():
    sys.stderr.write(TOKEN)

@pytest.mark.shows_secret("printed", reason="it was planted, once")
def test_no_more():
    pass
"""


@pytest.mark.shows_secret("child", reason="pytest shows what it found")
@pytest.mark.shows_secret("file: export.jsonl", reason="it is planted")
def test_a_leak_makes_a_test_fail(tmp_path: Path) -> None:
    Secret(TOKEN)
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["tests.support.leaks.plugin"]\n')
    (tmp_path / "test_planted.py").write_text(SUITE)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--strict-markers",
         "-c", "/dev/null", f"--rootdir={tmp_path}", f"--basetemp={tmp_path / 'temp'}", tmp_path],
        cwd=ROOT,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )  # fmt: skip
    for name in ("test_printed", "test_a_file", "test_no_more"):
        assert f"ERROR at teardown of {name} " in done.stdout
    assert "5 passed, 3 errors" in done.stdout
    assert "shows none there" in done.stdout
    assert "leak hunt: 5 tests with a secret, 5 of them with a canary; 1 show" in done.stdout


@needs_redis
async def test_what_a_redis_is_asked_is_heard(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    hunt = request.config.pluginmanager.get_plugin("leak_hunt")
    assert isinstance(hunt, LeakHunt)
    server = RedisServer(tmp_path)
    server.start()
    try:
        async with RedisStore(server.url) as store:
            for owner in ("somebody", TOKEN):
                hunt.sift()
                Secret(TOKEN)
                windows = Quota(1).windows(owner, None)
                await store.take(windows, 0.0)
                places = {one.partition(":")[0] for one in hunt.sift()}
                assert places == ({"window", "redis"} if owner == TOKEN else set())
    finally:
        server.stop()
