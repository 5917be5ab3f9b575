"""Whom a command asks, and as whom."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from instagram_async import Client, Hooks, Timeout
from instagram_async.cli.exits import UsageError, usage
from instagram_async.cli.profiles import DEFAULT, Profile, load

_NOWHERE = (
    "whom to ask? --base-url or INSTAGRAM_BASE_URL says where the server is. Instagram's own "
    "was switched off in June 2020; `instagram-async serve` runs one on this machine"
)
_MOST = 86_400  # seconds that an attempt may be given
_NOBODY = "as whom? `instagram-async login` logs in, or INSTAGRAM_ACCESS_TOKEN holds a token"


@Parameter(name="*", group="Connection")
@dataclass(frozen=True, kw_only=True)
class Connection:
    """Whom to ask, and how patiently.

    Whose token it is says the environment or a profile: an argument would show it to whoever
    lists the processes of this machine.

    Attributes:
        profile: Who has logged in, by the name that `login` was given.
        base_url: Where the server is, as far as `/v1`.
        timeout: Seconds that an attempt may take.
        max_wait: Seconds to wait for quota at most; as long as it takes, if not given.
    """

    profile: Annotated[str | None, Parameter(env_var="INSTAGRAM_PROFILE")] = None
    base_url: Annotated[str | None, Parameter(env_var="INSTAGRAM_BASE_URL")] = None
    timeout: Annotated[float, Parameter(validator=Number(gt=0, lte=_MOST))] = 60.0
    max_wait: Annotated[float | None, Parameter(validator=Number(gte=0))] = None

    def client(self, hooks: Hooks = Hooks()) -> Client:  # noqa: B008 - a frozen value
        """A client of whoever the profile or the environment says.

        `INSTAGRAM_ACCESS_TOKEN` is his token, `INSTAGRAM_CLIENT_ID` the app's id, and
        `INSTAGRAM_CLIENT_SECRET` its secret, by which requests are signed.

        Args:
            hooks: are told what happens.

        Raises:
            UsageError: nobody said whom to ask, or as whom.
        """
        known = self._known()
        if known is not None and not _is_same(self.base_url, known.base_url):
            raise UsageError(f"this profile is of {known.base_url}, not of {self.base_url}")
        base_url = self.base_url if known is None else known.base_url
        if base_url is None:
            raise UsageError(_NOWHERE)
        if known is None and said("ACCESS_TOKEN") is None and said("CLIENT_ID") is None:
            raise UsageError(_NOBODY)
        with usage():
            return Client(  # no name in this frame holds a secret: errors show frames
                said("ACCESS_TOKEN") if known is None else known.access_token,
                client_id=said("CLIENT_ID"),
                client_secret=said("CLIENT_SECRET"),
                signed=said("CLIENT_SECRET") is not None,
                base_url=base_url,
                timeout=Timeout(total=self.timeout),
                max_wait=self.max_wait,
                hooks=hooks,
            )

    def _known(self) -> Profile | None:
        """The profile that counts, `None` where the environment does."""
        if self.profile is None:
            return load(DEFAULT) if said("ACCESS_TOKEN") is None else None
        known = load(self.profile)
        if known is None:
            raise UsageError(f"there is no profile {self.profile}: log in first")
        return known


def _is_same(asked: str | None, known: str) -> bool:
    return asked is None or asked.rstrip("/") == known.rstrip("/")


def said(name: str) -> str | None:
    """What the environment says, `None` if nothing.

    Args:
        name: of a variable, behind `INSTAGRAM_`.
    """
    return os.environ.get(f"INSTAGRAM_{name}") or None
