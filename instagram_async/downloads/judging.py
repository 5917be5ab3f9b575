"""What the head of a reply says about the file to come: a pure decision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from attrs import evolve, field, frozen

from instagram_async.downloads.kinds import extension_of
from instagram_async.downloads.marks import Mark
from instagram_async.errors import DownloadError, InstagramError, RateLimitError, ServerError

_ETAG = re.compile(r'"[\x21\x23-\x7e]{1,256}"')
_RANGE = re.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})")
_NUMBER = re.compile(r"[0-9]{1,18}")
_GONE = (403, 404, 410)
_REDIRECTS = (301, 302, 303, 307, 308)
_AGE = timedelta(seconds=60)  # what changed a minute before it was sent changes no more unseen


class Body(NamedTuple):
    """The file, or its rest.

    Attributes:
        offset: how many bytes stand before it.
        mark: what it is part of.
    """

    offset: int
    mark: Mark


@frozen
class Redirect:
    """It is elsewhere; its text does not say where.

    Attributes:
        location: where, as it came.
    """

    location: str = field(repr=False)


class Anew(NamedTuple):
    """What is there fits no more: ask for all of it."""


Verdict = Body | Redirect | Anew | InstagramError


def judge(
    status: int,
    headers: Mapping[str, str],
    *,
    source: str,
    mark: Mark | None,
    size: int,
    max_bytes: int,
) -> Verdict:
    """Decide what to do with a reply.

    Args:
        status: the HTTP status.
        headers: names in any case; look-ups must not care about it.
        source: what was asked for.
        mark: what was asked for the rest of; `None` if all of it was asked for.
        size: bytes that are there; 0 if all of it was asked for.
        max_bytes: how large the whole may be.
    """
    if status in _REDIRECTS and "Location" in headers:
        return Redirect(headers["Location"])
    if status == 416 and size:
        return Anew()
    if status not in (200, 206):
        return _refusal(status)
    refused = _unfit(headers)
    if refused is not None:
        return refused
    body = _whole(headers, source) if status == 200 else _rest(headers, mark, size)
    if isinstance(body, Body) and (body.mark.total or 0) > max_bytes:
        return DownloadError(f"the file is larger than {max_bytes} bytes", kind="size")
    return body


def _refusal(status: int) -> InstagramError:
    if status == 429:
        return RateLimitError("too many requests for files", status=status)
    if status >= 500:
        return ServerError("the server of the file failed", status=status)
    if status in _GONE:
        return DownloadError("the address has expired, or nothing is there", None, "gone", status)
    return DownloadError("the server of the file refused", None, "refused", status)


def _unfit(headers: Mapping[str, str]) -> DownloadError | None:
    if extension_of(headers.get("Content-Type")) is None:
        return DownloadError("what came is no picture and no video", kind="content")
    if headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        return DownloadError("what came is compressed, unasked", kind="content")
    return None


def _whole(headers: Mapping[str, str], source: str) -> Verdict:
    total = None if "Transfer-Encoding" in headers else _number(headers.get("Content-Length"))
    if total is None and "Transfer-Encoding" not in headers:
        # A connection that broke would look like the end.
        return DownloadError("the reply does not say where it ends", kind="content")
    return Body(0, Mark(source, _extension(headers), total, _validator(headers)))


def _rest(headers: Mapping[str, str], mark: Mark | None, size: int) -> Verdict:
    if mark is None:
        return DownloadError("a part came, and all was asked for", None, "refused", 206)
    told = _RANGE.fullmatch(headers.get("Content-Range", "").strip().lower())
    if told is None:
        return Anew()
    first, last, total = map(int, told.groups())
    is_rest = first == size and last == total - 1 and mark.total in (None, total)
    length = _number(headers.get("Content-Length"))
    is_long = length is None or length == total - size
    is_same = _extension(headers) == mark.extension and _repeated(headers, mark) == mark.validator
    return Body(size, evolve(mark, total=total)) if is_rest and is_long and is_same else Anew()


def _repeated(headers: Mapping[str, str], mark: Mark) -> str | None:
    # A server that ranges but does not know `If-Range` sends the rest of anything. Each 206 has
    # to have its ETag; a date need not be repeated.
    if _ETAG.fullmatch(mark.validator or ""):
        return headers.get("ETag")
    return headers.get("Last-Modified", mark.validator)


def _extension(headers: Mapping[str, str]) -> str:
    return extension_of(headers.get("Content-Type")) or ""


def _validator(headers: Mapping[str, str]) -> str | None:
    if headers.get("Accept-Ranges", "").strip().lower() == "none":
        return None
    tag = headers.get("ETag")
    if tag is not None:
        return tag if _ETAG.fullmatch(tag) else None  # a weak one says that much may differ
    changed, sent = headers.get("Last-Modified", ""), headers.get("Date", "")
    try:
        is_old = parsedate_to_datetime(sent) - parsedate_to_datetime(changed) >= _AGE
    except (TypeError, ValueError):
        return None
    return changed if is_old else None


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and _NUMBER.fullmatch(text) else None
