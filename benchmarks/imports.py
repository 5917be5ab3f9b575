"""Import time, against aiohttp, which everybody who uses the package imports anyway."""

from __future__ import annotations

import os
import subprocess
import sys
from statistics import median

from benchmarks.report import Result, progress

_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
_MODULES = ("instagram_async", "aiohttp")
_CODE = "import time; at = time.perf_counter(); import {}; print(time.perf_counter() - at)"


def measure(*, quick: bool) -> Result:
    """Run the benchmark.

    Args:
        quick: few interpreters; the figures are then rough.

    Returns:
        Milliseconds of the import statement, least and median, and ratios to aiohttp.
    """
    rounds = 3 if quick else 60
    times: dict[str, list[float]] = {module: [] for module in _MODULES}
    with progress("import", rounds) as step:
        for at in range(rounds + 1):
            for module, found in times.items():
                seconds = _seconds(module)
                if at:  # the first one may have compiled the modules
                    found.append(seconds)
            step()
    least = min(times["aiohttp"])
    middle = median(times["aiohttp"])
    return Result(
        "import",
        f"The import statement in {rounds} fresh interpreters each, in turns.",
        ("", "ms least", "x aiohttp", "ms median", "x aiohttp"),
        [
            [
                f"import {module}",
                f"{min(found) * 1e3:.1f}",
                f"{min(found) / least:.2f}",
                f"{median(found) * 1e3:.1f}",
                f"{median(found) / middle:.2f}",
            ]
            for module, found in times.items()
        ],
        ("instagram-async", "aiohttp"),
    )


def _seconds(module: str) -> float:
    command = [sys.executable, "-c", _CODE.format(module)]
    # With bytecode on the disk, as installed packages have it.
    env = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    return float(subprocess.run(command, capture_output=True, check=True, env=env).stdout)
