"""How much each era allowed, and how it refused more."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, get_args

import pytest

from instagram_async import Client, Quota, RateLimitError, Retry
from instagram_async.server import App, Fault, LocalInstagram, World
from instagram_async.server.era import EraName
from instagram_async.v1.signing import Secret, sign
from tests.served.server_helpers import delete, get, post, token_of

ERAS: tuple[EraName, ...] = get_args(EraName)
INVALID = "The access_token provided is invalid."

Limits = tuple[int, int, int, int]


def world() -> World:
    return World.seeded(3, users=9, media=30)


@pytest.mark.parametrize(
    ("era", "limits", "numbers"),
    [
        ("2013", "live", (5000, 5000, 5000, 5000)),
        (date(2015, 9, 20), "live", (5000, 30, 15, 20)),
        ("2015", "live", (5000, 60, 60, 60)),
        ("2016", "live", (5000, 60, 60, 60)),
        ("2016", "sandbox", (500, 30, 30, 30)),
        ("2016", "2018", (200, 60, 60, 60)),
        ("2018", "live", (200, 60, 60, 60)),
        ("2018", "sandbox", (200, 30, 30, 30)),
    ],
    ids=str,
)
async def test_how_much_is_allowed(
    era: EraName | date, limits: Literal["live", "sandbox", "2018"], numbers: Limits
) -> None:
    async with LocalInstagram(world(), era=era, limits=limits) as server:
        got = await get(server, "users/self")
        assert got.headers["X-Ratelimit-Limit"] == str(numbers[0])
        usage = server._limits.arrive
        of = {name: usage("key", name, 1e9).family_limit for name in FAMILIES}
    assert tuple(of.values()) == numbers[1:]


FAMILIES = ("likes", "comments", "relationships")


def test_numbers_of_ones_own_stand_before_those_of_the_era() -> None:
    server = LocalInstagram(World(), era="2018", limits="sandbox", limit=7, family_limit=3)
    usage = server._limits.arrive("key", "comments", 1e9)
    assert (usage.limit, usage.family_limit) == (7, 3)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"era": "2014"}, "era must be one of 2013, 2015, 2016, 2017, 2018, not '2014'"),
        ({"limits": "all"}, "limits must be one of live, sandbox, 2018, not 'all'"),
    ],
)
def test_there_are_only_so_many(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        LocalInstagram(World(), **wrong)


async def test_both_429s_tell_true_numbers() -> None:
    served = world()
    media = served.recent(served.self_id, count=1)[0][0]
    async with LocalInstagram(served, limits="sandbox", limit=33, now=lambda: 1e9) as server:
        path = f"media/{media.id}/likes"
        for number in range(30):
            assert (await (post if number % 2 else delete)(server, path)).status == 200
        family = await post(server, path)
        comment = await post(server, f"media/{media.id}/comments", text="hi")
        assert (await get(server, "users/x")).status == 400  # malformed, and counts
        general = await get(server, "users/self")
    assert family.json["meta"]["error_message"] == (
        "The maximum number of requests per hour has been exceeded. You have made 31 requests of"
        " the 30 allowed in the last hour."
    )
    assert comment.status == 200
    assert general.json["error_message"] == (
        "You have exceeded the maximum number of requests per hour. You have performed a total of"
        " 34 requests in the last hour. Our general maximum limit is set at 33 requests per hour."
    )
    for got in (family, general):
        assert got.status == 429
        assert not any(name.lower().startswith("x-ratelimit") for name in got.headers)
        assert "Retry-After" not in got.headers


async def test_in_2012_the_body_said_420() -> None:
    async with LocalInstagram(world(), era=date(2012, 7, 1), limit=1) as server:
        await get(server, "users/self")
        got = await get(server, "users/self")
        server.faults.add(Fault("rate_limit"))
        scripted = await get(server, "users/self")
    for each, used in ((got, 2), (scripted, 3)):
        assert (each.status, each.json) == (
            400,
            {
                "code": 420,
                "error_type": "OAuthRateLimitException",
                "error_message": "You have exceeded the maximum number of requests per hour. You"
                f" have performed a total of {used} requests in the last hour. Our general maximum"
                " request limit is set at 1 requests per hour.",
            },
        )


SIGNED = [
    (date(2014, 7, 18), (5000, 5000, 5000)),
    (date(2014, 7, 19), (100, 60, 60)),
    (date(2015, 11, 16), (100, 60, 60)),
    (date(2015, 11, 17), (60, 60, 60)),
    ("2015", (60, 60, 60)),
    ("2018", (60, 60, 60)),
]


@pytest.mark.parametrize(("era", "numbers"), SIGNED, ids=str)
def test_how_much_is_allowed_to_who_signs(
    era: EraName | date, numbers: tuple[int, int, int]
) -> None:
    usage = LocalInstagram(World(), era=era)._limits.arrive
    signed = (usage("key", name, 1e9, is_signed=True).family_limit for name in FAMILIES)
    assert tuple(signed) == numbers
    for options in ({"limits": "sandbox"}, {"family_limit": 30}):
        usage = LocalInstagram(World(), era=era, **options)._limits.arrive
        assert usage("key", "likes", 1e9, is_signed=True).family_limit == 30


@pytest.mark.parametrize("how", ["header", "parameter"])
async def test_a_signed_write_may_come_more_often(how: str) -> None:
    served = world()
    media = served.recent(served.self_id, count=1)[0][0]
    signs = {"signed": True} if how == "parameter" else {"forwarded_for": "200.15.1.1"}
    async with LocalInstagram(served, era=date(2015, 6, 1)) as server:
        token = token_of(server)
        for _ in range(16):
            plain = await post(server, f"media/{media.id}/comments", text="hi")
        assert plain.json["meta"]["error_message"].endswith("16 requests of the 15 allowed in"
                                                            " the last hour.")  # fmt: skip
        options: dict[str, Any] = {
            "base_url": server.base_url,
            "quota": Quota.unlimited(),
            "retry": Retry(attempts=1),
            **signs,
        }
        async with Client(token, client_secret=server.client_secret, **options) as client:
            for _ in range(44):
                await client.create_comment(media.id, "ho")
            with pytest.raises(RateLimitError, match="61 requests of the 60 allowed"):
                await client.create_comment(media.id, "ho")
        async with Client(token, client_secret="wrong", **options) as liar:
            with pytest.raises(RateLimitError, match="62 requests of the 15 allowed"):
                await liar.create_comment(media.id, "ha")


async def test_a_live_app_that_must_sign_is_one_that_signs() -> None:
    served = world()
    path = f"users/{served.users[1].id}/relationship"
    async with LocalInstagram(served, era=date(2015, 6, 1), app=App(signed=True)) as server:
        form = {"access_token": token_of(server), "action": "follow"}
        sig = sign(f"/{path}", tuple(form.items()), Secret(server.client_secret))
        statuses = {(await post(server, path, **form, sig=sig)).status for _ in range(60)}
        assert statuses == {200}
        assert (await post(server, path, **form, sig=sig)).status == 429
