"""Runs the tests of each mutant: `HYPOTHESIS_PROFILE=mutants python -m tests.support.mutate`.

From the project's root; each in a fork of a process that has all but the package. The exit code
is 1 where the tests of a mutant passed, and its name is printed.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType

import aiohttp.web  # noqa: F401 - imported once, for all forks
import cattrs  # noqa: F401
import hypothesis  # noqa: F401
import pytest

from tests.support.mutant import Mutant
from tests.support.mutants import MUTANTS

PATIENCE = 60  # seconds
PASSED, FAILED = 0, 1  # pytest's exit codes
HARMLESS = Mutant("nothing is wrong", "retry.py", "", "", "test_session_retries.py")


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, mutant: Mutant) -> None:
        super().__init__(name, path)
        self._mutant = mutant

    def get_code(self, fullname: str) -> object:  # type: ignore[override]
        source = Path(self.path).read_text()
        if source.count(self._mutant.old) < 1:
            raise SystemExit(99)
        return compile(source.replace(self._mutant.old, self._mutant.new), self.path, "exec")


class _Finder(MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        self._name = "instagram_async." + mutant.file.removesuffix(".py").replace("/", ".")

    def find_spec(
        self, fullname: str, path: object = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        spec = PathFinder.find_spec(fullname, path)  # type: ignore[arg-type]
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _Loader(fullname, spec.origin, self._mutant)
        return spec


def _start(mutant: Mutant) -> int:
    """Fork, mistake the package, and run the tests there; the number of the process."""
    pid = os.fork()
    if pid == 0:
        signal.alarm(PATIENCE)  # a hung test has noticed nothing
        with Path(os.devnull).open("w") as null:
            os.dup2(null.fileno(), 1)
            os.dup2(null.fileno(), 2)
        sys.meta_path.insert(0, _Finder(mutant))
        tests = [f"tests/unit/{name}" for name in mutant.tests.split()]
        options = ["-x", "-q", "--assert=plain", "-p", "no:randomly", "-p", "no:cacheprovider"]
        code = pytest.main([*options, "--hypothesis-seed=0", *tests])
        os._exit(int(code))
    return pid


def main() -> int:
    """Run all, one on each core, and tell which went as they should not."""
    assert "instagram_async" not in sys.modules
    waiting, running = [HARMLESS, *MUTANTS], dict[int, Mutant]()
    wrong = 0
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            mutant = waiting.pop(0)
            running[_start(mutant)] = mutant
        pid, status = os.wait()
        mutant, code = running.pop(pid), os.waitstatus_to_exitcode(status)
        if code != (PASSED if mutant is HARMLESS else FAILED):
            wrong += 1
            print(f"{mutant.file}: {mutant.name}: pytest ended with {code}")
    print(f"{len(MUTANTS)} mutants, {wrong} of all runs not as they should be")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
