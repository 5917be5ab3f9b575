"""Settings of the suite."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator
from importlib.util import find_spec

import pytest
from hypothesis import Phase, settings

settings.register_profile("suite", deadline=None, print_blob=True)
settings.register_profile(
    "mutants", deadline=None, database=None, phases=[Phase.explicit, Phase.generate]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

# The leak hunt; it has to be there before a test imports what it listens to.
pytest_plugins = ["tests.support.leaks.plugin"]

# asyncio's debug mode tells of every slow step; that a machine is busy is nobody's fault.
logging.getLogger("asyncio").addFilter(lambda record: not str(record.msg).startswith("Executing "))

# What needs the extra `contract`; `.ci/run` checks that it is there where it should be.
collect_ignore = (
    [] if find_spec("schemathesis") else ["served/test_schemathesis.py", "unit/test_schemas.py"]
)
# What needs the extra `bench`, likewise.
if not find_spec("instagram"):
    collect_ignore += ["docs/migration"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under CI a skipped test is a failed one: what it needs has to be there."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
    return report
