"""More at once than is allowed: how much each limiter sends, as the server counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from statistics import fmean

from benchmarks import fresh
from benchmarks.limited import Counted, Server, limited
from benchmarks.report import Result, progress
from benchmarks.rivals.limiters import keeping

_LIMIT, _PER = 20, 1.0  # `limits` knows whole seconds only
_SPREAD = 0.1  # seconds at most
_WAYS = {"near": 0.0, "far": _SPREAD}
_LIBRARIES = ("instagram-async", "aiohttp", "aiolimiter", "pyrate-limiter", "limits")


def measure(*, quick: bool) -> Result:
    """Run the benchmark.

    Args:
        quick: short bursts, once, and those of all overlap; the figures are then rough.

    Returns:
        The fullest window, refusals, and how much of the allowed places was used.
    """
    return compare(50, 1, gap=0.15) if quick else compare(100, 3)


def compare(
    requests: int, rounds: int, *, gap: float = 0.0, ways: Sequence[str] = tuple(_WAYS)
) -> Result:
    """Let all send the same burst.

    Args:
        requests: how many are wanted at once; more than the limit.
        rounds: how often.
        gap: seconds from one's beginning to the next one's; 0 is one after the other.
        ways: how far the server is.
    """
    found: dict[tuple[str, str], list[Counted]] = {}
    with ExitStack() as stack:
        servers = {
            way: stack.enter_context(limited(_LIMIT, _PER, replies=_SPREAD, there=_WAYS[way]))
            for way in ways
        }
        step = stack.enter_context(progress("bursts", rounds * len(servers)))
        for _ in range(rounds):
            for way, server in servers.items():
                for name, counted in _round(server, requests, gap).items():
                    found.setdefault((name, way), []).append(counted)
                step()
    return Result(
        "gate",
        f"Bursts of {requests} requests, each through an aiohttp session, to a local server of "
        f"{_LIMIT} per {_PER:g} s in another process; the most requests in any window, and how "
        f"many of {rounds * requests} were refused. Replies take 0 to {_SPREAD * 1e3:g} ms. Near, "
        f"requests arrive at once; far, each takes 0 to {_SPREAD * 1e3:g} ms, and a new connection "
        "two such round trips, as TCP and TLS do. Used: of the places that the server allows "
        "after the first ones, those of requests that it let through.",
        (
            f"{_LIMIT} per {_PER:g} s",
            *(column for way in ways for column in (f"{way}: most", "refused", "% used")),
        ),
        [
            [name, *(cell for way in ways for cell in _cells(found.get((name, way), [])))]
            for name in keeping(_LIMIT, _PER)
        ],
        _LIBRARIES,
        part="bursts",
    )


def _round(server: Server, requests: int, gap: float) -> dict[str, Counted]:
    fresh.run(
        "benchmarks.inside.burst",
        *(server.url, json.dumps(server.tokens)),
        *(str(number) for number in (_LIMIT, _PER, requests, gap)),
    )
    return server.counted()


def _cells(found: Sequence[Counted]) -> list[str]:
    if not found:
        return ["not installed", "", ""]
    return [
        str(max(one.most for one in found)),
        str(sum(one.refused for one in found)),
        f"{100 * fmean(one.used for one in found):.0f}",
    ]
