"""Reports the coverage of the thinking files, as import-linter's contract lists them: all of it."""

import subprocess
import sys
import tomllib
from pathlib import Path

contracts = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
(thinking,) = [c for c in contracts if c["name"] == "thinking files do no I/O"]
paths = [name.replace(".", "/") for name in thinking["source_modules"]]
files = [f"{path}/*.py" if Path(path).is_dir() else f"{path}.py" for path in paths]
report = (sys.executable, "-m", "coverage", "report", "--fail-under=100")
sys.exit(subprocess.call((*report, f"--include={','.join(f'*/{file}' for file in files)}")))
