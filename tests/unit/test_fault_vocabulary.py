"""The faults by themselves: what can be asked for, and what comes by chance."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from typing import Any, get_args

import pytest

from instagram_async.server import Fault, FaultKind, LocalInstagram
from instagram_async.server.faults.answers import ANSWERS
from instagram_async.server.faults.changes import CHANGES
from instagram_async.server.faults.early import EARLY
from instagram_async.server.faults.kinds import KINDS
from instagram_async.server.faults.leaving import LEAVING
from instagram_async.server.faults.retouching import RETOUCHES
from instagram_async.server.faults.script import Faults
from instagram_async.server.faults.spoiling import SPOILS
from instagram_async.server.route import Route
from instagram_async.server.routes import ROUTES

BY_NAME = {route.name: route for route in ROUTES}
RECENT = BY_NAME["GET users/{id}/media/recent"]
LIKE = BY_NAME["POST media/{id}/likes"]


def drawn(faults: Faults, routes: Iterable[Route]) -> list[FaultKind | None]:
    taken = [faults.take(route) for route in routes]
    return [None if fault is None else fault.kind for fault in taken]


def of_stage(stage: str) -> set[str]:
    return {name for name, kind in KINDS.items() if kind.stage == stage}


def test_every_kind_acts_at_its_stage() -> None:
    assert set(KINDS) == set(get_args(FaultKind))
    assert of_stage("early") == set(EARLY)
    assert of_stage("answer") == set(ANSWERS)
    assert of_stage("listing") == {*SPOILS, *CHANGES, "ignore_bounds"}
    assert of_stage("reply") == set(RETOUCHES) - set(ANSWERS)
    assert of_stage("leaving") == set(LEAVING)


def test_the_docstring_tells_of_every_kind_in_its_order() -> None:
    table = re.split(r"=+ =+\n", inspect.getdoc(Fault) or "")[2]
    rows = re.findall(r"^`(\w+)`", table, re.MULTILINE)
    assert rows == list(KINDS)


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ({"kind": "stall", "seconds": 2}, "'stall' has no seconds"),
        ({"kind": "stall", "size": 2}, "'stall' has no size"),
        ({"kind": "delay", "size": 2}, "'delay' has no size"),
        ({"kind": "rate_limit", "rate_headers": True}, "has no rate_headers"),
        ({"kind": "reset_after", "ending": "reset"}, "has no ending"),
        ({"kind": "truncated", "status": 502}, "has no status"),
        ({"kind": "delay", "seconds": -1}, "seconds must not be negative"),
        ({"kind": "delay", "seconds": float("nan")}, "seconds must not be negative"),
        ({"kind": "drip", "seconds": float("inf")}, "seconds must not be negative"),
        ({"kind": "drip", "size": 0}, "size must be positive"),
        ({"kind": "huge", "size": -1}, "size must be positive"),
        ({"kind": "low_remaining", "remaining": -1}, "must not be negative"),
        ({"kind": "rate_storm", "retry_after": -1}, "must not be negative"),
        ({"kind": "status", "body": "xml"}, "no body 'xml'"),
        ({"kind": "cut_body", "ending": "happy"}, "no ending 'happy'"),
    ],
)
def test_what_can_not_be_is_refused(made: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Fault(**made)


def test_defaults_are_those_of_the_kind() -> None:
    assert Fault("rate_storm").times == 5
    assert Fault("rate_storm", times=2).times == 2
    assert Fault("stall").times == 1
    assert (Fault("drip").size, Fault("drip", size=7).size) == (4096, 7)
    assert Fault("huge").size > 32 * 2**20  # more than a client takes by default


@pytest.mark.parametrize("kind", KINDS)
def test_what_can_never_match_is_not_added(kind: Any) -> None:
    for route in ROUTES:
        faults = Faults(ROUTES)
        if KINDS[kind].fits(route):
            faults.add(Fault(kind, operation=route.name))
            faults.sometimes(1, seed=1, kinds=[kind], operation=route.name)
            assert drawn(faults, [route, route]) == [kind, kind]
        else:
            for operation in ({"operation": route.name}, {}):
                fault = Fault(kind, operation=route.name)
                with pytest.raises(ValueError, match=f"{kind!r} can't happen to {route.name[:4]}"):
                    faults.sometimes(1, seed=1, kinds=[fault], **operation)
            with pytest.raises(ValueError, match="can't happen to"):
                faults.add(fault)
            assert drawn(faults, [route]) == [None]


def test_only_faults_of_lists_depend_on_the_operation() -> None:
    everywhere = {name for name, kind in KINDS.items() if all(map(kind.fits, ROUTES))}
    assert set(KINDS) - everywhere == of_stage("listing")


@pytest.mark.parametrize(
    ("options", "error", "reason"),
    [
        ({"rate": -0.1}, ValueError, "from 0 to 1"),
        ({"rate": 1.1}, ValueError, "from 0 to 1"),
        ({"rate": float("nan")}, ValueError, "from 0 to 1"),
        ({"kinds": ["fire"]}, ValueError, "no fault 'fire'"),
        ({"kinds": []}, ValueError, "no kinds"),
        ({"kinds": [3]}, TypeError, "a kind or a Fault is wanted, not 3"),
        ({"kinds": [Fault("stall", after=1)]}, ValueError, "can't come after"),
        ({"operation": "GET nothing"}, ValueError, "no operation 'GET nothing'"),
        ({"operation": LIKE.name, "kinds": ["bad_item"]}, ValueError, "can't happen to POST"),
    ],
)
def test_chances_that_can_not_be_are_refused(
    options: dict[str, Any], error: type[Exception], reason: str
) -> None:
    faults = LocalInstagram().faults
    with pytest.raises(error, match=reason):
        faults.sometimes(**{"rate": 0.5, "seed": 1, **options})
    assert repr(faults) == "Faults([])"


def test_a_fault_shows_what_is_said_of_it() -> None:
    assert repr(Fault("rate_storm")) == "Fault('rate_storm')"
    shown = repr(Fault("drip", size=9, times=2, operation=LIKE.name))
    assert shown == "Fault('drip', times=2, operation='POST media/{id}/likes', size=9)"


def test_latency_for_all_comes_last() -> None:
    faults = Faults(ROUTES)
    faults.sometimes(0.2, seed=1, kinds=["truncated"])
    faults.sometimes(1, seed=0, kinds=[Fault("delay", seconds=0.05)])
    drawn(faults, [RECENT] * 100)
    assert set(faults.happened) == {"truncated", "delay"}
    assert faults.happened.total() == 100


def test_the_same_seed_gives_the_same_faults() -> None:
    routes = [*ROUTES, RECENT] * 40
    one, same, other = (Faults(ROUTES) for _ in range(3))
    for faults, seed in ((one, 7), (same, 7), (other, 8)):
        faults.sometimes(0.3, seed=seed)
    first = drawn(one, routes)
    assert first == drawn(same, routes)
    assert first != drawn(other, routes)
    assert set(first) == {None, *KINDS}


def test_they_are_as_frequent_as_they_were_asked_to_be() -> None:
    faults = Faults(ROUTES)
    faults.sometimes(0.2, seed=3, kinds=("truncated", "stall"))
    got = drawn(faults, [RECENT] * 2000)
    assert 340 < sum(faults.happened.values()) < 460
    assert faults.happened == {"truncated": got.count("truncated"), "stall": got.count("stall")}
    assert min(faults.happened.values()) > 150


def test_what_does_not_fit_is_not_drawn() -> None:
    faults = Faults(ROUTES)
    faults.sometimes(1, seed=1, kinds=("bad_item", "stall"))
    assert set(drawn(faults, [LIKE] * 30)) == {"stall"}
    assert set(drawn(faults, [RECENT] * 30)) == {"stall", "bad_item"}
    faults.clear()
    faults.sometimes(1, seed=1, kinds=("bad_item",))
    assert drawn(faults, [LIKE, RECENT]) == [None, "bad_item"]


def test_a_chance_can_be_of_one_operation() -> None:
    faults = Faults(ROUTES)
    faults.sometimes(1, seed=1, kinds=["stall"], operation=LIKE.name)
    assert drawn(faults, [RECENT, LIKE]) == [None, "stall"]
    faults.sometimes(1, seed=1, kinds=["truncated"])
    assert drawn(faults, [RECENT, LIKE]) == ["truncated", "stall"]


def test_a_storm_goes_on_to_its_end() -> None:
    faults = Faults(ROUTES)
    faults.sometimes(0.05, seed=5, kinds=[Fault("rate_storm", times=4)])
    got = "".join("." if kind is None else "x" for kind in drawn(faults, [RECENT] * 300))
    assert set(got.strip("x").split(".")) <= {"", "xxxx", "xxxxxxxx"}
    assert "xxxx" in got


def test_the_script_goes_first_and_changes_nothing_of_the_chances() -> None:
    alone, both = Faults(ROUTES), Faults(ROUTES)
    for faults in (alone, both):
        faults.sometimes(0.5, seed=2, kinds=("truncated",))
    both.add(Fault("stall", after=3, times=2))
    by_chance, mixed = drawn(alone, [RECENT] * 50), drawn(both, [RECENT] * 50)
    assert mixed[3:5] == ["stall", "stall"]
    assert mixed[:3] + mixed[5:] == by_chance[:3] + by_chance[5:]
    assert both.happened["stall"] == 2


def test_clearing_ends_both_and_keeps_the_counts() -> None:
    faults = Faults(ROUTES)
    faults.sometimes(1, seed=1, kinds=["stall"])
    faults.add(Fault("truncated", times=9))
    assert repr(faults) == (
        f"Faults([{Fault('truncated', times=9)}, Chance(1, seed=1, operation=None)])"
    )
    assert drawn(faults, [RECENT]) == ["truncated"]
    faults.clear()
    assert drawn(faults, [RECENT] * 5) == [None] * 5
    assert faults.happened == {"truncated": 1}
    assert repr(faults) == "Faults([])"
