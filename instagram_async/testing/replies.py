"""Replies written in advance, as v1 would send them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from multidict import CIMultiDict

from instagram_async.paging.cursor import PaginationKey
from instagram_async.transport import Request, Response
from instagram_async.v1.operations import OPERATIONS
from instagram_async.v1.structure import unstructure


def reply(
    data: Any,
    *,
    pagination: Mapping[str, Any] | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An ordinary reply of v1.

    Args:
        data: what stands under `data`: a model, a list of models, or anything that
            `json.dumps` takes.
        pagination: what stands under `pagination`, left out if not given.
        status: the HTTP status, and the code in `meta`.
        headers: the headers; look-ups do not care about case.

    Returns:
        The response.

    Example:
        >>> from instagram_async.testing import ScriptedTransport
        >>> ScriptedTransport.reply(Tag(name="snow", media_count=3)).body
        b'{"meta": {"code": 200}, "data": {"name": "snow", "media_count": 3}}'
    """
    body: dict[str, Any] = {"meta": {"code": status}, "data": unstructure(data)}
    if pagination is not None:
        body = {"pagination": dict(pagination), **body}
    return _response(status, headers, body)


def page(
    items: Iterable[Any],
    *,
    next: str | None = None,  # noqa: A002 - as `Page.next` is called
    headers: Mapping[str, str] | None = None,
) -> Callable[[Request], Response]:
    """One page of a listing, whichever listing asks for it.

    Args:
        items: models, or anything that `json.dumps` takes.
        next: the cursor of the next page, `None` on the last one. It is written under the
            key that the listing reads: `next_max_id`, `next_cursor` and so on.
        headers: the headers; look-ups do not care about case.

    Returns:
        A step for a script. When it is its turn it raises `AssertionError` if there is a
        `next` and the request is not for a listing that has next pages.

    Example:
        >>> from instagram_async.testing import ScriptedTransport, make_user_summary
        >>> people = [make_user_summary(number) for number in range(3)]
        >>> script = [
        ...     ScriptedTransport.page(people[:2], next="two"),
        ...     ScriptedTransport.page(people[2:]),
        ... ]
        >>> offline = Client("token", transport=ScriptedTransport(script))
        >>> len(await offline.user_follows("9").collect())
        3
    """
    listed = list(items)

    def answer(request: Request) -> Response:
        pagination = {} if next is None else {_key_of(request): next}
        return reply(listed, pagination=pagination, headers=headers)

    return answer


def refusal(
    error_type: str,
    message: str,
    status: int = 400,
    *,
    flat: bool = False,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An error of v1.

    Args:
        error_type: the server's name of it, such as `APINotFoundError`.
        message: the server's words; some errors are told by them.
        status: the HTTP status, and the code in the body.
        flat: whether it comes in the envelope without `meta`, as the general limit and
            errors of OAuth do (reference C.1).
        headers: the headers; look-ups do not care about case.

    Returns:
        The response.

    Example:
        >>> from instagram_async.testing import ScriptedTransport
        >>> gone = ScriptedTransport.refusal("APINotFoundError", "this user does not exist")
        >>> offline = Client("token", transport=ScriptedTransport([gone]))
        >>> try:
        ...     await offline.user("404")
        ... except NotFoundError as error:
        ...     print(error.status, error.message)
        400 this user does not exist
    """
    told = {"error_type": error_type, "code": status, "error_message": message}
    return _response(status, headers, told if flat else {"meta": told})


def _response(status: int, headers: Mapping[str, str] | None, body: Any) -> Response:
    return Response(status, CIMultiDict(headers or {}), json.dumps(body).encode())


def _key_of(request: Request) -> str:
    """The key under which the listing that a request asks for reads its cursor."""
    for operation in OPERATIONS:
        rule = operation.paging
        if isinstance(rule, PaginationKey) and rule.keys:
            path = re.escape(operation.template).replace(r"\{\}", "[^/]+")
            if re.search(f"/{path}$", request.url):
                return rule.keys[0]
    raise AssertionError(f"there is no next page for {request}")
