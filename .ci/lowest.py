"""Prints pip constraints that pin every dependency to the lower bound it declares."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
extras = project["optional-dependencies"]
names = ("cli", "parquet", "redis", "testing", "test")
for requirement in sum([extras[name] for name in names], project["dependencies"]):
    if found := re.fullmatch(r"([\w-]+)(?:\[[\w,]+\])?>=([\w.]+)", requirement):
        print("==".join(found.groups()))
print("msgspec==0.19.0")  # the lower bound that the oldest cattrs[msgspec] declares
