"""One call through the session: the order of its steps, and what the wire gets."""

from __future__ import annotations

from attrs import evolve

from instagram_async import Client, Hooks, InstagramError, Quota, Request, Response, Retry, Timeout
from instagram_async.lifecycle import Lifecycle
from instagram_async.quota import RateLimitSemaphore, ServerQuota, WindowSpec
from instagram_async.session import Call, Session, Wire
from instagram_async.transport import Tally
from tests.support.offline import COMMENTS, LIKES, Line, html, offline, reply
from tests.support.virtual import VirtualClock, run

SECRET = "6dc1787668c64c939929c17683d7cb74"
TOKEN = "fb2e77d.47a0479900504cb3ab4a1f626d174d2d"


def test_the_steps_come_in_order_and_again_for_a_retry() -> None:
    steps: list[str] = []

    class Store:
        """Closed at first: whoever signs before the grant signs too early."""

    def windows(family: str | None) -> tuple[WindowSpec, ...]:
        steps.append(f"gate {family}")
        return (WindowSpec("w", 100, 60.0),)

    def sign(call: Call[object]) -> Request:
        steps.append("sign")
        return Request(call.method, f"http://h/{call.path}")

    def carry(request: Request) -> Response:
        steps.append(f"transport {request.url}")
        return Response(200, {}, b"")

    def quota(response: Response) -> ServerQuota:
        steps.append("quota")
        return ServerQuota()

    def read(response: Response) -> str | InstagramError:
        steps.append("decode")
        return failures.pop() if failures else "value"

    from instagram_async import ServerError

    failures: list[InstagramError] = [ServerError("once", "op", 503)]
    clock = VirtualClock()
    session = Session(
        Line(carry, carry),
        RateLimitSemaphore(1, clock=clock),
        Lifecycle(),
        Wire(sign, quota, windows),
        Retry(),
        Timeout(),
        None,
        Hooks(on_retry=lambda event: steps.append("retry")),
    )
    tally = Tally()
    call = Call("op", "GET", "a", read, family="likes")
    assert run(session.send(call, tally)) == "value"
    attempt = ["gate likes", "sign", "transport http://h/a", "quota", "decode"]
    assert steps == [*attempt, "retry", *attempt]
    assert tally.requests == 2
