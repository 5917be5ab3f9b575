"""Streams a listing: `python -m benchmarks.inside.stream RIVAL HOST`.

It prints how many media came and the CPU seconds that they took, imports not counted.
"""

from __future__ import annotations

import gc
import json
import sys
import time

from benchmarks.rivals.streams import RIVALS


def _main(rival: str, host: str) -> None:
    stream = RIVALS[rival]()
    gc.collect()  # what the imports left behind is no part of the listing
    started = time.process_time()
    seen = stream(host)
    print(json.dumps([seen, time.process_time() - started]))


if __name__ == "__main__":
    _main(*sys.argv[1:])
