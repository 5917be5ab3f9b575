"""Where secrets are handed in, and where texts go out: each place tells the watch."""

from __future__ import annotations

import contextlib
import importlib
import pickle
import tempfile
from asyncio.subprocess import SubprocessStreamProtocol
from collections.abc import Callable, Collection, Iterable
from functools import wraps
from importlib.util import find_spec
from logging import Logger, LogRecord
from pathlib import Path
from subprocess import Popen
from traceback import walk_tb
from typing import Any
from weakref import WeakSet

import pytest

from instagram_async import InstagramError
from instagram_async.hooks import AttemptEnded, QuotaWait, RequestSent, RetryPlanned
from instagram_async.paging import checkpoint
from instagram_async.paging.page import Page, Report
from instagram_async.quota.belief import WindowSpec
from instagram_async.server.tokens import Tokens
from instagram_async.v1 import signing
from instagram_async.v1.signing import Secret
from tests.support.leaks.watch import Watch


def listen_for_secrets(watch: Watch) -> None:
    """Hear of each plain text that is read or written, each signature, each token served."""
    slot = vars(Secret)["text"]

    def read(secret: Secret) -> Any:
        text = slot.__get__(secret)
        watch.secret(text)
        return text

    def write(secret: Secret, text: str) -> None:
        watch.secret(text)
        slot.__set__(secret, text)

    setattr(Secret, slot.__name__, property(read, write))
    _after(signing, "_digest", lambda _, signature: watch.secret(signature))
    _after(Tokens, "issue", lambda _, token: watch.secret(token))
    _after(Tokens, "find", lambda given, grant: watch.secret(grant and given[1]))


def listen_for_errors(watch: Watch, ours: Callable[[str], bool]) -> Callable[[], None]:
    """Hear of what tests catch, and of each error of ours as it goes, frames and all.

    Args:
        watch: who is told.
        ours: tells the files of the client's own code; what a test catches that has been in
            none of them is an affair between the test and somebody else's library.

    Returns:
        Tells of those that are not gone yet.
    """
    alive: WeakSet[InstagramError] = WeakSet()
    due: set[int] = set()
    handed: set[int] = set()

    def made(error: InstagramError) -> None:
        alive.add(error)
        due.add(id(error))

    def gone(error: InstagramError) -> None:
        if id(error) not in due:  # a test's that is over, with secrets of its own
            return
        due.discard(id(error))
        # What was neither raised nor handed to a hook has been shown to nobody: a reply is read
        # once before the session knows whether it has to be redacted.
        if error.__traceback__ is not None or id(error) in handed:
            watch.error("error", error)
        handed.discard(id(error))

    def caught(given: tuple[Any, ...], _: object) -> None:
        error = given[2]
        files = {frame.f_code.co_filename for frame, _ in walk_tb(error and error.__traceback__)}
        if any(map(ours, files)):
            watch.error("caught", error)

    def still() -> None:
        for error in alive:
            gone(error)
        alive.clear()
        due.clear()
        handed.clear()

    for event in (AttemptEnded, RetryPlanned):
        _after(event, "__new__", lambda _, told: handed.add(id(told.error)))
    _after(pytest.RaisesExc, "__exit__", caught)
    _after(pytest.RaisesGroup, "__exit__", caught)
    _after(InstagramError, "__init__", lambda given, _: made(given[0]))
    _set(InstagramError, "__del__", gone)
    return still


def listen_for_logs(watch: Watch, deaf: Collection[str]) -> None:
    """Hear of the records of all loggers, of every level; handlers get those that they got.

    Args:
        watch: who is told.
        deaf: loggers that are not heard.
    """
    enabled, handle = Logger.isEnabledFor, Logger.handle

    def heard(logger: Logger, record: LogRecord) -> None:
        if logger.name not in deaf:
            place = f"log: {logger.name}"
            watch.text(place, f"{record.getMessage()} {vars(record)}")
            if record.exc_info:
                watch.error(place, record.exc_info[1])
        if enabled(logger, record.levelno):
            handle(logger, record)

    _set(Logger, "isEnabledFor", lambda logger, _: not logger.disabled)
    _set(Logger, "handle", heard)


def listen_for_values(watch: Watch) -> None:
    """Hear of what is handed to the application, and of what stores are asked for."""
    for event in (RequestSent, AttemptEnded, RetryPlanned, QuotaWait):
        _after(event, "__new__", lambda _, made: watch.text("hook", repr(made)))
    _after(WindowSpec, "__new__", lambda _, made: watch.text("window", repr(made)))
    _after(Report, "__new__", lambda _, made: watch.text("report", repr(made)))
    _after(Page, "__init__", lambda given, _: watch.text("page", _words(given[0])))
    _after(checkpoint, "write", lambda _, text: watch.text("checkpoint", text))
    scrubbing: Any = importlib.import_module("instagram_async.testing.scrub")
    _after(
        scrubbing._Scrubber,
        "value",
        lambda given, made: _tell(watch, "scrub", not given[1] and made),
    )


def listen_for_bytes(watch: Watch) -> None:
    """Hear of what leaves the process, and of what other processes say."""
    _after(pickle, "dumps", lambda _, data: _tell(watch, "pickle", data))
    _after(Popen, "communicate", lambda _, said: _tell(watch, "child", *said))
    _after(
        SubprocessStreamProtocol,
        "pipe_data_received",
        lambda given, _: _tell(watch, "child", given[2]),
    )
    _after(pytest.CaptureFixture, "readouterr", lambda _, out: _tell(watch, "printed", out))
    redirect: Any = vars(contextlib)["_RedirectStream"]
    _after(redirect, "__exit__", lambda given, _: _tell(watch, "printed", _written(given[0])))
    _before(tempfile.TemporaryDirectory, "cleanup", lambda given: files(watch, given[0].name))
    if find_spec("redis"):
        from redis.asyncio.connection import AbstractConnection

        _before(
            AbstractConnection,
            "send_packed_command",
            lambda given: _tell(watch, "redis", *_packets(given[1])),
        )


def files(watch: Watch, folder: str | Path) -> None:
    """Tell of all files below a folder."""
    for path in Path(folder).rglob("*"):
        if path.is_file():
            watch.raw(f"file: {path.name}", path.read_bytes())


def _tell(watch: Watch, place: str, *values: Any) -> None:
    for value in values:
        if isinstance(value, bytes):
            watch.raw(place, value)
        elif value:
            watch.text(place, str(value))


def _words(page: Page[Any]) -> str:
    # Without the items: they are the server's data, and many.
    return f"{page.pagination} {page.checkpoint} {page.cursor} {page.next} {page.unreadable}"


def _written(redirection: Any) -> str:
    target = redirection._new_target
    return target.getvalue() if hasattr(target, "getvalue") else ""


def _packets(command: bytes | str | Iterable[bytes]) -> Iterable[bytes | str]:
    return [command] if isinstance(command, bytes | str) else command


def _after(owner: Any, name: str, hear: Callable[[tuple[Any, ...], Any], object]) -> None:
    """Have each call of a function heard: its arguments and what it returned."""
    whole = getattr(owner, name)

    @wraps(whole)
    def heard(*args: Any, **kwargs: Any) -> Any:
        result = whole(*args, **kwargs)
        hear(args, result)
        return result

    _set(owner, name, heard)


def _before(owner: Any, name: str, hear: Callable[[tuple[Any, ...]], object]) -> None:
    """Have each call of a function heard before it does anything."""
    whole = getattr(owner, name)

    @wraps(whole)
    def heard(*args: Any, **kwargs: Any) -> Any:
        hear(args)
        return whole(*args, **kwargs)

    _set(owner, name, heard)


def _set(owner: Any, name: str, value: object) -> None:
    setattr(owner, name, value)
