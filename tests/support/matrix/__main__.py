"""Run it all and print the page."""

from __future__ import annotations

import asyncio
import sys

from tests.support.matrix.page import page
from tests.support.matrix.run import run

sys.stdout.write(page(asyncio.run(run())))
