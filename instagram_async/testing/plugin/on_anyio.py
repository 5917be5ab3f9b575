"""The server in the loop of anyio's plugin; registered by the first test that needs it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from instagram_async.testing.local import Running, Setup


FIXTURE = "_instagram_on_anyio"


@pytest.fixture(name=FIXTURE)
async def _running(instagram_world: Any, _instagram_setup: Setup) -> AsyncIterator[Running]:
    from instagram_async.testing.local import serving  # noqa: PLC0415

    async with serving(instagram_world, _instagram_setup) as pair:
        yield pair
