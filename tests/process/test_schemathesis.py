"""The local server answers as the OpenAPI document says: found out with schemathesis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from instagram_async.models import pk_to_shortcode
from instagram_async.server import Fault, LocalInstagram, World
from instagram_async.v1.openapi import document
from instagram_async.v1.openapi.methods import Method, methods
from tests.support.threads import in_a_thread

EXAMPLES = 12  # of an operation, for each mode
NOW = 1_442_760_000.0  # the seeded world's newest media are of that day
SCOPE = "basic public_content follower_list comments likes relationships"
OPERATIONS = [pytest.param(one, id=one.operation.name) for one in methods()]
CONFORMING: list[Any] = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

Operation = schemathesis.APIOperation[Any, Any, Any, Any]


@pytest.fixture
def server() -> Iterator[LocalInstagram]:
    world = World.seeded(7, users=12, media=40)
    me, other, *_ = (user.id for user in world.users)
    world.set_private(me, True)
    world.unfollow(other, me)
    world.follow(other, me)  # asks to
    world.set_private(me, False)
    for media in world.recent(me, count=3)[0]:
        world.like(media.id, me)
    patient = LocalInstagram(world, limit=10**9, family_limit=10**9, now=lambda: NOW)
    with in_a_thread(patient) as running:
        yield running


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as held:
        yield held


def known(world: World) -> dict[str, list[Any]]:
    """Values of parameters for which the world has something to show."""
    media = world.recent(world.self_id, count=99, viewer=world.self_id)[0]
    discussed = next(one for one in media if one.comments.data)
    place = world.locations[0]
    return {
        "user-id": [user.id for user in world.users],
        "media-id": [discussed.id],
        "comment-id": [comment.id for comment in world.comments(discussed.id, count=8)],
        "shortcode": [pk_to_shortcode(int(one.id.partition("_")[0])) for one in media[:3]],
        "tag-name": [tag for one in media for tag in one.tags][:5],
        "location-id": [one.id for one in world.locations],
        "geo-id": list(world.geographies),
        "lat": [place.latitude],
        "lng": [place.longitude],
        "facebook_places_id": [f"10{place.id}"],
        "foursquare_v2_id": [f"4b0{place.id}f964a520"],
        "foursquare_id": [f"20{place.id}"],
        "q": [world.users[0].username[:2], media[0].tags[0][:2]],
    }


def operation_of(
    server: LocalInstagram, method: Method, values: Mapping[str, list[Any]] = MappingProxyType({})
) -> Operation:
    """An operation as the document describes it.

    Args:
        server: where it is.
        method: which one.
        values: the only ones of some parameters that are to be asked with.
    """
    contract = document(server.base_url)
    told = contract["paths"][method.path][method.operation.method.lower()]
    for parameter in told["parameters"]:
        if parameter["name"] in values:
            parameter["schema"] = {"enum": values[parameter["name"]]}
    found: Operation = schemathesis.openapi.from_dict(contract)[method.path][
        method.operation.method
    ]
    return found


def token_of(server: LocalInstagram) -> dict[str, str]:
    return {"access_token": server.access_token(scope=SCOPE)}


def run(
    server: LocalInstagram,
    session: requests.Session,
    operation: Operation,
    credentials: dict[str, str],
    mode: GenerationMode = GenerationMode.POSITIVE,
) -> tuple[Counter[int], int]:
    """Ask with generated cases; returns how often each status came, and the longest list."""
    statuses = Counter[int]()
    longest = 0

    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: Case[Any]) -> None:
        nonlocal longest
        reply = case.call(server.base_url, session, params=credentials)
        case.validate_response(reply, checks=[not_a_server_error, *CONFORMING])
        statuses[reply.status_code] += 1
        if reply.status_code == 200 and isinstance(data := reply.json()["data"], list):
            longest = max(longest, len(data))

    ask()
    return statuses, longest


@pytest.mark.parametrize("method", OPERATIONS)
def test_what_is_there_is_shown_as_described(
    server: LocalInstagram, session: requests.Session, method: Method
) -> None:
    operation = operation_of(server, method, known(server.world))
    statuses, longest = run(server, session, operation, token_of(server))
    assert statuses[200]
    assert set(statuses) <= {200, 400}
    assert longest or method.operation.paging is None


@pytest.mark.parametrize("method", OPERATIONS)
def test_an_app_alone_is_answered_as_described(
    server: LocalInstagram, session: requests.Session, method: Method
) -> None:
    operation = operation_of(server, method, known(server.world))
    statuses, _ = run(server, session, operation, {"client_id": server.client_id})
    assert bool(statuses[200]) is method.operation.public


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("method", OPERATIONS)
def test_whatever_is_asked_is_answered_as_described(
    server: LocalInstagram, session: requests.Session, method: Method, mode: GenerationMode
) -> None:
    operation = operation_of(server, method)
    statuses, _ = run(server, session, operation, token_of(server), mode)
    assert statuses.total()


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault("status", status=500, body="empty"), 500),
        (Fault("status", status=503), 503),
        (Fault("rate_limit"), 429),
        (Fault("rate_limit_meta"), 429),
    ],
    ids=lambda given: given.kind if isinstance(given, Fault) else str(given),
)
def test_failures_are_described_too(
    server: LocalInstagram, session: requests.Session, fault: Fault, status: int
) -> None:
    (method,) = (one for one in methods() if one.operation.name == "like")
    server.faults.add(fault)
    case = operation_of(server, method).Case(path_parameters={"media-id": "1_1"})
    reply = case.call(server.base_url, session, params=token_of(server))
    assert reply.status_code == status
    case.validate_response(reply, checks=CONFORMING)
