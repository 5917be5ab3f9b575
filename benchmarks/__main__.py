"""`python -m benchmarks [decode stream memory import gate serve] [--quick]`."""

from __future__ import annotations

import argparse

from benchmarks import decode, gate, imports, memory, serve, stream
from benchmarks.report import show

_ALL = {
    "decode": decode.measure,
    "stream": stream.measure,
    "memory": memory.measure,
    "import": imports.measure,
    "gate": gate.measure,
    "serve": serve.measure,
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
        show(_ALL[name](quick=options.quick))


if __name__ == "__main__":
    main()
