"""The code of theirs runs as it stands on the page."""

from __future__ import annotations

import asyncio
import re

import pytest

from instagram_async.server import LocalInstagram
from tests.support.migration import PAGE
from tests.support.old_client import old_class
from tests.support.snippets import run

pytestmark = pytest.mark.filterwarnings("ignore")  # the old client's, of its own age


THEIRS = re.findall(r"(?ms)^```text\n(# python-instagram\n.*?)^```$", PAGE)
# `None` is a line for each media.
PRINTED = [
    "gardener_0 120\n",
    "120\n",
    None,
    "400 APINotFoundError\n",
    "None\n",
    "640 12 Morning light over the harbour\n",
    "4999 of 5000\n",
    "",
    "",
]


@pytest.mark.parametrize(("code", "printed"), list(zip(THEIRS, PRINTED, strict=True)))
async def test_their_code_runs_as_it_stands_there(code: str, printed: str | None) -> None:
    async with LocalInstagram() as server:
        token = server.access_token()
        kind = old_class(server)
        shown = await asyncio.to_thread(
            run, code, "<page>", InstagramAPI=kind, api=kind(access_token=token), token=token
        )
    if printed is None:
        assert shown.count("https://instagram.com/p/") == 120
    else:
        assert shown == printed
