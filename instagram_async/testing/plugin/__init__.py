"""The pytest plugin of instagram_async: a local server and a client of it as fixtures.

Every run of pytest in an environment imports the plugins there. What the fixtures need besides
the client, a server and a plugin for coroutines, is imported by the first test that uses one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from instagram_async import Client
    from instagram_async.server import LocalInstagram, World
    from instagram_async.testing.local import Running, Setup

_MARKER = (
    "instagram(users=, media=, seed=, scope=, limit=, ...): how the local Instagram of a test is "
    "made: arguments of World.seeded and of LocalInstagram, and the scope of the client's token"
)
_NEEDED = (
    "the fixtures of instagram_async need pytest-asyncio 1.4 or newer (pip install "
    "'instagram-async[testing]'), or a test of anyio's plugin"
)
_BOTH = (
    "a test of anyio's plugin and asyncio_mode=auto: two plugins, two event loops; "
    "set asyncio_mode=strict"
)


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", _MARKER)


@pytest.fixture
def instagram_world(_instagram_setup: Setup) -> World:
    """The world that is served; override this fixture to serve one of your own."""
    from instagram_async.server import World  # noqa: PLC0415 - loading the plugin costs nothing

    return World.seeded(**_instagram_setup.world)


@pytest.fixture
def local_instagram(_instagram_running: Running) -> LocalInstagram:
    """A local server of the Instagram API v1, started for this test alone."""
    return _instagram_running[0]


@pytest.fixture
def instagram_client(_instagram_running: Running) -> Client:
    """A client of `local_instagram`: all scopes, retries at once, never waits for quota."""
    return _instagram_running[1]


@pytest.fixture
def _instagram_setup(request: pytest.FixtureRequest) -> Setup:
    from instagram_async.testing.local import setup_of  # noqa: PLC0415

    return setup_of((mark.args, mark.kwargs) for mark in request.node.iter_markers("instagram"))


@pytest.fixture
def _instagram_running(request: pytest.FixtureRequest) -> Running:
    """Have the plugin that runs the test run the server too, in the loop of the test."""
    plugins = request.config.pluginmanager
    if "anyio_backend" in request.fixturenames:
        name = _on_anyio(request)
    elif plugins.hasplugin("asyncio"):
        name = _on_asyncio(request)
    else:
        pytest.fail(_NEEDED, pytrace=False)
    running: Running = request.getfixturevalue(name)
    return running


def _on_asyncio(request: pytest.FixtureRequest) -> str:
    """The name of the fixture that pytest-asyncio runs."""
    plugins = request.config.pluginmanager
    try:
        from instagram_async.testing.plugin import on_asyncio  # noqa: PLC0415 - only if it is wanted

        name = on_asyncio.fixture_for(request)
    except (TypeError, ValueError):  # it knows no loop scopes yet
        pytest.fail(_NEEDED, pytrace=False)
    if not plugins.is_registered(on_asyncio):
        plugins.register(on_asyncio)
    return name


def _on_anyio(request: pytest.FixtureRequest) -> str:
    """The name of the fixture that anyio's plugin runs."""
    from instagram_async.testing.plugin import on_anyio  # noqa: PLC0415

    plugins = request.config.pluginmanager
    if _takes_all(request.config):
        pytest.fail(_BOTH, pytrace=False)
    if (backend := request.getfixturevalue("anyio_backend_name")) != "asyncio":
        pytest.fail(f"instagram_async runs on asyncio, not on {backend}", pytrace=False)
    if not plugins.is_registered(on_anyio):
        plugins.register(on_anyio)
    return on_anyio.FIXTURE


def _takes_all(config: pytest.Config) -> bool:
    """Whether pytest-asyncio would run the fixtures of a test that anyio's plugin runs."""
    if not config.pluginmanager.hasplugin("asyncio"):
        return False
    return "auto" in (config.getoption("asyncio_mode"), config.getini("asyncio_mode"))
