"""The signature of a request: enforced by the application, or a header (reference D.5, D.6)."""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest

from instagram_async.server.replies import RefusedError, flat
from instagram_async.v1.signing import FORWARDED_FOR, Secret, sign

_VERSION = "/v1"


def check_signature(path: str, query: Mapping[str, str], client_secret: str) -> None:
    """Let a request through that is rightly signed.

    Args:
        path: what was asked for, decoded, with the version.
        query: all of its parameters, those of a form among them.
        client_secret: the application's.

    Raises:
        RefusedError: there is no signature, or another one.
    """
    if not query.get("sig"):
        raise _refused("Missing required parameter 'sig'")
    if not _matches(path, query, client_secret):
        raise _refused("Signature does not match")


def is_signed(
    path: str, query: Mapping[str, str], headers: Mapping[str, str], client_secret: str
) -> bool:
    """Whether a request is rightly signed, by a parameter or as in 2014 by a header.

    Args:
        path: what was asked for, decoded, with the version.
        query: all of its parameters, those of a form among them.
        headers: its headers, in any case.
        client_secret: the application's.
    """
    ips, _, given = headers.get(FORWARDED_FOR, "").rpartition("|")
    if ips and _same(given, sign(ips, (), Secret(client_secret))):
        return True
    return bool(query.get("sig")) and _matches(path, query, client_secret)


def _matches(path: str, query: Mapping[str, str], client_secret: str) -> bool:
    signed = tuple((name, value) for name, value in query.items() if name != "sig")
    right = sign(path.removeprefix(_VERSION), signed, Secret(client_secret))
    return _same(query["sig"], right)


def _same(given: str, right: str) -> bool:
    return compare_digest(given.encode("utf-8", "replace"), right.encode())


def _refused(reason: str) -> RefusedError:
    words = f"Invalid signed-request: {reason}"
    return RefusedError(flat("OAuthForbiddenException", words, code=403))
