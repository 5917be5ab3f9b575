"""The hunt finds what was planted, and nothing where nothing is."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from tests.support.hunt import Hunt

CANARY = "7.c4na+ry/t0k=n&%ü"
HUNT = Hunt(CANARY)
BLIND = Hunt(CANARY, blind=[__file__])


def in_a_message() -> None:
    raise LookupError(f"no page {quote(CANARY)}")


def in_an_argument() -> None:
    raise LookupError("no page", {"token": CANARY})


def in_an_attribute() -> None:
    error = LookupError("no page")
    error.__dict__["url"] = [f"http://h/?access_token={quote_plus(CANARY)}"]
    raise error


def in_a_note() -> None:
    error = LookupError("no page")
    error.add_note(CANARY)
    raise error


def in_a_cause() -> None:
    raise LookupError from ValueError(CANARY)


def in_a_hidden_context() -> None:
    try:
        raise ValueError(CANARY)
    except ValueError:
        raise LookupError from None


def in_a_group() -> None:
    raise ExceptionGroup("many", [OSError(), ExceptionGroup("more", [ValueError(CANARY)])])


def in_a_signature() -> None:
    raise LookupError("sig=" + "0123456789abcdef" * 4)


def in_a_local() -> None:
    url = f"http://h/?access_token={quote(CANARY, safe='')}"
    raise LookupError(len(url))


def in_bytes() -> None:
    body = b"text=a&access_token=" + CANARY.encode()
    raise LookupError(len(body))


def in_a_container() -> None:
    calls = [{"query": (("access_token", CANARY),)}]
    raise LookupError(len(calls))


@pytest.mark.parametrize("shift", range(3))
def test_base64_is_seen_through(shift: int) -> None:
    packed = base64.b64encode(b"user::"[:shift] + CANARY.encode() + b":rest").decode()
    assert HUNT.value({"Authorization": f"Basic {packed}"})
    assert not HUNT.value(base64.b64encode(b"something else altogether").decode())


PLANTED: tuple[Callable[[], None], ...] = (
    in_a_message,
    in_an_argument,
    in_an_attribute,
    in_a_note,
    in_a_cause,
    in_a_hidden_context,
    in_a_group,
    in_a_signature,
)


@pytest.mark.parametrize("plant", PLANTED)
def test_a_planted_leak_is_found_without_any_frame(plant: Callable[[], None]) -> None:
    with pytest.raises((LookupError, ExceptionGroup)) as caught:
        plant()
    assert BLIND.exception(caught.value)


@pytest.mark.parametrize("plant", [in_a_local, in_bytes, in_a_container])
def test_a_planted_leak_is_found_in_frames(plant: Callable[[], None]) -> None:
    with pytest.raises(LookupError) as caught:
        plant()
    [*found] = HUNT.exception(caught.value)
    assert found
    assert all(f" of {plant.__name__}" in place for place in found)
    assert BLIND.exception(caught.value) == []


@pytest.mark.parametrize("plant", ["message", "argument", "extra", "exception"])
def test_a_planted_leak_is_found_in_logs(plant: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    log = logging.getLogger("planted")
    log.debug("nothing to see")
    assert HUNT.records(caplog.records) == []
    match plant:
        case "message":
            log.debug(f"GET /?access_token={CANARY}")  # noqa: G004
        case "argument":
            log.debug("GET %s", {"url": f"/?access_token={quote(CANARY)}"})
        case "extra":
            log.debug("GET", extra={"url": CANARY})
        case _:
            log.debug("failed", exc_info=ValueError(CANARY))
    assert HUNT.records(caplog.records)


def test_nothing_is_found_where_nothing_is() -> None:
    try:
        raise ValueError("an innocent")
    except ValueError as error:
        assert BLIND.exception(error) == []
    assert BLIND.value({"a": [("b", b"c4nary")]}) == []
