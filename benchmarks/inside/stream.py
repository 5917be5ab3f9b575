"""Streams a listing: `python -m benchmarks.inside.stream RIVAL HOST`.

It prints how many media came and the CPU seconds that they took, imports not counted.
"""

from __future__ import annotations

import json
import sys
import time

from benchmarks.rivals.streams import RIVALS


def _main(rival: str, host: str) -> None:
    stream = RIVALS[rival]()
    started = time.process_time()
    seen = stream(host)
    print(json.dumps([seen, time.process_time() - started]))


if __name__ == "__main__":
    _main(*sys.argv[1:])
