"""What the page says to go wrong with listings and arguments goes wrong."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from importlib import import_module
from typing import Any

import pytest
from yarl import URL

from instagram_async import Client
from instagram_async.server import Fault, LocalInstagram
from tests.support.old_calls import ask, last, pages
from tests.support.old_client import old_class

pytestmark = pytest.mark.filterwarnings("ignore")  # the old client's, of its own age


async def test_a_generator_ends_after_three_pages(api: Any) -> None:
    found = await pages(api.user_recent_media, count=5)
    assert [len(items) for items, _ in found] == [5, 5, 5]
    assert found[-1][1] is not None
    assert len(await pages(api.user_recent_media, count=5, max_pages=None)) > 3


async def test_an_error_ends_a_generator(server: LocalInstagram, api: Any) -> None:
    server.faults.add(Fault("truncated", after=1))
    items = api.user_recent_media(as_generator=True, count=5)
    await ask(next, items)
    with pytest.raises(Exception, match="Unable to parse response"):
        await ask(next, items)
    assert await ask(next, items, "over") == "over"


async def test_no_next_url_is_the_first_page_again(server: LocalInstagram, api: Any) -> None:
    *_, (_, ended) = await pages(api.user_recent_media, max_pages=None)
    assert ended is None
    first, _ = await ask(api.user_recent_media)
    again, _ = await ask(api.user_recent_media, with_next_url=ended)
    assert [one.id for one in again] == [one.id for one in first]


async def test_a_next_url_holds_the_token(server: LocalInstagram, api: Any) -> None:
    _, next_url = await ask(api.user_recent_media)
    assert URL(next_url).query["access_token"] == api.access_token


async def test_what_goes_with_a_next_url(server: LocalInstagram, api: Any) -> None:
    first, next_url = await ask(api.tag_recent_media, tag_name="snow", count=5)
    with pytest.raises(Exception, match="No parameter value found for path variable: tag_name"):
        await ask(api.tag_recent_media, with_next_url=next_url)
    second = await ask(
        api.tag_recent_media, tag_name="x", count=1, with_next_url=next_url, as_generator=True
    )
    assert isinstance(second, tuple)
    assert last(server)[0] == "tags/snow/media/recent"
    assert len(second[0]) == len(first) == 5


async def test_pagination_formats(server: LocalInstagram, api: Any) -> None:
    _, told = await ask(api.user_recent_media, pagination_format="dict")
    assert set(told) == {"next_url", "next_max_id"}
    sent = len(server.requests)
    with pytest.raises(Exception, match="Invalid value for pagination_format"):
        await ask(api.user_recent_media, pagination_format="json")
    assert len(server.requests) == sent + 1


async def test_tags_are_one_page(api: Any) -> None:
    assert (await ask(api.tag_search, q="s"))[1] is None


@pytest.mark.parametrize(
    ("method", "given", "path", "query"),
    [
        ("user_recent_media", ("1001",), "users/self/media/recent.json", {"count": "1001"}),
        ("media_search", (48.8, 2.3), "media/search.json", {"q": "48.8", "count": "2.3"}),
        ("location_search", (48.8, 2.3), "locations/search.json", {"q": "48.8", "count": "2.3"}),
        ("media_popular", (5, "64_9"), "media/popular.json", {"count": "5", "max_id": "64_9"}),
    ],
)
async def test_positional_arguments_mean_something_else(
    method: str, given: Any, path: str, query: Any, server: LocalInstagram, api: Any
) -> None:
    with suppress(Exception):  # what the server says to it is no matter
        await ask(getattr(api, method), *given)
    assert last(server) == (path, query)


@pytest.mark.parametrize(
    ("method", "variable"),
    [
        ("tag_recent_media", "tag_name"),
        ("location_recent_media", "location_id"),
        ("geography_recent_media", "geography_id"),
    ],
)
async def test_positional_arguments_are_sizes(method: str, variable: str, api: Any) -> None:
    with pytest.raises(Exception, match=f"path variable: {variable}"):
        await ask(getattr(api, method), "1")


async def test_no_user_is_oneself(server: LocalInstagram, api: Any) -> None:
    await ask(api.user_recent_media, user_id=None, count=None)
    assert last(server) == ("users/self/media/recent.json", {})
    async with Client(api.access_token, base_url=server.base_url) as client:
        with pytest.raises(TypeError):
            client.user_recent(None)  # type: ignore[arg-type]


async def test_likes_are_not_paged_by_max_id(server: LocalInstagram, api: Any) -> None:
    first, _ = await ask(api.user_liked_media, 5)
    again, _ = await ask(api.user_liked_media, 5, first[-1].id)
    assert [one.id for one in again] == [one.id for one in first]
    assert last(server)[1] == {"count": "5", "max_id": first[-1].id}


@pytest.mark.parametrize("name", ["follow", "unfollow", "block", "unblock"])
async def test_shortcuts_take_a_name_alone(name: str, server: LocalInstagram, api: Any) -> None:
    method, other = getattr(api, f"{name}_user"), server.world.users[-1].id
    with pytest.raises(Exception, match="path variable: user_id"):
        await ask(method, other)
    made, _ = await ask(method, user_id=other, return_json=True)
    assert type(made).__name__ == "Relationship"


async def test_a_slash_makes_another_path(server: LocalInstagram, api: Any) -> None:
    with pytest.raises(Exception, match="not valid JSON"):
        await ask(api.tag, tag_name="a/b")
    assert last(server)[0] == "tags/a/b.json"


async def test_any_name_is_sent(server: LocalInstagram, api: Any) -> None:
    await ask(api.media_popular, anything=1, nothing=None)
    assert last(server)[1] == {"anything": "1"}
    async with Client(api.access_token, base_url=server.base_url) as client:
        await client.call("GET", "media/popular", anything=1, nothing=None)
    assert last(server)[1] == {"anything": "1"}


async def test_an_instant_is_sent_as_its_text(server: LocalInstagram, api: Any) -> None:
    with pytest.raises(Exception, match="not valid JSON"):
        await ask(api.user_recent_media, min_timestamp=datetime(2015, 9, 12))  # noqa: DTZ001
    assert last(server)[1] == {"min_timestamp": "2015-09-12 00:00:00"}


async def test_limits_are_texts(server: LocalInstagram, api: Any) -> None:
    assert (api.x_ratelimit, api.x_ratelimit_remaining) == (None, None)
    await ask(api.user)
    assert (api.x_ratelimit, api.x_ratelimit_remaining) == ("5000", "4999")


async def test_only_a_shortcode_goes_without_a_format(server: LocalInstagram, api: Any) -> None:
    newest = server.world.recent(server.world.self_id, count=1)[0][0]
    made = await ask(api.media_shortcode, newest.shortcode)
    assert last(server)[0] == f"media/shortcode/{newest.shortcode}"
    assert type(made).__name__ == "Media"
    assert not hasattr(made, "shortcode")


def test_what_it_is_made_with() -> None:
    kind = import_module("instagram.client").InstagramAPI
    with pytest.raises(TypeError, match="'format'"):
        kind(format="json")
    assert kind("1000.0000000.token").access_token is None


async def test_without_anybody_an_address_ends_in_none(server: LocalInstagram) -> None:
    with pytest.raises(Exception, match="Missing client_id or access_token"):
        await ask(old_class(server)().user)
    assert last(server)[0] == "users/self.jsonNone"


async def test_with_a_token_it_can_not_subscribe(server: LocalInstagram) -> None:
    api = old_class(server)(
        client_id=server.client_id,
        client_secret=server.client_secret,
        access_token=server.access_token(),
    )
    with pytest.raises(Exception, match="client_id"):
        await ask(api.list_subscriptions)
    assert "client_id" not in last(server)[1]


async def test_two_of_its_requests_always_fail(server: LocalInstagram, api: Any) -> None:
    request = import_module("instagram.oauth2").OAuth2Request(api)
    for method in (request.get_request, request.post_request):
        with pytest.raises(Exception, match=r".") as caught:
            await ask(method, "/users/self.json")
        assert type(caught.value).__module__ == "builtins"
    assert len(server.requests) == 0
    response, content = await ask(request.prepare_and_make_request, "GET", "/users/self.json", {})
    assert response["status"] == "200"
    assert b"username" in content


# Connections.
