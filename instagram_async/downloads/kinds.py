"""Kinds of files: content types, extensions, and how their bytes begin."""

from __future__ import annotations

import re
from types import MappingProxyType

HEAD = 512
"""How many bytes are enough to see how a file begins."""

EXTENSIONS = MappingProxyType(
    {
        "image/jpeg": "jpg",
        "image/jpg": "jpg",
        "image/png": "png",
        "image/gif": "gif",
        "image/webp": "webp",
        "image/heic": "heic",
        "image/avif": "avif",
        "image/svg+xml": "svg",
        "video/mp4": "mp4",
        "video/quicktime": "mov",
        "video/webm": "webm",
    }
)

_BOX = rb"....ftyp"
_BEGINNINGS = {
    "jpg": rb"\xff\xd8\xff",
    "png": rb"\x89PNG\r\n\x1a\n",
    "gif": rb"GIF8[79]a",
    "webp": rb"RIFF....WEBP",
    "heic": _BOX,
    "avif": _BOX,
    # Its element may stand behind a declaration, a document type and comments, and any prefix.
    "svg": rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml[\s?]|!--|!doctype\s+(?:\w+:)?svg\b|(?:\w+:)?svg[\s>])",
    "mp4": _BOX,
    "mov": rb"....(?:ftyp|moov|mdat|wide|free|skip)",
    "webm": rb"\x1a\x45\xdf\xa3",
}
_PATTERNS = {
    extension: re.compile(text, re.DOTALL | re.IGNORECASE if extension == "svg" else re.DOTALL)
    for extension, text in _BEGINNINGS.items()
}


def extension_of(content_type: str | None) -> str | None:
    """The extension of a picture or video, `None` for anything else.

    Args:
        content_type: a header's value, such as `image/jpeg; charset=binary`.

    Example:
        >>> extension_of("image/jpeg"), extension_of("text/html; charset=utf-8")
        ('jpg', None)
    """
    return EXTENSIONS.get((content_type or "").partition(";")[0].strip().lower())


def begins_as(extension: str, head: bytes) -> bool:
    """Whether a file begins as its kind does.

    Args:
        extension: one of those that `extension_of` gives.
        head: its first bytes, `HEAD` of them if it has so many.

    Example:
        >>> begins_as("jpg", b"<!DOCTYPE html><title>Log in</title>")
        False
    """
    return _PATTERNS[extension].match(head) is not None
