"""The faults that are answers in themselves."""

from __future__ import annotations

from instagram_async.server.era import Era
from instagram_async.server.faults import Fault
from instagram_async.server.limiter import Usage
from instagram_async.server.refusals import NO_CREDENTIALS, over_family_limit, over_limit
from instagram_async.server.replies import Reply, empty, page, refusal


def scripted(fault: Fault, usage: Usage, era: Era) -> Reply | None:
    """What a fault answers instead of carrying the request out.

    Args:
        fault: what happens.
        usage: how much of the limits is used.
        era: in whose words.

    Returns:
        The reply, `None` if the fault does something else.
    """
    match fault.kind:
        case "status":
            return page(fault.status) if fault.body == "html" else empty(fault.status)
        case "rate_limit":
            return over_limit(usage.limit, max(usage.used, usage.limit + 1), era)
        case "rate_limit_meta":
            used = max(usage.family_used, usage.family_limit + 1)
            return over_family_limit(usage.family_limit, used)
        case "meta_error":
            # On 19 May 2015 good calls were told this for a while (reference F, 32).
            return refusal("OAuthParameterException", NO_CREDENTIALS, status=200)
        case _:
            return None
