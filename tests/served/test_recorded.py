"""Replies as recorded go through a real client over a real socket and come back whole."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from instagram_async import (
    APIError,
    AuthenticationError,
    Client,
    InstagramError,
    InvalidRequestError,
    Media,
    NotFoundError,
    Pager,
    PermissionDeniedError,
    Quota,
    RateLimitError,
    ResponseError,
    RetiredError,
    Retry,
    ServerError,
    SignatureError,
    Tag,
    unstructure,
)
from instagram_async.paging.cursor import PaginationKey
from instagram_async.v1.operation import Operation
from tests.support.differences import ABSENT, Difference, differences
from tests.support.fixtures import SHARED, Recorded, Refusal, own, refusals, shared
from tests.support.losses import LOSSES

KEYS = ("next_max_id", "next_max_like_id", "next_max_tag_id", "next_cursor")
LAST = b'{"pagination":{},"meta":{"code":200},"data":[]}'
RAISED: dict[str, type[InstagramError]] = {
    "400_comment_2014.json": InvalidRequestError,
    "400_count_2015.json": InvalidRequestError,
    "400_limit_2012.json": RateLimitError,
    "400_private_2015.json": PermissionDeniedError,
    "400_retired_2020.json": RetiredError,
    "400_self_2011.json": AuthenticationError,
    "400_token_2013.json": AuthenticationError,
    "400_token_2015.json": AuthenticationError,
    "400_user_2015.json": NotFoundError,
    "403_signature_2015.json": SignatureError,
    "404_page.html": NotFoundError,
    "429_limit_2017.json": RateLimitError,
    "429_limit_family_2014.json": RateLimitError,
    "500_empty.html": ServerError,
    "502_gateway.html": ServerError,
    "503_busy.html": ServerError,
    "504_timeout.html": ServerError,
}


class Reader(Client):
    """A client with two operations more: any listing, any entity."""

    def listed(self, model: type[Any]) -> Pager[Any]:
        identity = "name" if model is Tag else "id"
        rule = PaginationKey(parameter="cursor", keys=KEYS, attribute=identity)
        return self._pager(self._recorded(model, rule))

    async def single(self, model: type[Any]) -> Any:
        return await self._one(self._recorded(model, None))

    def _recorded(self, model: type[Any], rule: PaginationKey | None) -> Operation[Any]:
        return Operation(name="recorded", path="recorded", model=model, paging=rule, row=0)


@asynccontextmanager
async def served(body: bytes, status: int = 200) -> AsyncIterator[tuple[Reader, list[str]]]:
    """A client of a server that answers with the body, and with an empty page after it."""
    cursors: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        if "cursor" in request.query:
            cursors.append(request.query["cursor"])
            return web.Response(body=LAST)
        return web.Response(body=body, status=status)

    app = web.Application()
    app.router.add_get("/v1/recorded", answer)
    async with TestServer(app, host="127.0.0.1") as server:
        url = str(server.make_url("/v1"))
        once, quota = Retry(attempts=1), Quota.unlimited()
        async with Reader("1000.47a0479.e2f1", base_url=url, retry=once, quota=quota) as client:
            yield client, cursors


async def came(recorded: Recorded) -> list[Difference]:
    """Everything that differs between a file and what a client makes of it."""
    found: list[Difference] = []
    model = recorded.model.__name__
    async with served(recorded.body) as (client, cursors):
        if not isinstance(recorded.data, list):
            entity = await client.single(recorded.model)
            return list(differences(model, recorded.data, unstructure(entity)))
        items = aiter(client.listed(recorded.model))
        for wire in recorded.data:
            try:
                found += differences(model, wire, unstructure(await anext(items)))
            except ResponseError as error:
                found += differences(model, wire, error.raw)
                path = re.sub(r"\[\d+\]", "[]", error.path.partition("]")[2])
                found.append(Difference(model + path, ABSENT, error.message))
        with pytest.raises(StopAsyncIteration):
            await anext(items)
    assert items.report.complete
    told = [str(recorded.pagination[key]) for key in KEYS if recorded.pagination.get(key)]
    assert cursors == told[:1]
    return found


def label(recorded: Recorded | Refusal) -> str:
    return recorded.name


@pytest.mark.parametrize("recorded", [*own(), *shared()], ids=label)
async def test_comes_back_but_for_known_losses(recorded: Recorded) -> None:
    found = await came(recorded)
    assert [each for each in found if not any(loss.covers(each) for loss in LOSSES)] == []


async def test_every_known_loss_occurs() -> None:
    found = [each for recorded in own() for each in await came(recorded)]
    assert [loss for loss in LOSSES if not any(loss.covers(each) for each in found)] == []


def test_shared_recordings_are_found_where_they_are() -> None:
    names = {recorded.name for recorded in shared()}
    if not SHARED.is_dir():
        assert names == set()
        return
    media = [recorded for recorded in shared() if recorded.model is Media]
    assert len(names) >= 55
    assert len(media) >= 22
    assert {"ruby-gem__liked_media.json", "python-instagram__media_popular.json"} <= names
    assert not names & {"ruby-gem__followed_by.json", "ruby-gem__tag.json"}


@pytest.mark.parametrize("refusal", refusals(), ids=label)
@pytest.mark.parametrize("many", [True, False], ids=["page", "entity"])
async def test_refusals_are_raised(refusal: Refusal, many: bool) -> None:
    async with served(refusal.body, refusal.status) as (client, _):
        with pytest.raises(InstagramError) as caught:
            await (client.listed(Media).first() if many else client.single(Media))
    assert type(caught.value) is RAISED[refusal.name]
    assert caught.value.operation == "GET recorded"
    assert isinstance(caught.value, APIError | RateLimitError)
    assert caught.value.status == refusal.status
    assert caught.value.message
