"""Each row of methods is run on both sides."""

from __future__ import annotations

import inspect
import re
from importlib import import_module

import pytest
from yarl import URL

from instagram_async import OAuth, Reply
from tests.support.migration import METHODS, OF_THE_APP, Pair, pairs, tables
from tests.support.migration_sides import REDIRECT_URI, Sides, given, same

pytestmark = pytest.mark.filterwarnings("ignore")  # the old client's, of its own age


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
