"""Credentials, and what they add to a request (reference D.4 to D.6): pure."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from hashlib import blake2b, sha256
from typing import Any, NoReturn
from urllib.parse import quote, quote_plus, unquote

from attrs import evolve, field, frozen

from instagram_async.errors import InstagramError
from instagram_async.paging.page import ListReply
from instagram_async.session import Call
from instagram_async.transport import Pairs, Request, Response

_SHORTEST = 8
SECRETS = frozenset({"access_token", "client_secret", "sig"})
"""Names of parameters whose values are never shown."""
FORWARDED_FOR = "X-Insta-Forwarded-For"
"""The header of 2014 that signs the addresses a write comes from (reference D.6)."""


class Secret:
    """Text that does not show itself.

    Args:
        text: the secret.
    """

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret can't be copied or pickled")

    def __repr__(self) -> str:
        return "Secret(...)"


@frozen(eq=False)
class Credentials:
    """Who is asking.

    Attributes:
        access_token: a user's token.
        client_id: the app; stands in for a token on public operations of before 2016.
        client_secret: signs requests.
        signed: whether to sign every request.
        forwarded_for: IP addresses for the signed header of 2014, on writes.

    Raises:
        ValueError: a token or secret is no text, or can't be sent as UTF-8.
    """

    access_token: Secret | None = None
    client_id: str | None = None
    client_secret: Secret | None = None
    signed: bool = False
    forwarded_for: str | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        # Here, because errors show frames, and later ones would hold the plain text.
        if not all(map(_sendable, (self.access_token, self.client_secret))):
            raise ValueError("a token or secret must be text that can be sent as UTF-8")

    @property
    def owner(self) -> str:
        """Whose quota it is: a hash of the token, else of the app."""
        known = self.access_token.text if self.access_token else self.client_id or ""
        return blake2b(known.encode(), digest_size=16, person=b"instagram_async").hexdigest()


@frozen(eq=False)
class Signer:
    """Makes requests of calls: adds the base URL, the credentials and, last, the signature.

    Attributes:
        base_url: scheme, host and path, without a trailing slash.
        credentials: who is asking.
    """

    base_url: str
    credentials: Credentials

    def __call__(self, call: Call[Any]) -> Request:
        """Make the request of a call.

        Args:
            call: the operation with its arguments.

        Returns:
            The request. A form body takes the credentials in; all others have them in
            the query.
        """
        added = self._identity()
        query, form = call.query, call.form
        if form is None:
            query += added
        else:
            form += added
        secret = self.credentials.client_secret
        if secret is not None and self.credentials.signed:
            signature = (("sig", sign("/" + unquote(call.path), query + (form or ()), secret)),)
            if form is None:
                query += signature
            else:
                form += signature
        url = f"{self.base_url}/{call.path}"
        return Request(call.method, url, query, form, self._headers(call, secret))

    def _identity(self) -> Pairs:
        if self.credentials.access_token is not None:
            return (("access_token", self.credentials.access_token.text),)
        if self.credentials.client_id is not None:
            return (("client_id", self.credentials.client_id),)
        return ()

    def _headers(self, call: Call[Any], secret: Secret | None) -> dict[str, str]:
        ips = self.credentials.forwarded_for
        if ips is None or secret is None or call.method == "GET":
            return {}
        return {FORWARDED_FOR: f"{ips}|{_digest(secret, ips)}"}


def sign(endpoint: str, parameters: Pairs, secret: Secret) -> str:
    """The signature of a request (reference D.5).

    Args:
        endpoint: the decoded path below the version, with a leading slash.
        parameters: all of the query and the form, with raw values.
        secret: the app's secret.

    Returns:
        Lower-case hex digits.
    """
    ordered = sorted(parameters, key=lambda pair: pair[0].encode())
    return _digest(secret, endpoint + "".join(f"|{name}={value}" for name, value in ordered))


def redacted(request: Request, response: Response, outcome: object) -> Response | None:
    """A reply without the secrets that its request held, for a server that repeats them.

    Args:
        request: what was sent.
        response: what came.
        outcome: what was made of it.

    Returns:
        `None` unless the outcome shows text of the reply: it is an error, or a page with
        an unreadable item. Else the reply; the secrets, as they are, percent-encoded or as
        JSON text, are dots. Values too short to be secrets stay, for they stand anywhere.
    """
    flawed = isinstance(outcome, ListReply) and outcome.flawed
    if not (flawed or isinstance(outcome, InstagramError)):
        return None
    body = response.body
    for name, value in request.query + (request.form or ()):
        if name in SECRETS and len(value) >= _SHORTEST:
            for shape in _shapes(value):
                body = body.replace(shape.encode(), b"...")
    return evolve(response, body=body)


def blanked(text: str, secrets: Iterable[str]) -> str:
    """Text with secrets taken out, in whatever shape it repeats them.

    Args:
        text: what somebody else wrote.
        secrets: what must not stand in it; those too short to be secrets stay.
    """
    for value in secrets:
        if len(value) >= _SHORTEST:
            for shape in _shapes(value):
                text = text.replace(shape, "...")
    return text


def _sendable(secret: Secret | None) -> bool:
    try:
        if secret is not None:
            secret.text.encode()
    except (AttributeError, UnicodeEncodeError):
        return False
    return True


def _shapes(value: str) -> set[str]:
    quoted = {quote(value), quote(value, safe=""), quote_plus(value)}
    text = json.dumps(value)[1:-1]
    return {value, text, text.replace("/", "\\/"), *quoted}


def _digest(secret: Secret, message: str) -> str:
    return hmac.new(secret.text.encode(), message.encode(), sha256).hexdigest()
