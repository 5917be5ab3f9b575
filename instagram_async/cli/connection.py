"""Whom a command asks, and as whom."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from instagram_async import Client, Hooks, Timeout
from instagram_async.cli.exits import UsageError, usage

_NOWHERE = (
    "whom to ask? --base-url or INSTAGRAM_BASE_URL says where the server is. Instagram's own "
    "was switched off in June 2020; `instagram-async serve` runs one on this machine"
)
_NOBODY = "as whom? INSTAGRAM_ACCESS_TOKEN holds the token, or INSTAGRAM_CLIENT_ID an app's id"


@Parameter(name="*", group="Connection")
@dataclass(frozen=True, kw_only=True)
class Connection:
    """Whom to ask, and how patiently.

    Whose token it is says the environment: an argument would show it to whoever lists the
    processes of this machine.

    Attributes:
        base_url: Where the server is, as far as `/v1`.
        timeout: Seconds that an attempt may take.
        max_wait: Seconds to wait for quota at most; as long as it takes, if not given.
    """

    base_url: Annotated[str | None, Parameter(env_var="INSTAGRAM_BASE_URL")] = None
    timeout: Annotated[float, Parameter(validator=Number(gt=0))] = 60.0
    max_wait: Annotated[float | None, Parameter(validator=Number(gte=0))] = None

    def client(self, hooks: Hooks) -> Client:
        """A client of whoever the environment says.

        `INSTAGRAM_ACCESS_TOKEN` is his token, `INSTAGRAM_CLIENT_ID` the app's id, and
        `INSTAGRAM_CLIENT_SECRET` its secret, by which requests are signed.

        Args:
            hooks: are told what happens.

        Raises:
            UsageError: nobody said whom to ask, or as whom.
        """
        if self.base_url is None:
            raise UsageError(_NOWHERE)
        token, client_id = _said("ACCESS_TOKEN"), _said("CLIENT_ID")
        if token is None and client_id is None:
            raise UsageError(_NOBODY)
        app_secret = _said("CLIENT_SECRET")
        with usage():
            return Client(
                token,
                client_id=client_id,
                client_secret=app_secret,
                signed=app_secret is not None,
                base_url=self.base_url,
                timeout=Timeout(total=self.timeout),
                max_wait=self.max_wait,
                hooks=hooks,
            )


def _said(name: str) -> str | None:
    return os.environ.get(f"INSTAGRAM_{name}")
