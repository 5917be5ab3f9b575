"""The parameters of requests, in the query or in a form."""

from __future__ import annotations

from aiohttp import web


async def parameters(request: web.Request) -> dict[str, str]:
    """What a request asks with (reference A).

    Args:
        request: as it came.

    Returns:
        The parameters of the query, and of a `POST` those of its body too, which count
        where both have one. A body without the Content-Type of a form has none, nor has
        one that can't be read.
    """
    given = dict(request.query)
    if request.method != "POST":
        return given
    try:
        form = await request.post()
    except (ValueError, LookupError):  # such as bytes that are no UTF-8, an unknown charset
        return given
    return given | {name: value for name, value in form.items() if isinstance(value, str)}
