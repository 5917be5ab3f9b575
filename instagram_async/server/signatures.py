"""The signature of a request, where the application enforces it (reference D.5)."""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest

from instagram_async.server.replies import RefusedError, flat
from instagram_async.v1.signing import Secret, sign

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
    given = query.get("sig")
    if not given:
        raise _refused("Missing required parameter 'sig'")
    signed = tuple((name, value) for name, value in query.items() if name != "sig")
    right = sign(path.removeprefix(_VERSION), signed, Secret(client_secret))
    if not compare_digest(given.encode("utf-8", "replace"), right.encode()):
        raise _refused("Signature does not match")


def _refused(reason: str) -> RefusedError:
    words = f"Invalid signed-request: {reason}"
    return RefusedError(flat("OAuthForbiddenException", words, code=403))
