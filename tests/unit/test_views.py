"""`with_options`: other options, the same connections, gate, hooks and end."""

from __future__ import annotations

from typing import Any

import pytest

from instagram_async import (
    Client,
    ClientClosedError,
    Hooks,
    Quota,
    RateLimitError,
    RequestSent,
    Retry,
    ServerError,
    Timeout,
)
from tests.support.canary import TOKEN
from tests.support.offline import html, offline, reply
from tests.support.virtual import run

MEDIA = {"id": "9_1", "created_time": "1", "user": {"id": "1", "username": "a"}}


async def read(client: Client) -> Any:
    return (await client.call("GET", "users/{}", "self")).data


def tokens(line: Any) -> list[str]:
    return [dict(request.query)["access_token"] for request in line.requests]


def test_each_option_is_the_views_alone() -> None:
    patient, brief = Timeout(total=300), Timeout(total=1)
    client, line = offline(reply(1), html(500), reply(2), html(500), timeout=patient)

    async def main() -> None:
        assert await read(client.with_options(timeout=brief)) == 1
        assert await read(client) == 2
        with pytest.raises(ServerError):
            await read(client.with_options(retry=Retry(attempts=1)))

    run(main())
    assert line.timeouts == [brief, patient, patient, patient]


def test_options_add_up() -> None:
    client, line = offline(html(500))
    view = client.with_options(retry=Retry(attempts=1)).with_options(timeout=Timeout(total=7))
    with pytest.raises(ServerError):
        run(read(view))
    assert line.timeouts == [Timeout(total=7)]


def test_max_wait_may_be_set_kept_and_taken_away() -> None:
    client, line = offline(reply(1), reply(2), quota=Quota(1, per=100), max_wait=0)

    async def main() -> None:
        await read(client)
        with pytest.raises(RateLimitError):
            await read(client.with_options(timeout=Timeout()))
        assert await read(client.with_options(max_wait=None)) == 2

    run(main())
    assert line.left_at == [0, 100]


def test_another_token_has_a_window_of_its_own() -> None:
    client, line = offline(*map(reply, range(2)), quota=Quota(1), max_wait=0)
    other = client.with_options(access_token="0ther")
    again = other.with_options(access_token=TOKEN)

    async def main() -> None:
        await read(client)
        await read(other)
        for view in (client, other, again, other.with_options(retry=Retry())):
            with pytest.raises(RateLimitError):
                await read(view)

    run(main())
    assert tokens(line) == [TOKEN, "0ther"]


def test_hooks_slots_and_the_end_are_shared() -> None:
    told: list[RequestSent] = []
    client, _ = offline(reply(1), hooks=Hooks(on_request=told.append))
    view = client.with_options(access_token="0ther")
    assert view._session.gate is client._session.gate
    assert view._session.transport is client._session.transport

    async def main() -> None:
        await read(view)
        await view.close()
        for closed in (client, view):
            with pytest.raises(ClientClosedError):
                await read(closed)

    run(main())
    assert len(told) == 1


def test_a_pager_keeps_the_options_it_was_made_with() -> None:
    more = {"next_max_id": "9_1"}
    client, line = offline(
        reply([MEDIA], pagination=more),
        html(500),
        reply([], pagination=more | {"next_max_id": "8_1"}),
        reply([]),
    )
    brief = client.with_options(timeout=Timeout(total=1), access_token="0ther")
    pager = brief.user_recent(count=1)

    async def main() -> None:
        assert len(await pager.collect()) == 1

    run(main())
    assert line.timeouts == [Timeout(total=1)] * 4
    assert tokens(line) == ["0ther"] * 4
    assert type(brief) is type(client)


def test_a_pager_of_an_impatient_view_stops_where_it_may_go_on() -> None:
    client, line = offline(
        reply([MEDIA], pagination={"next_max_id": "9_1"}), reply([]), quota=Quota(1, per=100)
    )

    async def main() -> None:
        pager = client.with_options(max_wait=0).user_recent()
        items = aiter(pager)
        assert (await anext(items)).id == "9_1"
        with pytest.raises(RateLimitError) as caught:
            await anext(items)
        assert caught.value.checkpoint is not None
        assert await client.user_recent().resume(caught.value.checkpoint).collect() == []

    run(main())
    assert [dict(r.query).get("max_id") for r in line.requests] == [None, "9_1"]
