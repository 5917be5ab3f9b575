"""What a client is made with: checked before anything is sent."""

from __future__ import annotations

from typing import Any

from yarl import URL

from instagram_async.v1.signing import Secret


def secret(text: str | None) -> Secret | None:
    """Wrap a token or secret, so that no frame and no text shows it."""
    return None if text is None else Secret(text)


def address(base_url: str) -> str:
    """The base URL without a trailing slash.

    Raises:
        ValueError: it is no http address, or has more than scheme, host, port and path.
    """
    url = URL(base_url)
    if url.scheme not in ("http", "https") or not url.host or url.query or url.fragment:
        raise ValueError("base_url must be an http or https address without a query")
    if url.user is not None or url.password is not None:
        raise ValueError("base_url must not hold a name or password: it is shown in texts")
    return str(url).rstrip("/")


def printable(**headers: str | None) -> None:
    """Let through what a header can hold.

    Raises:
        ValueError: a value has line breaks or other control characters.
    """
    for name, value in headers.items():
        if value is not None and not value.isprintable():
            raise ValueError(f"{name} has characters that no header can hold: {value!r}")


def patience(max_wait: float | None) -> None:
    """Let through what `max_wait` can be.

    Raises:
        ValueError: it is negative.
    """
    if max_wait is not None and max_wait < 0:
        raise ValueError(f"max_wait must not be negative: {max_wait}")


def instances(**options: tuple[Any, type]) -> None:
    """Let through options that are what they should be.

    Args:
        options: each with its value and its class.

    Raises:
        TypeError: one is of another class.
    """
    for name, (value, kind) in options.items():
        if not isinstance(value, kind):
            raise TypeError(f"{name} must be a {kind.__name__}, not {value!r}")
