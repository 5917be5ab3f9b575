"""The most memory that this process has had."""

from __future__ import annotations

import resource
import sys

_TO_BYTES = 1 if sys.platform == "darwin" else 1024


def peak() -> int:
    """In bytes. A process begins with that of the one that started it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _TO_BYTES
