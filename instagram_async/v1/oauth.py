"""How an app gets a user's token (reference D.1 to D.3)."""

from __future__ import annotations

from collections.abc import Iterable
from secrets import token_urlsafe
from typing import TYPE_CHECKING, NoReturn

from yarl import URL

from instagram_async.aiohttp_door import AiohttpTransport
from instagram_async.errors import ConnectError, InstagramError, TransportError
from instagram_async.transport import Timeout, Transport
from instagram_async.v1.arguments import address, instances, printable, secret
from instagram_async.v1.exchange import EXCHANGE, cleaned, grant_of, request_of, sealed
from instagram_async.v1.grants import AuthorizationCode, AuthorizationRequest, Grant, UserGrant
from instagram_async.v1.redirects import answer_in, check_redirect_uri, request_url, scopes_in
from instagram_async.v1.signing import Credentials, Secret

if TYPE_CHECKING:
    import aiohttp

_BASE_URL = "https://api.instagram.com/v1"
_MAX_BYTES = 2**20


class OAuth:
    """Gets access tokens: asks a user for consent, and reads what comes back.

    The explicit flow is for apps with a server: `authorize`, `code_from`, `exchange`. The
    implicit one is for apps that can't keep a secret: `authorize(implicit=True)`,
    `token_from`. Making one does no I/O; it holds no connection and needs no closing, does
    not change, and may serve any number of users, threads and event loops.

    Args:
        client_id: your app.
        client_secret: your app's secret, for `exchange`.
        redirect_uri: where the browser comes back to, as registered for the app; more
            parameters may be appended to its query (reference D.1).
        base_url: where the API is; OAuth's own addresses stand at the root of its host.
        timeout: limits of the exchange, in seconds.
        max_bytes: largest reply accepted, in bytes.
        user_agent: value of the `User-Agent` header.
        session: an aiohttp session to borrow, with its proxy and TLS settings; never closed.
        transport: carries the exchange in place of aiohttp; never closed.

    Raises:
        ValueError: arguments that contradict each other or make no sense.
        TypeError: one is of another class.

    Example:
        >>> oauth = OAuth("my-app", "my-secret", redirect_uri="https://app.example/cb")
        >>> oauth
        OAuth(client_id='my-app', redirect_uri='https://app.example/cb')
    """

    __slots__ = ("_credentials", "_door", "_origin", "_redirect_uri", "_timeout", "_transport")

    def __init__(
        self,
        client_id: str,
        client_secret: str | None = None,
        *,
        redirect_uri: str,
        base_url: str = _BASE_URL,
        timeout: Timeout = Timeout(),  # noqa: B008 - a frozen value
        max_bytes: int = _MAX_BYTES,
        user_agent: str | None = None,
        session: aiohttp.ClientSession | None = None,
        transport: Transport | None = None,
    ) -> None:
        # The plain text must not stay in this frame: errors show frames.
        app_secret, client_secret = secret(client_secret), None
        instances(client_id=(client_id, str), redirect_uri=(redirect_uri, str))
        instances(timeout=(timeout, Timeout))
        printable(client_id=client_id, user_agent=user_agent)
        check_redirect_uri(redirect_uri)
        if not client_id:
            raise ValueError("client_id must not be empty")
        if session is not None and transport is not None:
            raise ValueError("session and transport are two ways to carry requests: give one")
        if transport is not None and (user_agent is not None or max_bytes != _MAX_BYTES):
            raise ValueError("user_agent and max_bytes are aiohttp's: a transport has its own")
        if max_bytes < 1:
            raise ValueError(f"max_bytes must be at least 1, not {max_bytes}")
        self._origin = str(URL(address(base_url)).origin())
        self._credentials = Credentials(client_id=client_id, client_secret=app_secret)
        self._redirect_uri = redirect_uri
        self._timeout = timeout
        self._transport = transport
        self._door = (max_bytes, user_agent, session)

    def authorize(
        self,
        scope: str | Iterable[str] = ("basic",),
        *,
        state: str | None = None,
        implicit: bool = False,
    ) -> AuthorizationRequest:
        """Where to send the user's browser.

        Args:
            scope: what to ask for, one name at least: `basic`, `comments`, `relationships`,
                `likes`, and since November 2015 `public_content` and `follower_list`; or
                one text of names separated by spaces (reference D.3).
            state: text that comes back with the user; `None` makes one that nobody guesses.
            implicit: whether the token itself is to come back, and not a code.

        Returns:
            The address, and the state to keep for this user.

        Raises:
            ValueError: no scope or an unknown one, or an empty state.

        Example:
            >>> oauth = OAuth("my-app", redirect_uri="https://app.example/cb")
            >>> request = oauth.authorize(["basic", "likes"], state="r4nd0m")
            >>> request.url.partition("&response_type=")[2]
            'code&scope=basic%20likes&state=r4nd0m'
        """
        if state is None:
            state = token_urlsafe(32)
        elif not state.strip() or not state.isprintable():
            raise ValueError("a state must be text that can be read, and nobody can guess")
        kind = "token" if implicit else "code"
        client_id = self._credentials.client_id or ""
        url = request_url(
            self._origin, client_id, self._redirect_uri, kind, scopes_in(scope), state
        )
        return AuthorizationRequest(url, state)

    def code_from(self, redirected_url: str, state: str | None) -> AuthorizationCode:
        """Read the code that a browser came back with, in the explicit flow.

        Args:
            redirected_url: the whole address that your app was asked for.
            state: the one that you kept for this user; `None`, as a session gives that has
                none, is refused.

        Returns:
            The code, for `exchange`.

        Raises:
            ValueError: the state is missing or another one, so the redirect answers nothing
                that this user was asked; or it is none of `redirect_uri`; or it has neither
                code nor refusal.
            PermissionDeniedError: the user said no; `error_type` and `message` are the
                server's words, `status` is 0.

        Example:
            >>> oauth = OAuth("my-app", "my-secret", redirect_uri="https://app.example/cb")
            >>> oauth.code_from("https://app.example/cb?code=3f8c0d15&state=r4nd0m", "r4nd0m")
            AuthorizationCode(code=...)
        """
        answer = answer_in(redirected_url, self._redirect_uri, state, "code")
        del redirected_url, state  # errors show frames
        if isinstance(answer, Exception):
            raise answer
        return AuthorizationCode(answer.text)

    def token_from(self, redirected_url: str, state: str | None) -> Grant:
        """Read the token that a browser came back with, in the implicit flow (reference D.2).

        Args:
            redirected_url: the whole address, with the fragment. Browsers do not send that
                to a server: the page itself has to hand it on.
            state: the one that you kept for this user.

        Returns:
            The token.

        Raises:
            ValueError: as in `code_from`.
            PermissionDeniedError: as in `code_from`.

        Example:
            >>> oauth = OAuth("my-app", redirect_uri="https://app.example/cb")
            >>> url = "https://app.example/cb#access_token=1.fb2e77d.47a047&state=r4nd0m"
            >>> oauth.token_from(url, "r4nd0m").access_token
            '1.fb2e77d.47a047'
        """
        answer = answer_in(redirected_url, self._redirect_uri, state, "access_token")
        del redirected_url, state
        if isinstance(answer, Exception):
            raise answer
        return Grant(answer.text)

    async def exchange(self, code: AuthorizationCode | str) -> UserGrant:
        """Turn a code into a token, with one request that is never repeated.

        A code is good for one exchange. Whatever this fails with after the request has
        left, the code may be used up: send the user through `authorize` again.

        Args:
            code: what `code_from` gave.

        Returns:
            The token and its owner (reference B.8).

        Raises:
            ValueError: there is no `client_secret`, or the code is empty or can't be sent.
            TypeError: the code is no text.
            AuthenticationError: the server does not know the code, the app or its secret,
                or knows another `redirect_uri`.
            ConnectError: nothing was sent; the code is as good as before.
            TransportError: no whole reply came.
            ResponseError: the reply can't be read; `raw` is `None`, for it may hold the token.
            APIError: any other refusal; see the tree in `instagram_async.errors`.
            RateLimitError: the app asks too often.
            RuntimeError: the session was borrowed, and its owner has closed it.

        Example:
            >>> from instagram_async.testing import ScriptedTransport
            >>> body = b'{"access_token": "1.fb2e77d.47", "user": {"id": "1", "username": "ann"}}'
            >>> transport = ScriptedTransport([Response(200, {}, body)])
            >>> uri = "https://app.example/cb"
            >>> oauth = OAuth("my-app", "my-secret", redirect_uri=uri, transport=transport)
            >>> grant = await oauth.exchange("3f8c0d15")
            >>> grant.access_token, grant.user.username
            ('1.fb2e77d.47', 'ann')
        """
        secret_code = sealed(code)
        del code
        if isinstance(secret_code, Exception):
            raise secret_code
        app_secret = self._credentials.client_secret
        if app_secret is None or not app_secret.text:
            raise ValueError("an exchange needs a client_secret")
        outcome = await self._send(secret_code, app_secret)
        if isinstance(outcome, InstagramError):
            # Out here no frame holds the reply or the plain text.
            raise outcome
        return outcome

    async def _send(self, code: Secret, app_secret: Secret) -> UserGrant | InstagramError:
        client_id = self._credentials.client_id or ""
        request = request_of(self._origin, client_id, app_secret, self._redirect_uri, code)
        transport = self._opened() if self._transport is None else self._transport
        try:
            response = await transport.send(request, self._timeout)
        except TransportError as error:
            kind = ConnectError if isinstance(error, ConnectError) else TransportError
            return cleaned(kind(error.message, EXCHANGE), code, app_secret)
        finally:
            if self._transport is None:
                await transport.close()
        return grant_of(response, code, app_secret)

    def __reduce__(self) -> NoReturn:
        raise TypeError("OAuth can't be copied or pickled: make one in each process")

    def _opened(self) -> AiohttpTransport:
        max_bytes, user_agent, session = self._door
        return AiohttpTransport(
            concurrency=1, max_bytes=max_bytes, user_agent=user_agent, session=session
        )

    def __repr__(self) -> str:
        client_id = self._credentials.client_id
        return f"OAuth(client_id={client_id!r}, redirect_uri={self._redirect_uri!r})"
