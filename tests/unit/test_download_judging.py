"""What the head of a reply decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from attrs import evolve
from multidict import CIMultiDict

from instagram_async import DownloadError, InstagramError, RateLimitError, ServerError
from instagram_async.downloads.judging import Anew, Body, Redirect, Verdict, judge
from instagram_async.downloads.marks import Mark

MARK = Mark("2c26", "jpg", 5000, '"v1"')
WHOLE = {"Content-Type": "image/jpeg", "Content-Length": "5000", "ETag": '"v1"'}
REST = {
    "Content-Type": "image/jpeg",
    "Content-Length": "4000",
    "Content-Range": "bytes 1000-4999/5000",
    "ETag": '"v1"',
}
DATES = {
    "Last-Modified": "Sat, 12 Sep 2015 12:00:00 GMT",
    "Date": "Sat, 12 Sep 2015 12:01:00 GMT",
}


def judged(
    status: int,
    headers: Mapping[str, str | None],
    mark: Mark | None = None,
    size: int = 0,
    max_bytes: int = 10_000,
) -> Verdict:
    told = CIMultiDict({name: value for name, value in headers.items() if value is not None})
    return judge(status, told, source="2c26", mark=mark, size=size, max_bytes=max_bytes)


def whole(**changes: str | None) -> Verdict:
    return judged(200, {**WHOLE, **{key.replace("_", "-"): one for key, one in changes.items()}})


def rest(mark: Mark = MARK, **changes: str | None) -> Verdict:
    named = {key.replace("_", "-"): one for key, one in changes.items()}
    return judged(206, {**REST, **named}, mark, 1000)


def failure(verdict: Verdict) -> tuple[Any, ...]:
    assert isinstance(verdict, InstagramError)
    return (type(verdict), getattr(verdict, "kind", None), getattr(verdict, "status", None))


def test_all_of_it() -> None:
    assert whole() == Body(0, MARK)


def test_names_of_headers_have_no_case() -> None:
    assert judged(200, {name.lower(): value for name, value in WHOLE.items()}) == Body(0, MARK)


def test_whatever_was_asked_for_all_of_it_begins_at_the_beginning() -> None:
    assert judged(200, WHOLE, MARK, 1000) == Body(0, MARK)


def test_chunks_tell_no_length() -> None:
    chunked = Body(0, evolve(MARK, total=None))
    assert whole(Content_Length=None, Transfer_Encoding="chunked") == chunked
    assert whole(Transfer_Encoding="chunked") == chunked


@pytest.mark.parametrize("length", [None, "", "-1", "many", "5e3", "+5000"])
def test_what_does_not_say_where_it_ends_is_refused(length: str | None) -> None:
    assert failure(whole(Content_Length=length)) == (DownloadError, "content", None)


@pytest.mark.parametrize("kind", [None, "", "text/html", "application/octet-stream"])
def test_what_is_no_picture_is_refused(kind: str | None) -> None:
    assert failure(whole(Content_Type=kind)) == (DownloadError, "content", None)
    assert failure(rest(Content_Type=kind)) == (DownloadError, "content", None)


def test_what_is_compressed_is_refused() -> None:
    assert failure(whole(Content_Encoding="gzip")) == (DownloadError, "content", None)
    assert failure(rest(Content_Encoding="br")) == (DownloadError, "content", None)
    assert whole(Content_Encoding="Identity") == Body(0, MARK)


def test_a_file_that_is_too_large_is_refused() -> None:
    assert judged(200, WHOLE, max_bytes=5000) == Body(0, MARK)
    assert failure(judged(200, WHOLE, max_bytes=4999)) == (DownloadError, "size", None)
    assert failure(judged(206, REST, MARK, 1000, 4999)) == (DownloadError, "size", None)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect(status: int) -> None:
    assert judged(status, {"Location": "/b.jpg"}) == Redirect("/b.jpg")
    assert failure(judged(status, {})) == (DownloadError, "refused", status)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (403, (DownloadError, "gone", 403)),
        (404, (DownloadError, "gone", 404)),
        (410, (DownloadError, "gone", 410)),
        (400, (DownloadError, "refused", 400)),
        (401, (DownloadError, "refused", 401)),
        (204, (DownloadError, "refused", 204)),
        (304, (DownloadError, "refused", 304)),
        (416, (DownloadError, "refused", 416)),
        (429, (RateLimitError, None, 429)),
        (500, (ServerError, None, 500)),
        (503, (ServerError, None, 503)),
    ],
)
def test_a_refusal(status: int, told: tuple[Any, ...]) -> None:
    assert failure(judged(status, WHOLE)) == told


def test_the_rest() -> None:
    assert rest() == Body(1000, MARK)
    assert rest(Content_Length=None) == Body(1000, MARK)
    assert rest(Content_Range="Bytes 1000-4999/5000 ") == Body(1000, MARK)


def test_the_rest_of_what_had_no_length() -> None:
    assert rest(evolve(MARK, total=None)) == Body(1000, MARK)


def test_the_rest_by_its_date() -> None:
    dated = evolve(MARK, validator=DATES["Last-Modified"])
    assert rest(dated) == rest(dated, ETag=None) == Body(1000, dated)
    assert rest(dated, Last_Modified=DATES["Last-Modified"]) == Body(1000, dated)
    assert rest(dated, Last_Modified=DATES["Date"]) == Anew()


@pytest.mark.parametrize(
    "changes",
    [
        {"Content_Range": None},
        {"Content_Range": "bytes 999-4999/5000"},
        {"Content_Range": "bytes 1001-4999/5000"},
        {"Content_Range": "bytes 1000-4998/5000"},
        {"Content_Range": "bytes 1000-5000/5001"},
        {"Content_Range": "bytes 1000-4999/*"},
        {"Content_Range": "pages 1000-4999/5000"},
        {"Content_Length": "3999"},
        {"Content_Type": "image/png"},
        {"ETag": '"v2"'},
        {"ETag": None},
        {"ETag": 'W/"v1"'},
    ],
)
def test_what_is_not_the_rest_is_not_glued(changes: dict[str, str | None]) -> None:
    assert rest(MARK, **changes) == Anew()


def test_a_range_that_is_not_there_is_asked_for_anew() -> None:
    assert judged(416, {"Content-Range": "bytes */900"}, MARK, 1000) == Anew()


def test_a_part_that_nobody_asked_for_is_refused() -> None:
    assert failure(judged(206, REST)) == (DownloadError, "refused", 206)


@pytest.mark.parametrize(
    ("changes", "validator"),
    [
        ({}, '"v1"'),
        ({"ETag": 'W/"v1"'}, None),
        ({"ETag": 'W/"v1"', **DATES}, None),
        ({"ETag": "v1"}, None),
        ({"ETag": '"a"b"'}, None),
        ({"ETag": '"' + 300 * "a" + '"'}, None),
        ({"Accept-Ranges": "none"}, None),
        ({"Accept-Ranges": "bytes"}, '"v1"'),
        ({"ETag": None}, None),
        ({"ETag": None, **DATES}, DATES["Last-Modified"]),
        ({"ETag": None, **DATES, "Date": "Sat, 12 Sep 2015 12:00:59 GMT"}, None),
        ({"ETag": None, **DATES, "Date": None}, None),
        ({"ETag": None, **DATES, "Date": "yesterday"}, None),
        ({"ETag": None, **DATES, "Date": "Sat, 12 Sep 2015 12:01:00 -0000"}, None),
    ],
)
def test_what_changes_with_the_file(changes: dict[str, str | None], validator: str | None) -> None:
    assert judged(200, {**WHOLE, **changes}) == Body(0, evolve(MARK, validator=validator))
