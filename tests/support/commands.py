"""The command in processes of its own, forked from one that has imported it, and what they write.

That saves most of a command's time, and nothing of it: the terminal or the pipe, the signals and
the exit are real.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import termios
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import NamedTuple, TextIO, cast

import instagram_async.cli.app  # noqa: F401 - so that forks have it
from instagram_async.cli import main
from instagram_async.server import LocalInstagram
from instagram_async.v1.redirects import SCOPES
from tests.support.forks import FORKS
from tests.support.terminal import opened

_PATIENCE = 60.0


class Ran(NamedTuple):
    """A command that is over; on a terminal all that was written is `out`."""

    code: int
    out: str
    err: str = ""


class _Told(NamedTuple):
    words: Sequence[str]
    environment: Mapping[str, str]
    folder: str
    streams: Sequence[Connection]
    has_terminal: bool


def asks(server: LocalInstagram) -> dict[str, str]:
    """The environment of somebody who asks a server, and may do everything."""
    return {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "INSTAGRAM_BASE_URL": server.base_url,
        "INSTAGRAM_ACCESS_TOKEN": server.access_token(scope=" ".join(SCOPES)),
    }


Act = str | signal.Signals | Callable[[str], object]
When = tuple[str, Act]
"""What is to be done when something was written: type a text, send a signal, or be told all."""


def on_terminal(
    words: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    columns: int,
    *when: When,
    into: str | None = None,
) -> Ran:
    """Run a command on a pseudo-terminal of its own, in a folder.

    `into` is a file that gets the standard output, as `>` has it.
    """
    ours, theirs = opened(columns)
    out = theirs if into is None else os.open(folder / into, os.O_WRONLY | os.O_CREAT)
    streams = [theirs, out, theirs]
    with _started(words, environment, folder, streams, is_terminal=True) as process:
        (written,) = _read([ours], process, [(text, act, ours) for text, act in when])
        return Ran(_code(process), written)


def in_pipe(words: Sequence[str], environment: Mapping[str, str], folder: Path, *when: When) -> Ran:
    """Run a command in a folder, its outputs in pipes, and nobody at its input."""
    (out, theirs), (err, told) = os.pipe(), os.pipe()
    nobody = os.open(os.devnull, os.O_RDONLY)
    streams = [nobody, theirs, told]
    with _started(words, environment, folder, streams, is_terminal=False) as process:
        written = _read([out, err], process, [(text, act, nobody) for text, act in when])
        return Ran(_code(process), *written)


class Live:
    """A command that runs, and is spoken to as `Popen` is.

    Attributes:
        stdout: what it writes.
        stderr: what it tells people.
        returncode: how it ended.
    """

    def __init__(self, process: BaseProcess, out: int, err: int) -> None:
        self._process = process
        self.stdout = open(out, encoding="utf-8")  # noqa: SIM115 - the block closes them
        self.stderr = open(err, encoding="utf-8")  # noqa: SIM115
        self.returncode: int | None = None

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal."""
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it."""
        self._process.kill()

    def wait(self, timeout: float) -> int:
        """The exit code, once it has ended."""
        self._process.join(timeout)
        assert self._process.exitcode is not None
        self.returncode = self._process.exitcode
        return self.returncode

    def communicate(self, timeout: float) -> tuple[str, str]:
        """All that it still writes until it has ended; that is little."""
        self.wait(timeout)
        return self.stdout.read(), self.stderr.read()


@contextmanager
def running(words: Sequence[str], environment: Mapping[str, str]) -> Iterator[Live]:
    """A command that runs in pipes, no longer than the block."""
    (out, theirs), (err, told) = os.pipe(), os.pipe()
    streams = [os.open(os.devnull, os.O_RDONLY), theirs, told]
    with _started(words, environment, Path(), streams, is_terminal=False) as process:
        live = Live(process, out, err)
        try:
            yield live
        finally:
            live.stdout.close()
            live.stderr.close()


@contextmanager
def _started(
    words: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    streams: Sequence[int],
    *,
    is_terminal: bool,
) -> Iterator[BaseProcess]:
    """A process with these streams, which are closed here, and no longer than the block."""
    handed = [Connection(os.dup(stream)) for stream in streams]
    for theirs in set(streams):
        os.close(theirs)
    told = _Told(words, environment, str(folder), handed, is_terminal)
    process = FORKS.Process(target=_run, args=(told,))
    process.start()
    try:
        for stream in handed:
            stream.close()
        yield process
    finally:
        process.kill()
        process.join()
        process.close()


def _read(
    streams: Sequence[int], process: BaseProcess, acts: Sequence[tuple[str, Act, int]]
) -> list[str]:
    """What is written into each of some descriptors; they are closed at their end."""
    written = dict.fromkeys(streams, b"")
    waiting = list(acts)
    deadline = time.monotonic() + _PATIENCE
    with DefaultSelector() as selector:
        for stream in streams:
            selector.register(stream, EVENT_READ)
        while selector.get_map():
            ready = selector.select(max(0.0, deadline - time.monotonic()))
            assert ready, f"it has not ended: {written}"
            for key, _ in ready:
                data = _some(key.fd)
                if not data:
                    selector.unregister(key.fd)
                    os.close(key.fd)
                written[key.fd] += data
            so_far = b"".join(written.values()).decode(errors="ignore")
            if waiting and waiting[0][0] in so_far:
                _, act, terminal = waiting.pop(0)
                _do(act, process, terminal, so_far)
    return [text.decode() for text in written.values()]


def _some(stream: int) -> bytes:
    try:
        return os.read(stream, 65536)
    except OSError:  # nobody has the terminal open any more
        return b""


def _do(act: Act, process: BaseProcess, terminal: int, so_far: str) -> None:
    if isinstance(act, signal.Signals):
        assert process.pid is not None
        os.kill(process.pid, act)
    elif isinstance(act, str):
        os.write(terminal, act.encode())
    else:
        act(so_far)


def _code(process: BaseProcess) -> int:
    process.join(_PATIENCE)
    assert process.exitcode is not None
    return process.exitcode


def _run(told: _Told) -> None:
    """The process itself."""
    os.setsid()
    for target, stream in enumerate(told.streams):
        os.dup2(stream.fileno(), target)
    if told.has_terminal:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(told.environment)
    os.environ.pop("COLUMNS", None)  # whoever runs the tests may have said how wide his own is
    os.chdir(told.folder)
    sys.argv = ["instagram-async", *told.words]
    warnings.simplefilter("error")
    sys.stdin, sys.stdout, sys.stderr = map(_stream, range(3))
    main()


def _stream(number: int) -> TextIO:
    """One of the three, as the interpreter makes it at its start."""
    mode, buffering = ("w" if number else "r"), (1 if number == 2 or os.isatty(number) else -1)
    return cast("TextIO", open(number, mode, buffering, encoding="utf-8", closefd=False))
