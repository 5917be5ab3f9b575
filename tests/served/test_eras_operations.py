"""The real client against the server of every era: each operation works, or fails as it did."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, get_args

import pytest

from instagram_async import (
    AuthenticationError,
    Client,
    NotFoundError,
    PermissionDeniedError,
    RetiredError,
    Retry,
)
from instagram_async.server import LocalInstagram, World
from instagram_async.server.era import EraName
from instagram_async.v1 import operations as table
from instagram_async.v1.operation import Operation
from instagram_async.v1.operations import OPERATIONS
from tests.support.every import ASKS, EVERYTHING, Whom, about, outcome

ERAS: tuple[EraName, ...] = get_args(EraName)
REMOVED = {table.USER_FEED, table.MEDIA_POPULAR, table.GEOGRAPHY_RECENT}
RETIRED = {
    table.USER_SEARCH, table.USER_REQUESTED_BY, table.USER_FOLLOWED_BY, table.USER_FOLLOWS,
    table.RELATIONSHIP, table.CHANGE_RELATIONSHIP, table.LIKE, table.UNLIKE,
}  # fmt: skip
COMMENTING = {table.CREATE_COMMENT, table.DELETE_COMMENT}
SOMEBODY = 5


@asynccontextmanager
async def asking(
    era: EraName | date, rank: int, scope: str = EVERYTHING
) -> AsyncIterator[tuple[Client, Whom]]:
    async with (
        LocalInstagram(World.seeded(3, users=9, media=60), era=era) as server,
        Client(
            server.access_token(scope=scope), base_url=server.base_url, retry=Retry(attempts=1)
        ) as client,
    ):
        yield client, about(server, rank)


def fails(era: str, operation: Operation[Any], rank: int) -> type[Exception] | None:
    if era >= "2016" and operation in REMOVED:
        return NotFoundError
    if era >= "2018" and (operation in RETIRED or (operation in COMMENTING and rank)):
        return RetiredError
    return None


def test_every_operation_is_asked() -> None:
    assert set(ASKS) == set(OPERATIONS)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("rank", [0, SOMEBODY], ids=["own", "others"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
async def test_works_or_fails_as_it_did(era: EraName, rank: int, operation: Operation[Any]) -> None:
    async with asking(era, rank) as (client, whom):
        found = await outcome(operation, client, whom)
    expected = fails(era, operation, rank)
    if expected is not None:
        assert type(found) is expected
    else:
        assert not isinstance(found, Exception), found


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
async def test_lists_are_whole_whatever_the_cursors_are(operation: Operation[Any]) -> None:
    """The same world, listed in each era, has the same people and media in it."""
    found = dict[str, list[str]]()
    for era in ERAS:
        async with asking(era, 0) as (client, whom):
            items = await outcome(operation, client, whom)
        if isinstance(items, list) and operation is not table.USER_SEARCH:
            found[era] = [getattr(item, "id", None) or item.name for item in items]
    assert all(names == found["2015"] for names in found.values())


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
@pytest.mark.parametrize(("day", "rank"), [(date(2018, 12, 11), 0), (date(2018, 12, 11), SOMEBODY)])
async def test_at_the_end_of_2018_only_own_things_are_left(
    operation: Operation[Any], day: date, rank: int
) -> None:
    async with asking(day, rank) as (client, whom):
        found = await outcome(operation, client, whom)
    if operation in REMOVED:
        assert type(found) is NotFoundError
    elif operation.scope in ("basic", "comments") and not rank:
        assert not isinstance(found, Exception)
    else:
        assert type(found) is RetiredError


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
async def test_on_29_june_2020_nothing_is_left(operation: Operation[Any]) -> None:
    async with asking(date(2020, 6, 29), 0) as (client, whom):
        found = await outcome(operation, client, whom)
    assert type(found) is (NotFoundError if operation in REMOVED else RetiredError)


@pytest.mark.parametrize(
    ("operation", "rank", "scope"),
    [
        (table.USER, 0, "basic"),
        (table.USER, SOMEBODY, "public_content"),
        (table.USER_RECENT, 0, "basic"),
        (table.USER_RECENT, SOMEBODY, "public_content"),
        (table.USER_LIKED, 0, "public_content"),
        (table.USER_SEARCH, 0, "public_content"),
        (table.MEDIA, 0, "basic"),
        (table.MEDIA, SOMEBODY, "public_content"),
        (table.MEDIA_SHORTCODE, 0, "basic"),
        (table.MEDIA_SHORTCODE, SOMEBODY, "public_content"),
        (table.MEDIA_COMMENTS, 0, "basic"),
        (table.MEDIA_COMMENTS, SOMEBODY, "public_content"),
        (table.MEDIA_LIKES, 0, "basic"),
        (table.MEDIA_LIKES, SOMEBODY, "public_content"),
        (table.MEDIA_SEARCH, 0, "public_content"),
        (table.TAG, 0, "public_content"),
        (table.TAG_SEARCH, 0, "public_content"),
        (table.TAG_RECENT, 0, "public_content"),
        (table.LOCATION, 0, "public_content"),
        (table.LOCATION_SEARCH, 0, "public_content"),
        (table.LOCATION_RECENT, 0, "public_content"),
        (table.USER_REQUESTED_BY, 0, "follower_list"),
        (table.USER_FOLLOWED_BY, 0, "follower_list"),
        (table.USER_FOLLOWS, 0, "follower_list"),
        (table.RELATIONSHIP, 0, "follower_list"),
        (table.CHANGE_RELATIONSHIP, 0, "relationships"),
        (table.LIKE, SOMEBODY, "likes"),
        (table.UNLIKE, SOMEBODY, "likes"),
        (table.CREATE_COMMENT, 0, "comments"),
        (table.CREATE_COMMENT, SOMEBODY, "comments public_content"),
        (table.DELETE_COMMENT, SOMEBODY, "comments"),
    ],
    ids=str,
)
@pytest.mark.parametrize("era", ["2016", "2017"])
async def test_what_a_token_has_to_allow(
    era: EraName, operation: Operation[Any], rank: int, scope: str
) -> None:
    async with asking(era, rank, scope) as (client, whom):
        assert not isinstance(await outcome(operation, client, whom), Exception)
    for lacking in scope.split():
        if lacking == "basic":
            continue
        rest = " ".join(set(EVERYTHING.split()) - {lacking})
        async with asking(era, rank, rest) as (client, whom):
            found = await outcome(operation, client, whom)
        assert type(found) is PermissionDeniedError
        granted = "this" if era == "2017" else "write"
        words = str(found).partition(": ")[2]
        assert words.startswith(
            f"This request requires scope={lacking}, but this access token is not authorized with"
            f" this scope. The user must re-authorize your application with scope={lacking} to be"
            f" granted {granted} permissions."
        )


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
async def test_an_app_alone_reads_until_june_2016(era: EraName, operation: Operation[Any]) -> None:
    world = World.seeded(3, users=9, media=60)
    async with (
        LocalInstagram(world, era=era) as server,
        Client(
            client_id=server.client_id, base_url=server.base_url, retry=Retry(attempts=1)
        ) as client,
    ):
        found = await outcome(operation, client, about(server))
    if operation in REMOVED and era >= "2016":
        assert type(found) is NotFoundError
    elif era >= "2016" or not operation.public:
        assert type(found) is AuthenticationError
        assert "Missing access_token URL parameter." in str(found)
    else:
        assert not isinstance(found, Exception)
