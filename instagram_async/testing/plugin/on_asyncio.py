"""The server in the loop of pytest-asyncio; registered by the first test that needs it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

import pytest
import pytest_asyncio

if TYPE_CHECKING:
    from instagram_async.testing.local import Running, Setup

Scope = Literal["session", "package", "module", "class", "function"]


def fixture_for(request: pytest.FixtureRequest) -> str:
    """The name of the fixture that runs in the same loop as the test."""
    marker = request.node.get_closest_marker("asyncio")
    said: Mapping[str, object] = marker.kwargs if marker else {}
    default = request.config.getini("asyncio_default_test_loop_scope")
    return f"_instagram_on_asyncio_{said.get('loop_scope') or default}"


def _fixture(loop_scope: Scope) -> Any:
    """A fixture of one test in a loop that may be shared by many."""

    @pytest_asyncio.fixture(loop_scope=loop_scope, name=f"_instagram_on_asyncio_{loop_scope}")
    async def running(instagram_world: Any, _instagram_setup: Setup) -> AsyncIterator[Running]:
        from instagram_async.testing.local import serving  # noqa: PLC0415

        async with serving(instagram_world, _instagram_setup) as pair:
            yield pair

    return running


_session = _fixture("session")
_package = _fixture("package")
_module = _fixture("module")
_class = _fixture("class")
_function = _fixture("function")
