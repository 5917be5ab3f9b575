"""Every command on a terminal of 80 and of 120 columns, and in a pipe.

They are listed by the application itself: an operation that is added is tried as well.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rich.cells import cell_len

from instagram_async.server import LocalInstagram
from tests.support.commands import Ran, in_pipe, on_terminal
from tests.support.public_commands import paths
from tests.support.threads import in_a_thread
from tests.support.tried import LISTINGS, WAYS, WRITES, Trials, a_world

FACTS = {("serve",), ("login",)}  # what is to be copied is one line, however long
NOTED = {("bulk",), ("gallery",), ("login",)}  # in a pipe they have something to say, too
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
GOES_ON = "instagram-async "
KEPT = pytest.mark.shows_secret("file", reason="a profile is kept with the token in it")
COMMANDS = [
    pytest.param(path, marks=KEPT if path == ("login",) else (), id="-".join(path))
    for path in sorted(paths())
]


@pytest.fixture(scope="module")
def trials() -> Iterator[Trials]:
    with in_a_thread(LocalInstagram(a_world())) as server:
        yield Trials(server)


@pytest.mark.parametrize("path", COMMANDS)
def test_a_command_looks_as_it_should(
    path: tuple[str, ...], trials: Trials, tmp_path: Path
) -> None:
    with ThreadPoolExecutor() as pool:
        narrow, wide, piped = pool.map(lambda way: ran(trials, path, way, tmp_path), WAYS)
    is_in_shape(path, narrow.out, 80)
    is_in_shape(path, wide.out, 120)
    is_for_machines(path, piped)


def ran(trials: Trials, path: tuple[str, ...], way: str, tmp_path: Path) -> Ran:
    folder = tmp_path / way
    folder.mkdir()
    trial = trials.trial(path, way, folder)
    own = {"INSTAGRAM_ACCESS_TOKEN": trials.token}
    if path == ("login",):
        own = {"INSTAGRAM_CLIENT_ID": trials.app[0], "INSTAGRAM_CLIENT_SECRET": trials.app[1]}
    environment = {
        "PATH": os.environ["PATH"], "TERM": "xterm-256color", "XDG_CONFIG_HOME": str(folder),
        "INSTAGRAM_BASE_URL": trials.base_url, **own,
    }  # fmt: skip
    if way == "pipe":
        done = in_pipe(trial.words, environment, folder, *trial.when)
    else:
        done = on_terminal(trial.words, environment, folder, int(way), *trial.when)
    written = done.out + done.err
    assert done.code == trial.code, written
    assert "Traceback" not in written
    assert trials.token not in written
    assert trials.app[1] not in written or path == ("serve",)
    return done


def is_in_shape(path: tuple[str, ...], written: str, columns: int) -> None:
    """Nothing is wider than the terminal that could be narrower."""
    shown = ESCAPE.sub("", written).replace("^C", "")  # the terminal's own echo
    lines = [line for line in re.split(r"[\r\n]+", shown) if line]
    assert lines or path in WRITES
    if path in LISTINGS or path[0] == "watch":
        names, *_ = [line for line in lines if not line.startswith("looking")]
        assert {"id", "username", "name", "text", "caption"} & set(names.split())
    if is_of_one(path):
        assert all(re.fullmatch(r"[a-z_]+ {2,}\S.*", line) for line in lines)
    elif path not in FACTS:
        rows = [line for line in lines if not line.startswith(GOES_ON)]
        assert max(map(cell_len, rows), default=0) <= columns


def is_for_machines(path: tuple[str, ...], done: Ran) -> None:
    if path[0] in ("demo", "download", "serve"):
        assert done.out
        return
    assert "\x1b" not in done.out + done.err
    assert bool(done.err) == (path in NOTED or path[0] == "watch")
    lines = done.out.splitlines()
    assert lines or path in WRITES | NOTED
    assert all(isinstance(json.loads(line), dict) for line in lines)
    assert len(lines) == 1 or not is_of_one(path) or path in WRITES


def is_of_one(path: tuple[str, ...]) -> bool:
    """Whether it shows one thing, a line for each of its names."""
    own = {"bulk", "gallery", "demo", "serve", "login", "watch", "download"}
    return path not in LISTINGS and path[0] not in own
