"""One byte of a page goes wrong: a page or an error comes of it, never an exception."""

from __future__ import annotations

import json

import pytest

from instagram_async import InstagramError, Media, ResponseError
from instagram_async.paging.page import ListReply
from tests.support.lanes import careful_page, page, told

BYTES = b'\x00 "\\{}[,:7-n\xff'
AUTHOR = {"id": "9", "username": "ann"}
FIRST = {
    "id": "65_9",
    "created_time": "1441900000",
    "user": AUTHOR,
    "caption": {"id": "3", "created_time": "1441900000", "text": "a\n", "from": AUTHOR},
}
SECOND = {"id": "64_9", "created_time": "1441800000", "user": AUTHOR, "location": {"id": 5}}
PAGE = json.dumps(
    {"pagination": {"next_max_id": "64_9"}, "meta": {"code": 200}, "data": [FIRST, SECOND]},
    separators=(",", ":"),
).encode()


@pytest.mark.parametrize("value", BYTES, ids=hex)
def test_any_byte_may_be_any_other(value: int) -> None:
    for position in range(len(PAGE)):
        body = PAGE[:position] + bytes([value]) + PAGE[position + 1 :]
        read = page(body, Media)
        assert isinstance(read, ListReply | InstagramError)
        assert told(read) == told(careful_page(body, Media)), body


def test_a_page_cut_short_is_no_page() -> None:
    for end in range(len(PAGE)):
        assert isinstance(page(PAGE[:end], Media), ResponseError), PAGE[:end]


def test_the_values_are_thirteen() -> None:
    assert len(set(BYTES)) == len(BYTES) == 13


def test_the_page_itself_is_sound() -> None:
    read = page(PAGE, Media)
    assert isinstance(read, ListReply)
    assert [item.id for item in read.items if isinstance(item, Media)] == ["65_9", "64_9"]
