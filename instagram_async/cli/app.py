"""The commands and their arguments."""

from __future__ import annotations

import asyncio
import atexit
import os
import sqlite3
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, TextIO

from cyclopts import App, CycloptsError, Parameter
from cyclopts.validators import Number
from rich.console import Console

from instagram_async import InstagramError, __version__
from instagram_async.cli.demo import stream
from instagram_async.cli.downloading import add_download
from instagram_async.cli.exits import TERMINATED, USAGE, UsageError, advised, code_of
from instagram_async.cli.gallery import add_gallery
from instagram_async.cli.journal import PlainJournal, ScreenJournal
from instagram_async.cli.keeping import Keep
from instagram_async.cli.lines import Lines
from instagram_async.cli.login import add_login
from instagram_async.cli.many import add_bulk
from instagram_async.cli.mishaps import arrange, fault_of
from instagram_async.cli.quota import add_quota
from instagram_async.cli.reads import add_reads
from instagram_async.cli.screen import Screen
from instagram_async.cli.serve import serve as run_server
from instagram_async.cli.signals import stoppable
from instagram_async.cli.text import clean
from instagram_async.cli.watching import add_watch
from instagram_async.cli.writes import add_writes
from instagram_async.files import is_database
from instagram_async.server import LocalInstagram, World, WorldFileError
from instagram_async.server.allowance import Preset
from instagram_async.server.era import EraName
from instagram_async.server.times import MOST_PEOPLE

# Page by page, this is what the hour's quota of a live app allows.
_MOST_MEDIA = 100_000
_MOST_SERVED = 1_000_000
_PORT = 8015

app = App(
    name="instagram-async",
    help=(
        "Asyncio client for the Instagram API v1, with a local server of it.\n\n"
        "Example: `instagram-async demo`"
    ),
    version=__version__,
)
app.register_install_completion_command(  # pyright: ignore[reportUnknownMemberType]
    help=(
        "Teach your shell to complete the commands.\n\n"
        "Example: `instagram-async --install-completion`"
    )
)
add_reads(app)
add_watch(app)
add_download(app)
add_writes(app)
add_login(app)
add_bulk(app)
add_quota(app)
add_gallery(app)


def _check_faults(_: object, given: Sequence[str] | None) -> None:
    for text in given or ():
        fault_of(text)


@app.command
async def demo(
    *,
    media: Annotated[int, Parameter(validator=Number(gte=1, lte=_MOST_MEDIA))] = 300,
    pace: Annotated[float | None, Parameter(validator=Number(gte=0))] = None,
    out: Path | None = None,
    pictures: Path | None = None,
) -> None:
    """Stream media from a local server and show them as they come.

    Starts the server in this process, on a free port of this machine, and asks it over
    a real socket. Nothing leaves the machine. In a pipe or a file the rows stand between
    tabs; the title, the progress and the summary go to standard error.

    Example: `instagram-async demo --media 1000 --pace 0`

    Args:
        media: How many media the profile has.
        pace: Media a second at most, 0 for as fast as they come; 100 on a terminal
            and 0 elsewhere, if not given.
        out: File to keep them in, as JSON Lines; a new one.
        pictures: Folder to keep their pictures in.
    """
    keep = Keep(out, pictures)
    keep.check()
    console = Console(highlight=False)
    with stoppable():
        if _is_terminal(console):
            await stream(Screen(console), media, 100.0 if pace is None else pace, keep)
        else:
            await stream(Lines(), media, pace or 0.0, keep)


@app.command
async def serve(
    *,
    port: Annotated[int, Parameter(validator=Number(gte=0, lte=65_535))] = _PORT,
    host: str = "127.0.0.1",
    seed: int = 0,
    users: Annotated[int, Parameter(validator=Number(gte=1, lte=MOST_PEOPLE))] = 12,
    media: Annotated[int, Parameter(validator=Number(gte=0, lte=_MOST_SERVED))] = 120,
    data: Path | None = None,
    era: EraName = "2015",
    limits: Preset = "live",
    limit: Annotated[int | None, Parameter(validator=Number(gte=1))] = None,
    family_limit: Annotated[int | None, Parameter(validator=Number(gte=1))] = None,
    latency: Annotated[float, Parameter(validator=Number(gte=0, lte=60))] = 0.0,
    fault: Annotated[list[str] | None, Parameter(validator=_check_faults, negative=())] = None,
    fault_rate: Annotated[float | None, Parameter(validator=Number(gte=0, lte=1))] = None,
) -> None:
    """Run a local server of the API until Ctrl-C or SIGTERM.

    Prints its base URL, a token that may do everything, the client id, and a curl line
    that works; then a line for each request: time, method, path, status, milliseconds.
    In a pipe or a file these lines go to standard error. Its people, their pictures and
    what was asked are on a page at `/`.

    Example: `instagram-async serve --port 0 --fault status:503 --fault-rate 0.2`

    Args:
        port: Port to listen on, 0 for any that is free.
        host: Address to listen on; whoever reaches it can see and change everything.
        seed: Number that decides on what is in the world, and on what goes wrong.
        users: How many people live in it.
        media: How many media the first of them has.
        data: File that keeps the world, or an export of one. A world that exists is served
            as it is, whatever seed, users and media say; a file that does not exist becomes
            one. Lines of JSON, as `bulk.JSONLinesSink` writes them, are read into memory:
            the export stays as it is, and what is written to its world ends with the server.
        era: Year whose shapes, errors, scopes and limits it has.
        limits: Which of that year's limits, or those of 2018.
        limit: Requests an hour that a token may send, in place of that number.
        family_limit: Likes, comments, and changes of relationships an hour, of each, in
            place of those numbers.
        latency: Seconds that every reply is late.
        fault: What goes wrong, such as `truncated`, `status:502`, `delay:0.5`; may be given
            several times.
        fault_rate: How likely a request meets one of the faults, or of all that there are if
            none is given; 1, if not given.
    """
    with _world(data, seed, users, media) as world:
        server = LocalInstagram(
            world,
            host=host,
            port=port,
            era=era,
            limits=limits,
            limit=limit,
            family_limit=family_limit,
        )
        arrange(server, fault or (), fault_rate, latency, seed)
        console = Console(highlight=False)
        await run_server(
            server, ScreenJournal(console) if _is_terminal(console) else PlainJournal()
        )


def _world(data: Path | None, seed: int, users: int, media: int) -> World:
    if data is not None and data.exists():
        return World.open(data) if is_database(data) else _exported(data)
    return World.seeded(seed, users=users, media=media, path=data)


def _exported(data: Path) -> World:
    try:
        world = World.load(data)
    except ValueError as error:
        raise WorldFileError(f"{data} is neither a world nor lines of JSON: {error}") from error
    if not world.users:
        raise WorldFileError(f"{data} has nobody in it")
    return world


def _is_terminal(console: Console) -> bool:
    # The console calls a pipe a terminal where FORCE_COLOR is set.
    return sys.stdout.isatty() and not console.is_dumb_terminal


def _nowhere() -> TextIO:
    nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as we are
    atexit.register(nowhere.close)
    return nowhere


def run() -> None:
    """Run the command that `sys.argv` asks for, and exit."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for output in (sys.stdout, sys.stderr):
        if isinstance(output, TextIOWrapper):
            output.reconfigure(errors="replace")  # captions hold what no ASCII terminal can show
    try:
        try:
            app(sys.argv[1:], exit_on_error=False)
        finally:
            sys.stdout.flush()
    except asyncio.CancelledError:
        sys.exit(TERMINATED)
    except CycloptsError:  # it has said what is wrong
        sys.exit(USAGE)
    except (UsageError, InstagramError) as error:
        sys.stderr.write(f"instagram-async: {clean(advised(str(error)))}\n")
        sys.exit(USAGE if isinstance(error, UsageError) else code_of(error))
    except (OSError, sqlite3.Error, WorldFileError) as error:
        # The interpreter flushes once more at its end, and must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        gone = isinstance(error, BrokenPipeError)  # whoever read it knows
        sys.exit(1 if gone else f"instagram-async: {error}")
