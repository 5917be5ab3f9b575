"""Faults that are answers in themselves: the request is not carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from instagram_async.server.era import Era
from instagram_async.server.faults.fault import Fault
from instagram_async.server.faults.kinds import FaultKind
from instagram_async.server.limiter import Usage
from instagram_async.server.refusals import NO_CREDENTIALS, over_family_limit, over_limit
from instagram_async.server.replies import Reply, empty, flat, page, refusal

_Act = Callable[[Fault, Usage, Era], Reply]


def scripted(fault: Fault | None, usage: Usage, era: Era) -> Reply | None:
    """What a fault answers instead of carrying the request out.

    Args:
        fault: what happens to the request, `None` if nothing does.
        usage: how much of the limits is used.
        era: in whose words.

    Returns:
        The reply, `None` if the fault does something else.
    """
    act = ANSWERS.get(fault.kind) if fault else None
    return act(fault, usage, era) if fault and act else None


def _status(fault: Fault, _: Usage, __: Era) -> Reply:
    return page(fault.status) if fault.body == "html" else empty(fault.status)


def _over_limit(_: Fault, usage: Usage, era: Era) -> Reply:
    return over_limit(usage.limit, max(usage.used, usage.limit + 1), era)


def _over_family_limit(_: Fault, usage: Usage, __: Era) -> Reply:
    used = max(usage.family_used, usage.family_limit + 1)
    return over_family_limit(usage.family_limit, used)


def _meta_error(_: Fault, __: Usage, ___: Era) -> Reply:
    # On 19 May 2015 good calls were told this for a while (reference F, 32).
    return refusal("OAuthParameterException", NO_CREDENTIALS, status=200)


def _error(fault: Fault, _: Usage, __: Era) -> Reply:
    tell = flat if fault.flat else refusal
    return tell(fault.error_type, fault.message, code=fault.code)


def _redirect(_: Fault, __: Usage, ___: Era) -> Reply:
    return empty(302)


ANSWERS: Mapping[FaultKind, _Act] = {
    "status": _status,
    "rate_limit": _over_limit,
    "rate_limit_meta": _over_family_limit,
    "rate_storm": _over_limit,
    "meta_error": _meta_error,
    "error": _error,
    "redirect": _redirect,
}
"""The acts of this stage."""
