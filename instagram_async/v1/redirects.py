"""The user's way to the page of consent and back (reference D.1 to D.3): pure.

What a browser brings back holds the code or the token, so errors are returned as values and
raised where no frame holds the address any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from hmac import compare_digest
from typing import Literal
from urllib.parse import parse_qsl, quote, urlencode

from yarl import URL

from instagram_async.errors import PermissionDeniedError
from instagram_async.transport import Pairs
from instagram_async.v1.faults import scrub
from instagram_async.v1.signing import Secret, blanked

SCOPES = ("basic", "public_content", "follower_list", "comments", "relationships", "likes")
AUTHORIZE = "GET oauth/authorize"
_WEB = ("http", "https")
_SECRETS = ("state", "code", "access_token")


def scopes_in(scope: str | Iterable[str]) -> tuple[str, ...]:
    """The scopes asked for, each once, in their order.

    Args:
        scope: names, or one text of names separated by spaces.

    Raises:
        ValueError: there are none, or one is unknown (reference D.3).
    """
    names = tuple(dict.fromkeys(scope.split() if isinstance(scope, str) else scope))
    for name in names:
        if name not in SCOPES:
            raise ValueError(f"there is no scope {name!r}: v1 has {', '.join(SCOPES)}")
    if not names:
        raise ValueError("ask for one scope at least, such as basic")
    return names


def request_url(
    origin: str, client_id: str, redirect_uri: str, kind: str, scopes: Iterable[str], state: str
) -> str:
    """The address of the page of consent.

    Args:
        origin: scheme, host and port.
        client_id: the app.
        redirect_uri: where the browser goes afterwards.
        kind: `code` or `token`.
        scopes: what is asked for.
        state: what comes back.
    """
    query = {
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "response_type": kind,
        "scope": " ".join(scopes),
        "state": state,
    }
    return f"{origin}/oauth/authorize/?{urlencode(query, quote_via=quote)}"


def check_redirect_uri(redirect_uri: str) -> None:
    """Let through an absolute address to which parameters can be appended.

    Raises:
        ValueError: it is none.
    """
    url = URL(redirect_uri)
    if not redirect_uri.isprintable() or not url.scheme or (url.scheme in _WEB and not url.host):
        raise ValueError(f"redirect_uri must be an absolute address: {redirect_uri!r}")
    if "#" in redirect_uri:
        raise ValueError(f"redirect_uri must have no fragment: {redirect_uri!r}")


def fits(registered: str, sent: str) -> bool:
    """Whether an address is one of a registered redirect URI, by the table of reference D.1.

    Host and path are the same, but for a slash that may follow the path; more parameters
    may follow those of the registered query. `http` stands for `https` too, since behind a
    proxy that ends TLS an app sees the one for the other.
    """
    ours, _, our_query = registered.partition("?")
    theirs, _, query = sent.partition("?")
    our_pairs = _pairs(our_query)
    return _same_place(ours, theirs) and _pairs(query)[: len(our_pairs)] == our_pairs


def answer_in(
    redirected_url: object,
    redirect_uri: str,
    state: object,
    name: Literal["code", "access_token"],
) -> Secret | Exception:
    """Find what the user came back with.

    Args:
        redirected_url: the address that the browser was sent to.
        redirect_uri: what it should be an address of.
        state: what was sent along.
        name: `code` stands in the query, `access_token` in the fragment.

    Returns:
        The code or the token. Or a `ValueError`: the state first of all; an address of
        somebody else; no answer. Or a `PermissionDeniedError`: the user's refusal.
    """
    if not isinstance(redirected_url, str):
        return TypeError(f"a redirected URL is text, not {type(redirected_url).__name__}")
    whole, _, fragment = redirected_url.partition("#")
    added = _pairs(whole.partition("?")[2])
    ours = _pairs(redirect_uri.partition("?")[2])
    if added[: len(ours)] == ours:
        added = added[len(ours) :]
    hidden = _pairs(fragment) if name == "access_token" else ()
    told = added + hidden
    if not isinstance(state, str) or not state:
        return ValueError("no state to compare with: keep the one that authorize() gave")
    if not _equal(_only(told, "state"), state):
        return ValueError("the redirect's state is not the one that was sent, or is missing")
    if not fits(redirect_uri, whole):
        return ValueError("the redirected URL is none of redirect_uri")
    if kind := _only(told, "error") or _only(told, "error_reason"):
        return _refusal(kind, told)
    answer = _only(hidden if name == "access_token" else added, name)
    if not answer:
        where = "fragment" if name == "access_token" else "query"
        return ValueError(f"the redirect has no {name} in its {where}, and no refusal")
    return Secret(answer)


def _refusal(kind: str, told: Pairs) -> PermissionDeniedError:
    words = _only(told, "error_description") or _only(told, "error_reason") or kind
    known = [value for name, value in told if name in _SECRETS]
    message, kind = (scrub(blanked(text, known)) for text in (words, kind))
    return PermissionDeniedError(message, AUTHORIZE, 0, kind)


def _pairs(query: str) -> Pairs:
    return tuple(parse_qsl(query, keep_blank_values=True))


def _only(pairs: Pairs, name: str) -> str | None:
    """The one value of a parameter; `None` if it has none, or several that differ."""
    values = {value for each, value in pairs if each == name}
    return values.pop() if len(values) == 1 else None


def _equal(given: str | None, expected: str) -> bool:
    """Compare in a time that tells nothing of where they differ."""
    mine, theirs = (text.encode("utf-8", "surrogatepass") for text in (expected, given or ""))
    return compare_digest(mine, theirs)


def _same_place(ours: str, theirs: str) -> bool:
    try:
        mine, other = URL(ours), URL(theirs)
    except ValueError:
        return False
    path = mine.raw_path
    return (
        _scheme(mine) == _scheme(other)
        and mine.raw_host == other.raw_host
        and _port(mine) == _port(other)
        and other.raw_path in (path, path.removesuffix("/") + "/")
    )


def _scheme(url: URL) -> str:
    return "https" if url.scheme in _WEB else url.scheme


def _port(url: URL) -> int | None:
    return None if url.is_default_port() else url.explicit_port
