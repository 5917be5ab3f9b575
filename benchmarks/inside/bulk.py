"""Reads many listings at once: `python -m benchmarks.inside.bulk RIVALS RIVAL HOST LISTINGS`.

RIVALS is a module that has a table of that name. It prints how many media came, the seconds on
the clock and of the CPU that they took, imports not counted, and the peak in bytes.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from collections.abc import Awaitable, Callable
from importlib import import_module

from benchmarks.inside.peak import peak


def _main(rivals: str, rival: str, host: str, listings: int) -> None:
    # A process begins with the peak of the one that started it, which must stay smaller.
    inherited = peak()
    read: Callable[[str, int], Awaitable[int]] = import_module(rivals).RIVALS[rival]()
    gc.collect()  # what the imports left behind is no part of the listings
    cpu, started = time.process_time(), time.perf_counter()

    async def reading() -> int:
        return await read(host, listings)

    seen = asyncio.run(reading())
    took = [time.perf_counter() - started, time.process_time() - cpu]
    if (reached := peak()) <= inherited:
        raise RuntimeError("the peak is not this process's own")
    print(json.dumps([seen, *took, reached]))


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
