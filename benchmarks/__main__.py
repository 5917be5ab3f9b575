"""`python -m benchmarks [decode stream memory import gate serve soak bulk ...] [--quick]`."""

from __future__ import annotations

import argparse
from importlib import import_module

from benchmarks.report import show

# Each is imported when it is its turn: a fresh process begins with the memory of this one.
_ALL = {
    "decode": ("decode",),
    "stream": ("stream",),
    "memory": ("memory",),
    "import": ("imports",),
    "gate": ("gate", "burst", "at_limit"),
    "serve": ("serve",),
    "soak": ("soak",),
    "bulk": ("bulk",),
    "jobs": ("jobs",),
    "kills": ("kills",),
    "windows": ("windows",),
    "gallery": ("gallery",),
}


def main() -> None:
    """Run the benchmarks that were asked for and print their tables."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="What instagram_async costs, as ratios from one run. The rivals come with "
        "pip install -e '.[bench]'.",
    )
    parser.add_argument("names", nargs="*", metavar="|".join(_ALL), help="which, default: all")
    parser.add_argument("--quick", action="store_true", help="rough figures in seconds")
    options = parser.parse_args()
    for name in options.names:
        if name not in _ALL:
            parser.error(f"no benchmark is called {name!r}; there are {', '.join(_ALL)}")
    for name in options.names or _ALL:
        for module in _ALL[name]:
            result = import_module(f"benchmarks.{module}").measure(quick=options.quick)
            if result is not None:
                show(result)


if __name__ == "__main__":
    main()
