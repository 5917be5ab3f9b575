"""Replies as recorded go through each operation's own method, over a real socket, whole."""

from __future__ import annotations

import re
from typing import Any

import pytest

from instagram_async import (
    Client,
    Comment,
    Media,
    Pager,
    ResponseError,
    User,
    UserSummary,
    structure,
    unstructure,
)
from instagram_async.paging.cursor import PaginationKey
from instagram_async.v1 import operations as table
from instagram_async.v1.operations import OPERATIONS
from tests.support.differences import ABSENT, Difference, differences
from tests.support.exchanges import EXCHANGES, FIND_USER, SHORTCUTS, Exchange
from tests.support.fixtures import SHARED, Recorded, own, shared, tokens
from tests.support.losses import LOSSES
from tests.support.replying import Reply, replying

SILENT = (table.CREATE_COMMENT, table.DELETE_COMMENT, table.LIKE, table.UNLIKE)
READERS = [each for each in (*EXCHANGES, *SHORTCUTS) if each is not FIND_USER]
READINGS = [
    pytest.param(exchange, recorded, id=f"{exchange.name}-{recorded.name}")
    for recorded in (*own(), *shared())
    for exchange in READERS
    if exchange.operation in recorded.operations
]


def span_of(recorded: Recorded) -> dict[str, int]:
    """Bounds that hold all the media of a reply."""
    seconds = [int(media["created_time"]) for media in recorded.data]
    return {"min_timestamp": min(seconds), "max_timestamp": max(seconds)}


def asked(exchange: Exchange, client: Client, recorded: Recorded) -> Any:
    """The operation's own method, called with no bounds that would leave something out."""
    if exchange.operation is table.MEDIA_SEARCH:  # has bounds always, else the last five days
        return client.media_search(59.9, 10.7, **span_of(recorded))
    return exchange.plain(client)


async def came(exchange: Exchange, recorded: Recorded) -> list[Difference]:
    """Everything that differs between a file and what the client makes of it."""
    model = recorded.model.__name__
    async with replying(exchange) as (client, desk):
        desk.script.append(Reply(recorded.body))
        result = asked(exchange, client, recorded)
        if isinstance(result, Pager):
            found = await paged(result, model, recorded)
            check_second_page(exchange, recorded, desk.queries)
            return found
        entity = await result
        assert len(desk.queries) == 1
    if recorded.data is None:
        assert entity is None
        return []
    assert type(entity) is recorded.model
    return list(differences(model, recorded.data, unstructure(entity)))


async def paged(pager: Pager[Any], model: str, recorded: Recorded) -> list[Difference]:
    """The same of a list; an item that can't be read is compared with what the error holds."""
    found: list[Difference] = []
    items = aiter(pager)
    for wire in recorded.data:
        try:
            item = await anext(items)
        except ResponseError as error:
            found += differences(model, wire, error.raw)
            path = re.sub(r"\[\d+\]", "[]", error.path.partition("]")[2])
            found.append(Difference(model + path, ABSENT, error.message))
        else:
            assert type(item) is pager.listing.model is recorded.model
            found += differences(model, wire, unstructure(item))
    with pytest.raises(StopAsyncIteration):
        await anext(items)
    assert items.report.complete
    assert items.report.duplicates == items.report.out_of_bounds == 0
    return found


def check_second_page(
    exchange: Exchange, recorded: Recorded, queries: list[list[tuple[str, str]]]
) -> None:
    """The next page was asked for by the operation's own key, if the reply names one."""
    rule = exchange.operation.paging
    if not isinstance(rule, PaginationKey):
        return  # by time: test_requests.py
    keys = [key for key in rule.keys if recorded.pagination.get(key)]
    first, *others = queries
    token = first[-1]
    expected = [[(rule.parameter, str(recorded.pagination[key])), token] for key in keys]
    assert others == expected
    assert rule.parameter not in dict(first)


@pytest.mark.parametrize(("exchange", "recorded"), READINGS)
async def test_comes_back_but_for_known_losses(exchange: Exchange, recorded: Recorded) -> None:
    found = await came(exchange, recorded)
    assert [each for each in found if not any(loss.covers(each) for loss in LOSSES)] == []


async def test_every_known_loss_occurs() -> None:
    exchanges = {exchange.operation: exchange for exchange in EXCHANGES}
    found = [
        each
        for recorded in own()
        for operation in recorded.operations
        for each in await came(exchanges[operation], recorded)
    ]
    assert [loss for loss in LOSSES if not any(loss.covers(each) for each in found)] == []


def test_every_operation_reads_replies_of_ours() -> None:
    read = {operation for recorded in own() for operation in recorded.operations}
    assert read == set(OPERATIONS)
    served = {parameters.values[0].operation for parameters in READINGS}  # type: ignore[union-attr]
    assert served == set(OPERATIONS)


def test_writes_answer_nothing_in_some_year() -> None:
    silent = {operation for each in own() if each.data is None for operation in each.operations}
    assert silent == set(SILENT)


@pytest.mark.parametrize(
    ("name", "eras"),
    [
        ("user", {2011, 2013, 2015, 2017}),
        ("user_search", {2011, 2015}),
        ("user_feed", {2011, 2015}),
        ("user_liked", {2011, 2015}),
        ("user_recent", {2011, 2013, 2015, 2016, 2017}),
        ("user_requested_by", {2011, 2015, 2016}),
        ("user_followed_by", {2011, 2013, 2015}),
        ("user_follows", {2011, 2015, 2016}),
        ("relationship", {2011, 2013, 2015}),
        ("change_relationship", {2011, 2013, 2015}),
        ("media", {2011, 2015, 2017}),
        ("media_shortcode", {2014, 2015}),
        ("media_search", {2011, 2015}),
        ("media_popular", {2011, 2015}),
        ("media_comments", {2011, 2013, 2015}),
        ("create_comment", {2011, 2015, 2017}),
        ("delete_comment", {2011, 2015}),
        ("media_likes", {2011, 2013, 2015}),
        ("like", {2011, 2015}),
        ("unlike", {2015, 2017}),
        ("tag_search", {2011, 2013, 2015}),
        ("tag", {2013, 2015}),
        ("tag_recent", {2011, 2015, 2016}),
        ("location_search", {2011, 2015}),
        ("location", {2011, 2015}),
        ("location_recent", {2011, 2015}),
        ("geography_recent", {2011}),
    ],
)
def test_eras(name: str, eras: set[int]) -> None:
    """Each shape that is known of an operation, by the years in the names of the files."""
    files = [recorded.name for recorded in own() if recorded.operations[0].name == name]
    found = {int(year) for file in files for year in re.findall(r"_(\d{4})\.json", file)}
    assert found == eras


def test_shared_recordings_are_found_where_they_are() -> None:
    names = {recorded.name for recorded in shared()}
    if not SHARED.is_dir():
        assert names == set()
        return
    media = [recorded for recorded in shared() if recorded.model is Media]
    assert len(names) >= 76
    assert len(media) >= 22
    assert {"ruby-gem__liked_media.json", "python-instagram__media_popular.json"} <= names
    assert not names & {"ruby-gem__followed_by.json", "ruby-gem__tag.json"}


async def test_a_written_comment_was_an_answer_once() -> None:
    replies = [each for each in own() if table.CREATE_COMMENT in each.operations]
    exchange = next(each for each in EXCHANGES if each.operation is table.CREATE_COMMENT)
    results: list[Comment | None] = []
    async with replying(exchange) as (client, desk):
        for recorded in replies:
            desk.script.append(Reply(recorded.body))
            results.append(await client.create_comment("64_9", "on the pier"))
    assert {None if each is None else each.text for each in results} == {None, "on the pier"}


@pytest.mark.parametrize(
    ("file", "username"), [("search_2011", "ada_k"), ("search_2015", "ivo"), ("likes_doc", None)]
)
async def test_a_user_is_found_by_name(file: str, username: str | None) -> None:
    recorded = next(each for each in own() if each.name == f"people/{file}.json")
    async with replying(FIND_USER) as (client, desk):
        desk.script.append(Reply(recorded.body))
        found = await client.find_user(f"@{(username or 'nobody').upper()}")
    assert (found and found.username) == username
    assert found is None or type(found) is UserSummary
    assert len(desk.queries) == 1


@pytest.mark.parametrize("path", tokens(), ids=lambda path: path.name)
def test_the_user_beside_a_token_is_a_user(path: Any) -> None:
    token = structure(path.read_bytes(), dict[str, Any])
    assert re.fullmatch(r"\d+\.[0-9a-f]{7}\.[0-9a-f]{32}", token["access_token"])
    user = structure(token["user"], User)
    lost = list(differences("User", token["user"], unstructure(user)))
    assert [each for each in lost if not any(loss.covers(each) for loss in LOSSES)] == []
    assert user.counts is None
