"""Runs the tests of mutants, each in a fork of a process that has all but the package.

Started as a script by `tests/process/test_mutants.py`, from the project's root.
"""

from __future__ import annotations

import json
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

from tests.support.mutants import MUTANTS, Mutant

PATIENCE = 60  # seconds
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


def _run(mutant: Mutant) -> int:
    """Fork, mistake the package, run the tests; pytest's exit code, or the signal's."""
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
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main(part: int, parts: int) -> None:
    """Print the exit codes of every `parts`-th mutant, from `part` on, as JSON."""
    assert "instagram_async" not in sys.modules
    codes = {f"{m.file}: {m.name}": _run(m) for m in [HARMLESS, *MUTANTS][part::parts]}
    print(json.dumps(codes))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
