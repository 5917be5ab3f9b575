"""Each row of the page on python-instagram is run on both sides; needs the extra `bench`."""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from aiohttp import web
from attrs import Factory, define, field, frozen
from yarl import URL

from instagram_async import Client, Hooks, OAuth, Pager, Rendition, Reply, Retry, Timeout
from instagram_async.server import App, Fault, LocalInstagram
from tests.support.listings import ALL_SCOPES, SPAN
from tests.support.migration import METHODS, OF_THE_APP, PAGE, Pair, models, pairs, tables
from tests.support.old_client import SHOWN, busy_world, old_class, relation
from tests.support.raw import refused_port
from tests.support.snippets import run

pytestmark = pytest.mark.filterwarnings("ignore")  # the old client's, of its own age

REDIRECT_URI = "https://app.example/cb"


@define
class Sides:
    """One server, and both clients, with what the page's calls name."""

    server: LocalInstagram
    client: Client
    app: Client
    callback: str
    old: Any = field(init=False)
    token: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.old = old_class(self.server)
        self.token = self.server.access_token(scope=ALL_SCOPES)

    def things(self, code: str) -> dict[str, Any]:
        """What a call is about; a comment that is to be deleted is a new one each time."""
        world = self.server.world
        me, (newest, *_) = world.self_id, world.recent(world.self_id, count=1)[0]
        recent, _ = world.recent(me, count=45)
        spot = world.locations[0]
        busy = max(recent, key=lambda one: one.comments.count)
        if "comment_id" in code:
            said = world.comment(busy.id, me, "not for long", datetime.now(UTC))
        else:
            (said,) = world.comments(busy.id, count=1)
        return {
            "user_id": world.users[-1].id,
            "media_id": busy.id,
            "shortcode": newest.shortcode,
            "comment_id": said.id,
            "name": max(word for one in recent for word in one.tags),
            "location_id": spot.id,
            "geo_id": world.geographies[0],
            "lat": spot.latitude,
            "lng": spot.longitude,
            "since": SPAN["min_timestamp"],
            "until": SPAN["max_timestamp"],
            "url": self.callback,
            "secret": self.server.client_secret,
            "code": self.server.authorization_code(redirect_uri=REDIRECT_URI),
        }

    async def ask_old(self, call: str, /, **things: Any) -> Any:
        """Evaluate a call of theirs, which blocks."""
        return await asyncio.to_thread(eval, call, {**self.things(call), **things})

    async def ask(self, call: str, /, **things: Any) -> Any:
        """Evaluate a call of ours; a listing is read."""
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        made = eval(compile(call, "<page>", "eval", flags), {**self.things(call), **things})
        made = await made if inspect.iscoroutine(made) else made
        return await made.collect() if isinstance(made, Pager) else made

    @property
    def user_api(self) -> Any:
        return self.old(access_token=self.token)

    @property
    def app_api(self) -> Any:
        return self.old(
            client_id=self.server.client_id,
            client_secret=self.server.client_secret,
            redirect_uri=REDIRECT_URI,
        )

    def asked(self, since: int) -> tuple[str, str, dict[str, str]]:
        """The first request since so many had arrived, as method, path and parameters."""
        first = self.server.requests[since]
        assert first.status == 200, first
        return first.method, first.path.removesuffix(".json"), first.query


@pytest.fixture
async def sides() -> AsyncIterator[Sides]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=request.query["hub.challenge"])

    told = web.Application()
    told.router.add_get("/told", answer)
    runner = web.AppRunner(told)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with (
        LocalInstagram(busy_world()) as server,
        Client(server.access_token(scope=ALL_SCOPES), base_url=server.base_url) as client,
        Client(client_id=server.client_id, base_url=server.base_url) as app,
    ):
        port = runner.addresses[0][1]
        yield Sides(server, client, app, f"http://127.0.0.1:{port}/told")
    await runner.cleanup()


def given(value: Any) -> str:
    """What the page calls such a result."""
    if value == []:
        return "[]"
    if not isinstance(value, tuple):
        return type(value).__name__
    one, other = value
    if isinstance(one, list):
        assert other is None or URL(other).query
        return "(list, next_url)"
    return f"({type(one).__name__}, {other})"


def same(old: Any, new: Any) -> None:
    """Compare what both gave; of theirs there may be only the first page."""
    if isinstance(old, tuple):
        old = old[0]
    if isinstance(old, list) and isinstance(new, list):
        assert 0 < len(old) <= len(new)
        show = SHOWN[type(new[0])]
        assert [show(one) for one in old] == [show(one) for one in new[: len(old)]]
    elif old == []:
        assert new is None
    elif type(new).__name__ == "Relationship":
        assert relation(old) == relation(new)
    else:
        assert SHOWN[type(new)](old) == SHOWN[type(new)](new)


@pytest.mark.parametrize("pair", pairs(*METHODS), ids=lambda pair: pair.method)
async def test_both_ask_and_give_the_same(pair: Pair, sides: Sides) -> None:
    old = await sides.ask_old(pair.theirs, api=sides.user_api)
    assert given(old) == pair.gives
    middle = len(sides.server.requests)
    new = await sides.ask(pair.ours, client=sides.client)
    assert ("await" in pair.ours) != isinstance(new, list)
    same(old, new)
    theirs, ours = sides.asked(0), sides.asked(middle)
    if "media_search" not in pair.ours:  # which asks for a week at a time
        for _, _, query in (theirs, ours):
            query.pop("comment_id", None)
        assert ours[0] == theirs[0]
        assert ours[2] == theirs[2]
        if "comment_id" not in pair.ours:  # each deletes one of its own
            assert ours[1] == theirs[1]


@pytest.mark.parametrize("pair", pairs("Subscriptions"), ids=lambda pair: pair.method)
async def test_subscriptions(pair: Pair, sides: Sides) -> None:
    old = await sides.ask_old(pair.theirs, api=sides.app_api)
    assert given(old) == pair.gives
    assert old["meta"] == {"code": 200}
    middle = len(sides.server.requests)
    new = await sides.ask(pair.ours, client=sides.app)
    assert isinstance(new, Reply)
    if isinstance(old["data"], dict):
        assert old["data"].pop("id") != new.data.pop("id")
    assert old["data"] == new.data
    assert sides.asked(0) == sides.asked(middle)


async def test_what_there_is_of_oauth(sides: Sides) -> None:
    authorize, login, exchange, of_a_user, of_a_password = pairs("OAuth")
    oauth = OAuth(
        sides.server.client_id,
        sides.server.client_secret,
        redirect_uri=REDIRECT_URI,
        base_url=sides.server.base_url,
    )
    old = URL(await sides.ask_old(authorize.theirs, api=sides.app_api))
    new = URL(await sides.ask(authorize.ours, oauth=oauth))
    assert {name: new.query[name] for name in old.query} == dict(old.query)
    assert {"state"} == set(new.query) - set(old.query)
    assert "scope" not in await sides.ask_old("api.get_authorize_url()", api=sides.app_api)
    assert "scope=basic&" in oauth.authorize().url
    assert (new.host, new.port, new.path.rstrip("/")) == (old.host, old.port, old.path)
    ended = await sides.ask_old(login.theirs, api=sides.app_api)
    assert given(ended) == authorize.gives == login.gives == "str"
    assert ended.startswith(f"{sides.server.base_url.removesuffix('/v1')}/oauth/authorize")

    refused = import_module("instagram.oauth2").OAuth2AuthExchangeError
    with pytest.raises(refused, match="You must provide a client_id"):
        await sides.ask_old(exchange.theirs, api=sides.app_api)
    grant = await sides.ask(exchange.ours, oauth=oauth)
    assert grant.user.id == sides.server.world.self_id
    assert of_a_user.here is of_a_password.here is None


def test_every_public_method_of_theirs_has_its_row_once() -> None:
    api = import_module("instagram.client").InstagramAPI
    methods = {name for name in dir(api) if name[0] != "_" and callable(getattr(api, name))}
    named = [pair.method for pair in pairs(*METHODS, *OF_THE_APP)]
    assert sorted(named) == sorted(methods)
    assert len(methods) == 41


def named_in(title: str) -> set[str]:
    (table,) = tables(title)
    return {name for row in table for name in re.findall(r"`([\w.]+)`", row[0])}


def test_every_option_of_all_methods_has_its_row() -> None:
    bind = import_module("instagram.bind")
    popped = set(re.findall(r"kwargs\.pop\(['\"](\w+)", inspect.getsource(bind)))
    assert named_in("What all methods take") == popped
    assert len(popped) == 5


def test_every_attribute_of_the_class_has_its_row() -> None:
    api = import_module("instagram.client").InstagramAPI
    made_with = set(inspect.signature(api.__mro__[1]).parameters) | {"format"}
    there = {name for name in dir(api) if name[0] != "_" and not callable(getattr(api, name))}
    assert named_in("What the class has") == made_with | there


def test_every_other_class_has_its_row() -> None:
    oauth2, subscriptions, helper = (
        import_module(f"instagram.{name}") for name in ("oauth2", "subscriptions", "helper")
    )
    classes = (
        oauth2.OAuth2Request,
        oauth2.OAuth2AuthExchangeRequest,
        subscriptions.SubscriptionsReactor,
        subscriptions.SubscriptionType,
    )
    there = {f"{kind.__name__}.{name}" for kind in classes for name in vars(kind) if name[0] != "_"}
    there |= {
        f"helper.{name}" for name in vars(helper) if name.endswith(("_datetime", "_timestamp"))
    }
    assert named_in("Below it") == there | {"OAuth2API"}


async def shown(sides: Sides) -> tuple[dict[str, Any], dict[str, Any]]:
    """One of each, as both clients have it."""
    mine, _ = sides.server.world.recent(sides.server.world.self_id, count=45)
    full = next(
        one
        for one in mine
        if one.type == "image" and one.caption and one.likes.data and one.comments.data
        if one.tags and one.location and one.location.name and one.users_in_photo
    )
    film = next(one for one in mine if one.videos and one.videos.low_bandwidth)
    calls = {
        "media": ("api.media(full)", "await client.media(full)"),
        "video": ("api.media(film)", "await client.media(film)"),
        "comment": ("api.media_comments(full)[0]", "await client.media_comments(full).first()"),
        "user": ("api.user()", "await client.user()"),
        "tag": ("api.tag(name)", "await client.tag(name)"),
        "location": ("api.location(location_id)", "await client.location(location_id)"),
        "relationship": (
            "api.user_relationship(user_id=user_id)",
            "await client.relationship(user_id)",
        ),
    }
    at_hand = {"full": full.id, "film": film.id}
    old = {name: await sides.ask_old(code, api=sides.user_api, **at_hand)
           for name, (code, _) in calls.items()}  # fmt: skip
    new = {name: await sides.ask(code, client=sides.client, **at_hand)
           for name, (_, code) in calls.items()}  # fmt: skip
    return old, new


async def test_models_hold_the_same(sides: Sides) -> None:
    old, new = await shown(sides)
    for row in models():
        ours = eval(row.ours, new)
        if row.old is None:
            assert not hasattr(old["media"], row.ours.partition(".")[2])
            continue
        theirs = eval(row.old, old)
        assert theirs is not None
        if isinstance(theirs, datetime):
            assert theirs.tzinfo is None
            assert "naive" in row.note
            theirs = theirs.replace(tzinfo=UTC)
        assert theirs == ours, row


async def test_what_is_not_in_the_table_has_the_same_name(sides: Sides) -> None:
    old, new = await shown(sides)
    table = models()
    left = {"id", "username", "full_name", "profile_picture"}  # of people, wherever they are
    for name in ("media", "comment", "user", "tag", "location", "relationship"):
        named = {
            found[1]
            for row in table
            for found in [re.match(rf"(?:{name}|video)\.(\w+)", row.old or "")]
            if found
        }
        assert set(vars(old[name])) - named <= left, name
        methods = {part for part in dir(old[name]) if part.startswith("get_")}
        assert methods <= named
        ours = {
            found[1]
            for row in table
            for found in [re.match(rf"(?:{name}|video)\.(\w+)", row.here or "")]
            if found
        }
        there = {part.name for part in type(new[name]).__attrs_attrs__}
        assert there - ours <= left | {"is_business"}, name


@frozen
class Scene:
    """How to bring an error about."""

    old: Callable[[Any, LocalInstagram], Any]
    ours: Callable[[Client, LocalInstagram], Awaitable[Any]]
    faults: tuple[Fault, ...] = ()
    server: dict[str, Any] = Factory(dict)
    token: str | None = None
    scope: str = ALL_SCOPES
    secret: str | None = None
    base_url: str | None = None


def _user(api: Any, _: LocalInstagram) -> Any:
    return api.user()


async def _our_user(client: Client, _: LocalInstagram) -> Any:
    return await client.user()


def _recent(api: Any, _: LocalInstagram) -> Any:
    return api.user_recent_media()


async def _our_recent(client: Client, _: LocalInstagram) -> Any:
    return await client.user_recent().collect()


async def _our_code(_: Client, server: LocalInstagram) -> Any:
    oauth = OAuth(
        server.client_id, server.client_secret,
        redirect_uri=REDIRECT_URI, base_url=server.base_url,
    )  # fmt: skip
    return await oauth.exchange("used")


def _their_code(api: Any, server: LocalInstagram) -> Any:
    api.client_id, api.client_secret = server.client_id, server.client_secret
    return api.exchange_code_for_access_token("used")


async def _forgotten(client: Client, _: LocalInstagram) -> Any:
    return await client.relationship()  # type: ignore[call-arg]


async def _too_many(client: Client, _: LocalInstagram) -> Any:
    return await client.media("64_9", 5)  # type: ignore[call-arg]


def _always(kind: Any, **options: Any) -> tuple[Fault, ...]:
    return (Fault(kind, times=9, **options),)


SCENES = {
    "the token is wrong": Scene(_user, _our_user, token="1000.0000000.no"),
    "there is no such user": Scene(
        lambda api, _: api.user(user_id="404"), lambda client, _: client.user("404")
    ),
    "the scope is missing": Scene(
        lambda api, _: api.like_media("64_9"), lambda client, _: client.like("64_9"), scope="basic"
    ),
    "the signature is wrong": Scene(
        _user, _our_user, server={"app": App(signed=True)}, secret="another secret"
    ),
    "429, the general limit": Scene(_user, _our_user, _always("rate_limit", retry_after=0)),
    "503": Scene(_user, _our_user, _always("status", status=503)),
    "502, in HTML": Scene(_user, _our_user, _always("status", status=502)),
    "an operation that was removed: 404, in HTML": Scene(
        lambda api, _: api.media_popular(),
        lambda client, _: client.media_popular().collect(),
        server={"era": "2016"},
    ),
    "JSON that stops halfway": Scene(_user, _our_user, _always("truncated")),
    "a refusal without an `error_type`": Scene(_user, _our_user, _always("error", error_type=None)),
    "`pagination` is null": Scene(_recent, _our_recent, _always("null_pagination")),
    "media without `comments.data`, as since November 2015": Scene(
        _recent, _our_recent, server={"era": "2016"}
    ),
    "one item of a page can't be read": Scene(_recent, _our_recent, _always("bad_item")),
    "the connection is reset": Scene(_user, _our_user, _always("reset_before")),
    "nobody listens": Scene(_user, _our_user, base_url=f"http://127.0.0.1:{refused_port()}/v1"),
    "an id is forgotten": Scene(lambda api, _: api.user_relationship(), _forgotten),
    "too many arguments": Scene(lambda api, _: api.media("64_9", 5), _too_many),
    "a code is used up": Scene(_their_code, _our_code),
}
SILENT = "the server is silent"
ERRORS = {happens: (theirs, here) for happens, theirs, here in tables("Errors")[0]}


def test_each_row_of_errors_has_its_scene() -> None:
    assert sorted(ERRORS) == sorted([*SCENES, SILENT])


def named(cell: str) -> str:
    """The class that a cell begins with, or that there is none."""
    found = re.search(r"`(\w+)`", cell)
    return found[1] if found and not cell.startswith("no") else "none"


@pytest.mark.parametrize("happens", SCENES)
async def test_errors(happens: str) -> None:
    scene, (theirs, here) = SCENES[happens], ERRORS[happens]
    sent: list[str] = []
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(LocalInstagram(busy_world(), **scene.server))
        token = scene.token or server.access_token(scope=scene.scope)
        api = old_class(server)(
            access_token=token, client_secret=scene.secret, redirect_uri=REDIRECT_URI
        )
        if scene.base_url is not None:
            type(api).host = URL(scene.base_url).authority
        client = await stack.enter_async_context(
            Client(
                token,
                client_secret=scene.secret,
                signed=scene.secret is not None,
                base_url=scene.base_url or server.base_url,
                retry=Retry(base=0.001),
                hooks=Hooks(on_request=lambda event: sent.append(event.operation)),
            )
        )
        server.faults.add(*scene.faults)
        assert await _raised(asyncio.to_thread(scene.old, api, server)) == named(theirs)
        server.faults.clear()
        server.faults.add(*scene.faults)
        sent.clear()
        assert await _raised(scene.ours(client, server)) == named(here)
    assert (len(sent) == 4) == ("four attempts" in here or "waits" in here)


async def _raised(asked: Awaitable[Any]) -> str:
    try:
        await asked
    except Exception as error:  # noqa: BLE001 - which one it is, is asked
        return type(error).__name__
    return "none"


async def test_a_server_that_is_silent() -> None:
    theirs, here = ERRORS[SILENT]
    assert (named(theirs), named(here)) == ("none", "TransportError")
    async with LocalInstagram(busy_world()) as server:
        server.faults.add(Fault("stall", times=9))
        async with Client(
            server.access_token(),
            base_url=server.base_url,
            timeout=Timeout(read=0.05),
            retry=Retry(base=0.001),
        ) as client:
            assert await _raised(client.user()) == "TransportError"
        assert (len(server.requests), Timeout().read) == (4, 30)
        asked = asyncio.create_task(
            asyncio.to_thread(old_class(server)(access_token=server.access_token()).user)
        )
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(asked), 0.3)
    # The end of the server is the end of the wait, whatever that is called.
    assert await _raised(asked) != "none"
    assert import_module("httplib2").Http().timeout is None


@pytest.mark.parametrize(
    "fault", [Fault("rate_limit", retry_after=0), Fault("status", status=503)], ids=["429", "503"]
)
async def test_two_refusals_are_one_to_them(fault: Fault) -> None:
    async with LocalInstagram(busy_world()) as server:
        server.faults.add(fault)
        with pytest.raises(import_module("instagram.bind").InstagramAPIError) as caught:
            await asyncio.to_thread(old_class(server)(access_token=server.access_token()).user)
    error: Any = caught.value
    assert error.error_type == "Rate limited"
    assert error.status_code in ("429", "503")
    assert "5000" not in error.error_message


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


def test_theirs_compare_by_identity_and_ours_by_value() -> None:
    picture = import_module("instagram.models").Image
    assert picture("x", 1, 2) != picture("x", 1, 2)
    assert Rendition(url="x", width=1, height=2) == Rendition(url="x", width=1, height=2)
