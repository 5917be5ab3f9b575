"""What a client is made with, and what its operations take, is checked before anything is sent."""

from __future__ import annotations

from typing import Any

import pytest

from instagram_async import Client, Hooks, NotFoundError, Response, Timeout
from instagram_async.testing import ScriptedTransport
from tests.support.canary import TOKEN


@pytest.mark.parametrize(
    "options",
    [{"quota": 5}, {"retry": 3}, {"timeout": 5}, {"hooks": print}],
)
def test_options_of_another_kind(options: dict[str, Any]) -> None:
    (name,) = options
    with pytest.raises(TypeError, match=f"{name} must be a "):
        Client(TOKEN, **options)


@pytest.mark.parametrize(
    "options",
    [
        {"base_url": "ftp://host/v1"},
        {"base_url": "http://host/v1?a=b"},
        {"base_url": "http://user:pass@host/v1"},
        {"base_url": "host/v1"},
        {"max_wait": -1},
        {"max_bytes": 0},
        {"signed": True},
        {"forwarded_for": "1.2.3.4"},
        {"concurrency": 0},
        {"transport": ScriptedTransport(), "user_agent": "mine"},
        {"transport": ScriptedTransport(), "max_bytes": 5},
        {"transport": ScriptedTransport(), "session": object()},
    ],
)
def test_options_that_make_no_sense(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"must|need|ways|aiohttp's"):
        Client(TOKEN, **options)


def test_views_are_checked_too() -> None:
    client = Client(TOKEN, transport=ScriptedTransport())
    with pytest.raises(ValueError, match="max_wait"):
        client.with_options(max_wait=-1)


@pytest.mark.parametrize("name", ["connect", "read", "total"])
def test_a_timeout_of_nothing(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        Timeout(**{name: 0})


async def _coroutine(event: object) -> None:
    pass


@pytest.mark.parametrize("hook", [_coroutine, 5])
@pytest.mark.parametrize("name", ["on_request", "on_response", "on_retry", "on_wait"])
def test_a_hook_is_a_plain_function(name: str, hook: Any) -> None:
    with pytest.raises(TypeError, match=f"{name} must be a plain function"):
        Hooks(**{name: hook})


@pytest.mark.parametrize("user_id", ["ann", "", "..", "../self", "7x", " self"])
async def test_a_username_is_no_id(user_id: str) -> None:
    transport = ScriptedTransport()
    client = Client(TOKEN, transport=transport)
    with pytest.raises(ValueError, match="not a username"):
        client.user_recent(user_id)
    with pytest.raises(ValueError, match="not a username"):
        await client.user(user_id)
    assert transport.requests == []


@pytest.mark.parametrize("template", ["users/{id}", "/users/self", "users/{}}", "{users/{}"])
async def test_a_template_is_no_operations_name(template: str) -> None:
    client = Client(TOKEN, transport=ScriptedTransport())
    with pytest.raises(ValueError, match="a path is like"):
        await client.call("GET", template, "self")


@pytest.mark.parametrize(
    ("method", "template", "name"),
    [
        ("GET", "users/{}/media/recent", "GET users/{id}/media/recent"),
        ("GET", "tags/{}/media/recent", "GET tags/{name}/media/recent"),
        ("GET", "media/shortcode/{}", "GET media/shortcode/{code}"),
        ("DELETE", "media/{}/comments/{}", "DELETE media/{id}/comments/{cid}"),
        ("GET", "users/self/feed", "GET users/self/feed"),
        ("GET", "things/{}/parts", "GET things/{id}/parts"),
    ],
)
async def test_operations_have_the_names_of_the_documentation(
    method: str, template: str, name: str
) -> None:
    client = Client(TOKEN, transport=ScriptedTransport([Response(404, {}, b"")]))
    with pytest.raises(NotFoundError) as caught:
        await client.call(method, template, *["5"] * template.count("{}"))
    assert caught.value.operation == name
