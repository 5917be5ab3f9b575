"""Print the page."""

from __future__ import annotations

import sys

from tests.support.fidelity.page import page

sys.stdout.write(page())
