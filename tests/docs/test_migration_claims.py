"""What the page says to go wrong with python-instagram goes wrong; needs the extra `bench`."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha1, sha256
from hmac import new as hmac
from importlib import import_module
from typing import Any

import pytest
from yarl import URL

from instagram_async import Client, UncertainWriteError, unstructure
from instagram_async.server import App, Fault, LocalInstagram
from tests.support.listings import ALL_SCOPES
from tests.support.old_client import busy_world, old_class
from tests.support.raw import Answer, http, raw_server

pytestmark = pytest.mark.filterwarnings("ignore")  # the old client's, of its own age

DONE = b'{"meta": {"code": 200}, "data": null}'


@pytest.fixture
async def server() -> AsyncIterator[LocalInstagram]:
    async with LocalInstagram(busy_world()) as server:
        yield server


@pytest.fixture
def api(server: LocalInstagram) -> Any:
    return old_class(server)(access_token=server.access_token(scope=ALL_SCOPES))


async def ask(method: Callable[..., Any], *args: Any, **options: Any) -> Any:
    return await asyncio.to_thread(method, *args, **options)


async def pages(method: Callable[..., Any], **options: Any) -> list[Any]:
    return await asyncio.to_thread(lambda: list(method(as_generator=True, **options)))


def last(server: LocalInstagram) -> tuple[str, dict[str, str]]:
    request = server.requests[-1]
    return request.path.removeprefix("/v1/"), request.query


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


@pytest.fixture
def parsed() -> Callable[[str], Any]:
    def make(base_url: str) -> Any:
        kind = import_module("instagram.client").InstagramAPI
        url = URL(base_url)
        return type("Api", (kind,), {"protocol": url.scheme, "host": url.authority})

    return make


async def test_each_request_has_a_connection(parsed: Callable[[str], Any]) -> None:
    async with raw_server(Answer(http(DONE))) as raw:
        api = parsed(raw.base_url)(access_token="t")
        await ask(api.unlike_media, "64_9")
        await ask(api.unlike_media, "64_9")
        assert [request.connection for request in raw.arrived] == [1, 2]


async def test_a_comment_without_an_answer_is_sent_twice(parsed: Callable[[str], Any]) -> None:
    async with raw_server(Answer(then="close"), Answer(http(DONE))) as raw:
        api = parsed(raw.base_url)(access_token="t")
        assert await ask(api.create_media_comment, "64_9", "what a light") == []
        assert [request.body for request in raw.arrived] == [b"text=what+a+light"] * 2
    async with (
        raw_server(Answer(then="close"), Answer(http(DONE))) as raw,
        Client("t", base_url=raw.base_url) as client,
    ):
        with pytest.raises(UncertainWriteError):
            await client.create_comment("64_9", "what a light")
        assert len(raw.arrived) == 1


def test_certificates_of_oauth_and_proxies(
    server: LocalInstagram, api: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    oauth2, httplib2 = import_module("instagram.oauth2"), import_module("httplib2")
    made: list[dict[str, Any]] = []

    def http_object(**options: Any) -> Any:
        made.append(options)
        raise InterruptedError

    monkeypatch.setattr(oauth2, "Http", http_object)
    for call in (api.get_authorize_login_url, lambda: api.exchange_code_for_access_token("c")):
        with pytest.raises(InterruptedError):
            call()
    with pytest.raises(InterruptedError):
        api.user()
    assert made == [{"disable_ssl_certificate_validation": True}] * 2 + [{}]
    default = inspect.signature(httplib2.Http).parameters["proxy_info"].default
    assert default is httplib2.proxy_info_from_environment


# Signatures.


@pytest.fixture
async def strict() -> AsyncIterator[tuple[LocalInstagram, Any]]:
    async with LocalInstagram(busy_world(), app=App(signed=True)) as server:
        token = server.access_token(scope=ALL_SCOPES)
        yield server, old_class(server)(access_token=token, client_secret=server.client_secret)


async def test_what_can_be_signed(strict: tuple[LocalInstagram, Any]) -> None:
    server, api = strict
    await ask(api.user)
    _, next_url = await ask(api.user_recent_media)
    media_id = server.world.recent(server.world.self_id, count=1)[0][0].id
    for refused in (
        lambda: api.user_recent_media(with_next_url=next_url),
        lambda: api.user_recent_media(count=5),
        lambda: api.tag_search(q="snow"),
        lambda: api.create_media_comment(media_id=media_id, text="what a light"),
    ):
        with pytest.raises(Exception, match="Signature does not match"):
            await ask(refused)


def test_what_is_signed(api: Any) -> None:
    api.client_secret = "another secret"
    request = import_module("instagram.oauth2").OAuth2Request(api)

    def sign(text: str) -> str:
        return hmac(b"another secret", text.encode(), sha256).hexdigest()

    token = f"access_token={api.access_token}"
    url, *_ = request.prepare_request("GET", "/tags/search.json", {"q": b"snow", "count": "5"})
    assert URL(url).query.getall("sig") == [
        sign(f"/tags/search.json|{token}"),
        sign(f"/tags/search.json|{token}|count=5|q=b'snow'"),
    ]
    url, _, body, _ = request.prepare_request("POST", "/media/64_9/comments.json", {"text": b"hi"})
    assert URL(url).query.getall("sig") == [sign(f"/media/64_9/comments.json|{token}")]
    assert body == "text=hi"


async def test_the_header_of_2014_is_never_sent(server: LocalInstagram) -> None:
    api = old_class(server)(
        access_token=server.access_token(scope=ALL_SCOPES),
        client_secret=server.client_secret,
        client_ips="200.15.1.1",
    )
    await ask(api.user)
    sent = len(server.requests)
    for write in (api.like_media, api.unlike_media):
        with pytest.raises(TypeError):
            await ask(write, "64_9")
    assert len(server.requests) == sent


# Models.


@pytest.fixture
def wire(server: LocalInstagram) -> dict[str, Any]:
    recent, _ = server.world.recent(server.world.self_id, count=45)
    full = next(one for one in recent if one.users_in_photo and one.comments.data)
    return {**deepcopy(dict(unstructure(full))), "location": None}


def media_of(wire: dict[str, Any], **changed: Any) -> Any:
    kind = import_module("instagram.models").Media
    return kind.object_from_dictionary({**wire, **changed})


def test_what_is_missing_in_a_media(wire: dict[str, Any]) -> None:
    made = media_of(wire)
    for name in ("location", "videos", "carousel_media", "attribution", "distance"):
        assert not hasattr(made, name)
    assert not hasattr(
        media_of({name: value for name, value in wire.items() if name != "user_has_liked"}),
        "user_has_liked",
    )
    with pytest.raises(KeyError, match="link"):
        media_of({name: value for name, value in wire.items() if name != "link"})


def test_what_later_media_have(wire: dict[str, Any]) -> None:
    video = {name: {"url": "u", "width": 1, "height": 1} for name in ("low_resolution",)}
    assert media_of(wire, type="video", videos=video).videos["low_resolution"].url == "u"
    video["low_resolution"]["id"] = 0
    with pytest.raises(TypeError, match="'id'"):
        media_of(wire, type="video", videos=video)
    with pytest.raises(AttributeError, match="videos"):
        media_of(wire, type="carousel").get_standard_resolution_url()
    tagged = [{"user": {"username": "ann"}, "position": {"x": 0.5, "y": 0.5}}]
    with pytest.raises(TypeError, match="'id'"):
        media_of(wire, users_in_photo=tagged)


def test_what_is_made_up() -> None:
    models = import_module("instagram.models")
    place = models.Location.object_from_dictionary({"name": None})
    assert (place.id, place.name, place.point) == ("0", None, None)
    assert models.Location.object_from_dictionary({}).name == ""
    said = models.Relationship.object_from_dictionary({"outgoing_status": "follows"})
    assert (said.incoming_status, said.target_user_is_private) == ("none", False)


async def test_tags_are_counted_in_fractions(api: Any) -> None:
    tags, _ = await ask(api.tag_search, q="s")
    assert {type(tag.media_count) for tag in tags} == {float}
    assert type((await ask(api.tag, tag_name="snow")).media_count) is int


def test_times_are_taken_for_utc() -> None:
    helper = import_module("instagram.helper")
    assert helper.timestamp_to_datetime("0") == datetime(1970, 1, 1)  # noqa: DTZ001
    east = datetime(1970, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    assert helper.datetime_to_timestamp(east) == 7200
    assert east.timestamp() == 0
    with pytest.raises(TypeError):
        _ = helper.timestamp_to_datetime("0") < datetime.now(UTC)


def test_a_reactor_takes_text() -> None:
    reactor = import_module("instagram.subscriptions").SubscriptionsReactor()
    told: list[Any] = []
    reactor.register_callback("tag", told.append)
    body = b'[{"object": "tag"}]'
    signature = hmac(b"secret", body, sha1).hexdigest()
    reactor.process("secret", body.decode(), signature)
    assert told == [{"object": "tag"}]
    with pytest.raises(AttributeError, match="encode"):
        reactor.process("secret", body, signature)
