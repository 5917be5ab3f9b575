"""Reads one page again and again: `python -m benchmarks.inside.decode ROUNDS`.

It prints the best seconds of each way. The garbage collector is on, as users have it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.page import first
from benchmarks.report import MISSING
from benchmarks.rivals.decoders import installed, ours
from benchmarks.truth import check

_CALLS = 10  # in one reading of the clock


def _best(ways: dict[str, Callable[[bytes], Any]], page: bytes, rounds: int) -> dict[str, float]:
    best = dict.fromkeys(ways, MISSING)
    for _ in range(rounds):
        for name, decode in ways.items():
            started = time.perf_counter()
            for _ in range(_CALLS):
                decode(page)
            best[name] = min(best[name], (time.perf_counter() - started) / _CALLS)
    return best


def _main(rounds: int) -> None:
    page = first()
    check(ours(page), json.loads(page)["data"])
    ways, missing = installed()
    print(json.dumps(_best(ways, page, rounds) | dict.fromkeys(missing, MISSING)))


if __name__ == "__main__":
    _main(int(sys.argv[1]))
