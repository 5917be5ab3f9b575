"""An application as it is registered with a server (reference C.3, D)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from attrs import field, frozen

from instagram_async.v1.redirects import SCOPES, check_redirect_uri, scopes_in

_CLIENT_ID = hashlib.sha256(b"client_id").hexdigest()[:32]
_CLIENT_SECRET = hashlib.sha256(b"client_secret").hexdigest()[:32]
MOST_INVITED = 10


def _several(texts: Iterable[str]) -> tuple[str, ...]:
    if isinstance(texts, str):
        raise TypeError("redirect_uris and invited are several: give a tuple, even of one")
    return tuple(texts)


def _addresses(uris: Iterable[str]) -> tuple[str, ...]:
    made = _several(uris)
    for uri in made:
        check_redirect_uri(uri)
    return made


def _scopes(names: str | Iterable[str]) -> frozenset[str]:
    given = names.split() if isinstance(names, str) else names
    return frozenset(scopes_in(("basic", *given)))


@frozen(kw_only=True)
class App:
    """An application and its settings, as its owner made them on the developers' pages.

    Attributes:
        name: what the page of consent calls it.
        client_id: its id.
        client_secret: its secret, for the exchange of codes and for signatures.
        redirect_uris: where users may be sent back to (reference D.1); none is anywhere.
        implicit: whether `response_type=token` is allowed (reference D.2).
        signed: whether requests without a right `sig` are refused (reference D.5).
        sandbox: whether it is not live yet: for it there are only the users it has invited
            and the newest 20 media of each, and lower limits (reference C.3).
        invited: ids of the users of its sandbox, ten at most; none is the ten who had
            moved in first when the server was made.
        approved: scopes for which it has passed the review, names or one text of names
            separated by spaces; what needs another one is refused whatever a user allowed.

    Raises:
        ValueError: an address is no absolute one, or there is no such scope; too many are
            invited, or some are but there is no sandbox.
        TypeError: `redirect_uris` or `invited` is one text.

    Example:
        >>> App(name="Postcards", redirect_uris=["https://app.example/cb"]).redirect_uris
        ('https://app.example/cb',)
    """

    name: str = "Your app"
    client_id: str = _CLIENT_ID
    client_secret: str = field(default=_CLIENT_SECRET, repr=False)
    redirect_uris: tuple[str, ...] = field(default=(), converter=_addresses)
    implicit: bool = True
    signed: bool = False
    sandbox: bool = False
    invited: tuple[str, ...] = field(default=(), converter=_several)
    approved: frozenset[str] = field(default=frozenset(SCOPES), converter=_scopes)

    def __attrs_post_init__(self) -> None:
        if not self.client_id or not self.client_secret:
            raise ValueError("an app has an id and a secret")
        if len(self.invited) > MOST_INVITED:
            raise ValueError(f"a sandbox is for {MOST_INVITED} users, not {len(self.invited)}")
        if self.invited and not self.sandbox:
            raise ValueError("users are invited to a sandbox only")
