"""The async session wrapper: gate, sign, transport, decode, retry.

It knows no protocol. A call brings the function that turns the reply's bytes into a value,
or into an error *as a value*: errors are raised here, far from the frames that held the
bytes, so that nothing secret hangs on them.
"""

from __future__ import annotations

import logging
from asyncio import CancelledError
from collections.abc import Callable
from datetime import UTC, datetime
from random import random
from typing import Any, Generic, NamedTuple, TypeVar, cast

from attrs import frozen

from instagram_async.clock import sleep
from instagram_async.errors import (
    ClientClosedError,
    ConnectError,
    InstagramError,
    NotFoundError,
    QuotaStoreError,
    RateLimitError,
    TransportError,
    UncertainWriteError,
)
from instagram_async.hooks import AttemptEnded, Hooks, RequestSent, RetryPlanned
from instagram_async.lifecycle import Lifecycle
from instagram_async.quota import RateLimitSemaphore, ServerQuota, WindowSpec
from instagram_async.retry import Retry, is_unclear, next_delay
from instagram_async.transport import Pairs, Request, Response, Tally, Timeout, Transport

T = TypeVar("T")

_log = logging.getLogger("instagram_async.session")


class Call(NamedTuple, Generic[T]):
    """One operation with its arguments, not signed yet.

    Attributes:
        operation: its name in errors, such as `GET users/{id}/media/recent`.
        method: `GET`, `POST` or `DELETE`.
        path: percent-encoded, below the base URL, without a leading slash.
        read: makes the value, or the error, of a reply; it does not raise.
        query: parameters of the query.
        form: parameters of the form body, `None` for a request without a body.
        family: whose quota a write uses besides the general one.
        repeatable: whether carrying it out twice does no harm.
        absence_is_success: whether `NotFoundError` says that an earlier attempt, whose reply
            was lost, has done it; the value is then `None`.
        secrets: names of parameters that no error may show.
    """

    operation: str
    method: str
    path: str
    read: Callable[[Response], T | InstagramError]
    query: Pairs = ()
    form: Pairs | None = None
    family: str | None = None
    repeatable: bool = True
    absence_is_success: bool = False
    secrets: frozenset[str] = frozenset()


class Wire(NamedTuple):
    """What the session has to be told of a protocol.

    Attributes:
        sign: makes the request of a call, with the credentials in it.
        quota: reads a reply's headers.
        windows: the windows in which a request of a family needs a place.
        redact: takes the secrets of a request out of its reply, to be read again, if what
            was made of it shows any of its text; `None` if it does not.
    """

    sign: Callable[[Call[Any]], Request]
    quota: Callable[[Response], ServerQuota]
    windows: Callable[[str | None], tuple[WindowSpec, ...]]
    redact: Callable[[Request, Response, object], Response | None]


class _Sent:
    """When a request left last, and whether it is still under way."""

    __slots__ = ("at", "under_way")

    def __init__(self) -> None:
        self.at = 0.0
        self.under_way = False


@frozen(eq=False, repr=False)
class Session:
    """Sends calls; a frozen view on what a client shares.

    Attributes:
        transport: carries the bytes.
        gate: lets through what the quota allows.
        lifecycle: whether and where the client lives.
        wire: the protocol, with the credentials.
        retry: how often a failed attempt is made again.
        timeout: limits of one attempt.
        max_wait: seconds to wait for quota at most, `None` for ever.
        hooks: what the application watches.
    """

    transport: Transport
    gate: RateLimitSemaphore
    lifecycle: Lifecycle
    wire: Wire
    retry: Retry
    timeout: Timeout
    max_wait: float | None
    hooks: Hooks

    async def send(self, call: Call[T], tally: Tally | None = None) -> T:
        """Send a call until it succeeds or there is no use in trying.

        Args:
            call: what to send.
            tally: where to count the requests.

        Returns:
            What `call.read` made of the reply.

        Raises:
            InstagramError: whatever the last attempt failed with.
            RuntimeError: the client belongs to another loop or process.
        """
        sent = _Sent()
        try:
            async with self.lifecycle.scope(call.operation):
                return await self._try(call, tally, sent)
        except ClientClosedError as closed:
            if call.repeatable or not sent.under_way:
                raise
            uncertain = _uncertain(call, closed, sent)
        raise uncertain

    async def _try(self, call: Call[T], tally: Tally | None, sent: _Sent) -> T:
        attempt = 0
        failure: InstagramError | None = None
        may_be_done = False  # by an attempt that failed
        while True:
            attempt += 1
            refusal = None
            try:
                outcome = await self._attempt(call, attempt, tally, sent)
            except (RateLimitError, QuotaStoreError) as refused:
                if failure is None:
                    raise
                outcome, refusal = failure, refused
            if not isinstance(outcome, InstagramError):
                return outcome
            if refusal is not None:  # what made us try again says more than our quota
                if isinstance(outcome, RateLimitError) and isinstance(refusal, RateLimitError):
                    outcome.retry_at = refusal.retry_at
                raise _final(call, outcome, sent)
            if may_be_done and call.absence_is_success and isinstance(outcome, NotFoundError):
                return cast("T", None)
            failure = outcome
            may_be_done = may_be_done or is_unclear(outcome)
            delay = next_delay(
                self.retry,
                attempt,
                repeatable=call.repeatable,
                error=outcome,
                random=random(),  # noqa: S311 - jitter, no secret
            )
            if delay is None:
                raise _final(call, outcome, sent)
            planned = RetryPlanned(call.operation, attempt, delay, outcome)
            told = {**planned._asdict(), "error": type(outcome).__name__}
            _log.debug("%s: attempt %d failed, next in %.2f s", outcome, attempt, delay, extra=told)
            if self.hooks.on_retry is not None:
                self.hooks.on_retry(planned)
            await sleep(self.gate.clock, delay)

    async def _attempt(
        self, call: Call[T], attempt: int, tally: Tally | None, sent: _Sent
    ) -> T | InstagramError:
        windows = self.wire.windows(call.family)
        flight = self.gate.flight(
            windows,
            max_wait=self.max_wait,
            reach=self.timeout.total,
            operation=call.operation,
        )
        async with flight:
            request = self.wire.sign(call)
            if self.hooks.on_request is not None:
                self.hooks.on_request(RequestSent(call.operation, attempt))
            if tally is not None:
                tally.requests += 1
            started = sent.at = flight.leaves()
            sent.under_way = True
            try:
                response = await self.transport.send(request, self.timeout)
            except TransportError as error:
                sent.under_way = False
                if isinstance(error, ConnectError):
                    flight.never_sent()
                error.operation = call.operation
                self._report(call, attempt, started, error=error)
                return error
            except RuntimeError:  # a borrowed session that was closed
                flight.never_sent()
                raise
            except CancelledError:
                self._report(call, attempt, started)
                raise
            sent.under_way = False
            quota = self.wire.quota(response)
            outcome = call.read(response)
            redacted = self.wire.redact(request, response, outcome)
            if redacted is not None:  # servers repeat what they were sent
                outcome = call.read(redacted)
            refusal = outcome if isinstance(outcome, RateLimitError) else None
            flight.answered(quota, None if refusal is None else refusal.family or "")
            failure = outcome if isinstance(outcome, InstagramError) else None
            self._report(call, attempt, started, response, quota.remaining, failure)
        if refusal is not None:
            opens = await self.gate.opens_at(windows)
            refusal.retry_at = datetime.fromtimestamp(opens, UTC)
        return outcome

    def _report(
        self,
        call: Call[Any],
        attempt: int,
        started: float,
        response: Response | None = None,
        remaining: int | None = None,
        error: InstagramError | None = None,
    ) -> None:
        hook, logs = self.hooks.on_response, _log.isEnabledFor(logging.DEBUG)
        if hook is None and not logs:
            return
        event = AttemptEnded(
            call.operation,
            attempt,
            None if response is None else response.status,
            self.gate.clock.now() - started,
            0 if response is None else len(response.body),
            remaining,
            error,
        )
        if logs:
            told = {**event._asdict(), "error": error and type(error).__name__}
            ended = event.status or ("no reply" if error else "cancelled")
            _log.debug("%s -> %s in %.3f s", call.operation, ended, event.seconds, extra=told)
        if hook is not None:
            hook(event)


def _final(call: Call[Any], error: InstagramError, sent: _Sent) -> InstagramError:
    if call.repeatable or not is_unclear(error):
        return error
    return _uncertain(call, error, sent)


def _uncertain(call: Call[Any], error: InstagramError, sent: _Sent) -> UncertainWriteError:
    return UncertainWriteError(
        f"no telling whether it was carried out: {error.message}",
        call.operation,
        call.path,
        tuple(pair for pair in call.form or () if pair[0] not in call.secrets),
        datetime.fromtimestamp(sent.at, UTC),
    )
