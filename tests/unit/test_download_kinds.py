"""Content types, extensions, and how files begin."""

from __future__ import annotations

import pytest

from instagram_async.downloads.kinds import EXTENSIONS, begins_as, extension_of
from instagram_async.server.drawing import picture, portrait

SOUND = {
    "jpg": [b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\xff\xd8\xff\xdb"],
    "png": [b"\x89PNG\r\n\x1a\n\x00\x00"],
    "gif": [b"GIF89a", b"GIF87a"],
    "webp": [b"RIFF\x24\x00\x00\x0aWEBPVP8 "],
    "heic": [b"\x00\x00\x00\x18ftypheic"],
    "avif": [b"\x00\x00\x00\x0aftypavif"],
    "svg": [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b'\xef\xbb\xbf\n <?xml version="1.0"?><svg/>',
        b"<!-- drawn by hand --><svg>",
        b"<!DOCTYPE svg PUBLIC><svg>",
        b"<s:svg>",
    ],
    "mp4": [b"\x00\x00\x00\x20ftypisom"],
    "mov": [b"\x00\x00\x00\x14ftypqt  ", b"\x00\x00\x00\x08wide\x00"],
    "webm": [b"\x1a\x45\xdf\xa3\x01"],
}
UNSOUND = [
    b"",
    b"\xff",
    b"<!DOCTYPE html><title>Log in</title>",
    b"<html><body>",
    b"\n<HTML>",
    b'{"meta": {"code": 400}}',
    b"Not Found",
    b"\0" * 64,
    b"<svgx>",
    b"x<svg>",
]


def test_every_kind_is_here() -> None:
    assert set(SOUND) == set(EXTENSIONS.values())


@pytest.mark.parametrize("extension", SOUND)
def test_a_file_begins_as_its_kind(extension: str) -> None:
    for head in SOUND[extension]:
        assert begins_as(extension, head)
        assert begins_as(extension, head.ljust(512, b"\n"))
    for head in UNSOUND:
        assert not begins_as(extension, head)
    boxes = {"heic", "avif", "mp4", "mov"}
    for other, heads in SOUND.items():
        if other != extension and not {other, extension} <= boxes:
            assert not any(begins_as(extension, head) for head in heads)


def test_what_the_local_server_draws_is_a_picture() -> None:
    assert begins_as("svg", picture("BA", "normal", 150, 150))
    assert begins_as("svg", portrait("9"))


@pytest.mark.parametrize(
    ("content_type", "extension"),
    [
        ("image/jpeg", "jpg"),
        ("IMAGE/JPEG; charset=binary", "jpg"),
        (" image/jpg ", "jpg"),
        ("image/png", "png"),
        ("image/gif", "gif"),
        ("image/webp", "webp"),
        ("image/heic", "heic"),
        ("image/avif", "avif"),
        ("image/svg+xml;charset=utf-8", "svg"),
        ("video/mp4", "mp4"),
        ("video/quicktime", "mov"),
        ("video/webm", "webm"),
        ("text/html", None),
        ("application/json", None),
        ("application/octet-stream", None),
        ("image", None),
        ("image/../../x", None),
        ("image/x-icon", None),
        ("text/html; image/jpeg", None),
        ("", None),
        (None, None),
    ],
)
def test_an_extension_is_that_of_the_content_type(
    content_type: str | None, extension: str | None
) -> None:
    assert extension_of(content_type) == extension
