"""`login`: a user's token, by the browser (reference D.1), kept as a profile."""

from __future__ import annotations

import asyncio
import webbrowser
from typing import Annotated, Self

from aiohttp import web
from cyclopts import App, Parameter
from cyclopts.validators import Number

from instagram_async import AuthorizationCode, OAuth, PermissionDeniedError
from instagram_async.cli.connection import said
from instagram_async.cli.exits import UsageError, usage
from instagram_async.cli.listing import note
from instagram_async.cli.profiles import DEFAULT, Profile, path_of, save
from instagram_async.cli.signals import stoppable
from instagram_async.cli.text import clean

_DONE = "That is all. You can close this page, and go back to the terminal."
_NO_APP = "whose app? INSTAGRAM_CLIENT_ID and INSTAGRAM_CLIENT_SECRET say so"


def add_login(app: App) -> None:
    """Add the command to an application."""
    app.command(login)


async def login(
    *,
    scope: Annotated[list[str] | None, Parameter(negative=())] = None,
    profile: Annotated[str, Parameter(env_var="INSTAGRAM_PROFILE")] = DEFAULT,
    port: Annotated[int, Parameter(validator=Number(gte=1, lte=65_535))] = 8016,
    base_url: Annotated[str | None, Parameter(env_var="INSTAGRAM_BASE_URL")] = None,
    browser: bool = True,
) -> int:
    """Log in with a browser, and keep the token for the commands to come.

    The app's id and secret are in INSTAGRAM_CLIENT_ID and INSTAGRAM_CLIENT_SECRET; with it
    http://127.0.0.1:8016/ has to be registered as a place to come back to.

    Example: `instagram-async login --scope basic --scope likes`

    Args:
        scope: What to ask for; may be given several times; `basic`, if not given.
        profile: Name to keep it under, for `--profile`.
        port: Where the browser comes back to on this machine.
        base_url: Where the server is, as far as /v1.
        browser: Whether to open one; the address stands on standard error in any case.
    """
    path_of(profile)
    if base_url is None:
        raise UsageError("whom to ask? --base-url or INSTAGRAM_BASE_URL says where the server is")
    if said("CLIENT_ID") is None or said("CLIENT_SECRET") is None:
        raise UsageError(_NO_APP)
    with usage():
        oauth = OAuth(
            said("CLIENT_ID") or "",
            said("CLIENT_SECRET"),
            redirect_uri=f"http://127.0.0.1:{port}/",
            base_url=base_url,
        )
        asked = oauth.authorize(scope or ["basic"])
    with stoppable():
        async with _Callback(oauth, asked.state, port) as callback:
            note(f"log in at {asked.url}")
            # In a text terminal it returns when it is closed, long after the code has come.
            opening = asyncio.ensure_future(_open(asked.url, callback.code)) if browser else None
            grant = await oauth.exchange(await callback.code)
        path = save(profile, Profile(base_url, grant.access_token, grant.user.username))
        note(f"logged in as {clean(grant.user.username)}; kept in {path}")
        if said("ACCESS_TOKEN") is not None:
            note("INSTAGRAM_ACCESS_TOKEN goes before it: unset that, or use --profile")
        if opening is not None:
            await opening
    return 0


async def _open(url: str, code: asyncio.Future[AuthorizationCode]) -> None:
    """Open a browser, and tell if there is none."""
    if not await asyncio.to_thread(webbrowser.open, url) and not code.done():
        note("no browser could be opened here: open the address yourself")


class _Callback:
    """Listens on this machine for the browser to come back."""

    def __init__(self, oauth: OAuth, state: str, port: int) -> None:
        self._oauth = oauth
        self._state = state
        self._port = port
        self.code: asyncio.Future[AuthorizationCode] = asyncio.get_running_loop().create_future()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/", self._back)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise UsageError(f"port {self._port} is in use: --port takes another") from None
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _back(self, request: web.Request) -> web.Response:
        try:
            code = self._oauth.code_from(str(request.url), self._state)
        except ValueError as error:  # not ours: whoever is meant will come yet
            return web.Response(status=400, text=f"{error}")
        except PermissionDeniedError as error:
            if not self.code.done():
                self.code.set_exception(error)
            return web.Response(text=_DONE)
        if not self.code.done():
            self.code.set_result(code)
        return web.Response(text=_DONE)
