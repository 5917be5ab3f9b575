"""Serving pages of a large world: the local server against a bare aiohttp handler."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import fresh
from benchmarks.beside import Beside, beside
from benchmarks.report import Result, progress
from instagram_async.server import Bounds, World
from instagram_async.server.pictures import at_home
from instagram_async.server.replies import encode

_FOLDER = "INSTAGRAM_ASYNC_WORLDS"  # where large worlds are kept between runs, if it is set
_PAGES = 4000  # places in a listing that are asked for
_COUNT = 33


@dataclass
class _Server:
    """A process that serves, and what was found of it."""

    name: str
    url: str
    ready: float
    pks: Path
    process: Beside
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    def cpu(self) -> float:
        """The CPU seconds that it has used."""
        return float(self.process.ask())

    def measure(self, seconds: float) -> None:
        """Load it for a while."""
        before = self.cpu()
        replies, _, took = fresh.run(
            "benchmarks.inside.load", self.url, str(self.pks), str(seconds)
        )
        self.rates.append(replies / took)
        self.costs.append((self.cpu() - before) / replies)


def measure(*, quick: bool) -> Result:
    """Run the benchmark.

    Args:
        quick: small worlds, once; the figures are then rough.

    Returns:
        Requests a second, as a share of the bare handler's, and CPU time for each.
    """
    return compare((1_000, 20_000), 1, 1.0) if quick else compare((10_000, 1_000_000), 7, 4.0)


def compare(sizes: Sequence[int], rounds: int, seconds: float) -> Result:
    """Serve worlds of several sizes in turns.

    Args:
        sizes: how many media the `self` user has in each.
        rounds: how often each is served.
        seconds: how long each time.
    """
    with ExitStack() as stack:
        folder = Path(os.environ.get(_FOLDER) or stack.enter_context(tempfile.TemporaryDirectory()))
        made = {size: _world(folder, size) for size in sizes}
        page = folder / "page.json"
        size_of_page = page.write_bytes(_page(_file(folder, sizes[0])))
        servers = [
            stack.enter_context(_served("bare aiohttp.web", "bare", page, _pks(folder, sizes[0]))),
            *(
                stack.enter_context(
                    _served(f"{size:,} media", "world", _file(folder, size), _pks(folder, size))
                )
                for size in sizes
            ),
        ]
        step = stack.enter_context(progress("serve", rounds))
        for _ in range(rounds):
            for server in servers:
                server.measure(seconds)
            step()
    built = ", ".join(f"{size:,} at {rate:,.0f} media/s" for size, rate in made.items() if rate)
    return Result(
        "serve",
        f"{_COUNT} media a page, users/self/media/recent, from places all over the listing; "
        "server, bare handler and load each in a process of its own, 8 connections, "
        f"{size_of_page} bytes a page; tokens, limits and "
        f"user_has_liked on; {rounds} rounds of {seconds:g} s in turns, the best of each. "
        + (f"Worlds were seeded: {built}." if built else "Worlds were there already."),
        ("", "requests/s", "% of bare", "CPU us a request", "% of bare CPU", "ready in ms"),
        [_row(server, servers[0]) for server in servers],
        ("instagram-async", "aiohttp"),
    )


def _world(folder: Path, size: int) -> float:
    """Seed a world unless it is there; how many media a second, 0 if it was."""
    file = _file(folder, size)
    if file.exists():
        return 0.0
    started = time.perf_counter()
    with World.seeded(media=size, path=file) as world:
        took = time.perf_counter() - started
        pks, more = list[int](), True
        while more:
            media, more = world.listings.recent(
                world.self_id, count=10_000, bounds=Bounds(max_id=pks[-1] if pks else None)
            )
            pks += [int(one.id.partition("_")[0]) for one in media]
    _pks(folder, size).write_text(json.dumps(pks[: -_COUNT - 1 : max(1, size // _PAGES)]))
    return size / took


def _page(file: Path) -> bytes:
    """A page of the usual size, as the bare handler will send it."""
    with World.open(file) as world:
        found, _ = world.listings.recent(world.self_id, count=_COUNT, viewer=world.self_id)
    body = {"pagination": {}, "meta": {"code": 200}, "data": found}
    return at_home(encode(body), "http://127.0.0.1:40123")


def _file(folder: Path, size: int) -> Path:
    return folder / f"world-{size}.db"


def _pks(folder: Path, size: int) -> Path:
    return folder / f"pks-{size}.json"


@contextmanager
def _served(name: str, kind: str, path: Path, pks: Path) -> Iterator[_Server]:
    with beside("benchmarks.inside.serve", kind, path) as process:
        url, ready = process.says()
        yield _Server(name, url, ready, pks, process)


def _row(server: _Server, bare: _Server) -> list[str]:
    rate, cost = max(server.rates), min(server.costs)
    return [
        server.name,
        f"{rate:,.0f}",
        f"{100 * rate / max(bare.rates):.1f}",
        f"{cost * 1e6:,.0f}",
        f"{100 * min(bare.costs) / cost:.1f}",
        f"{server.ready * 1e3:.0f}",
    ]
