"""Addresses of files: which are asked, and where a redirect leads."""

from __future__ import annotations

import re
from hashlib import sha256

from attrs import field, frozen
from yarl import URL

_BARRED = re.compile(r"[\x00-\x20\x7f]")


@frozen
class Address:
    """Where a file is; its text shows nothing of it, since a server may write anything there.

    Attributes:
        url: as it is sent, byte for byte.

    Example:
        >>> Address(URL("https://cdn.example/a.jpg?sig=5"))
        Address()
    """

    url: URL = field(repr=False)

    @property
    def source(self) -> str:
        """A hash of host and path: what a signature in the query changes is the same file."""
        place = f"{self.url.host}:{self.url.port}{self.url.raw_path}"
        return sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def address_of(url: str) -> Address | None:
    """Read an address.

    Args:
        url: as the server sent it.

    Returns:
        `None` for what is not absolute, not http or https, has a user's name or a password,
        which would be sent as credentials, or holds blanks or control characters.

    Example:
        >>> address_of("file:///etc/passwd") is None
        True
    """
    made = _parsed(url)
    return None if made is None else _checked(made)


def redirected(address: Address, location: str) -> Address | None:
    """Where a redirect leads.

    Args:
        address: what was asked.
        location: the header, relative or absolute.

    Returns:
        `None` where `address_of` has nothing, and from https to http.

    Example:
        >>> there = address_of("https://cdn.example/a/b.jpg")
        >>> redirected(there, "../c.jpg").url.path, redirected(there, "http://cdn.example/c.jpg")
        ('/c.jpg', None)
    """
    target = _parsed(location)
    if target is None:
        return None
    made = _checked(address.url.join(target))
    if made is not None and address.url.scheme == "https" and made.url.scheme != "https":
        return None
    return made


def _parsed(url: str) -> URL | None:
    if _BARRED.search(url):
        return None
    try:
        # What is ASCII is sent as it came: a signature would not survive another spelling.
        made = URL(url, encoded=url.isascii())
        _ = made.port  # is read late, and may be no number
    except (ValueError, UnicodeError):
        return None
    return made


def _checked(url: URL) -> Address | None:
    is_web = url.scheme in ("http", "https") and bool(url.raw_host)
    has_credentials = url.raw_user is not None or url.raw_password is not None
    return Address(url) if is_web and not has_credentials else None
