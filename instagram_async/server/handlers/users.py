"""The section users of the API (reference A.7)."""

from __future__ import annotations

from instagram_async.models import User
from instagram_async.server.call import Body, Call, entity, listing
from instagram_async.server.replies import RefusedError, page, refusal
from instagram_async.v1.structure import unstructure

_DEFAULT, _MOST = 20, 33


def user(call: Call) -> Body:
    """`GET users/{id}`: one user (reference A.7, 21)."""
    return entity(unstructure(_asked_for(call)))


def recent(call: Call) -> Body:
    """`GET users/{id}/media/recent`: a user's media, newest first (reference A.7, 22).

    `max_id` and `min_id` leave out the media they name, which for `min_id` the reference
    leaves open (H); both timestamps let in the second they name.
    """
    media, more = call.world.recent(
        _asked_for(call).id,
        count=call.count(default=_DEFAULT, most=_MOST),
        max_id=call.pk("max_id"),
        min_id=call.pk("min_id"),
        min_timestamp=call.number("min_timestamp"),
        max_timestamp=call.number("max_timestamp"),
    )
    return listing(unstructure(media), call.pagination(media[-1].id if more else None))


def _asked_for(call: Call) -> User:
    user_id = call.params["id"]
    if not (user_id.isascii() and user_id.isdecimal()):
        raise RefusedError(page(400))
    found = call.world.user(user_id)
    if found is None:
        raise RefusedError(refusal("APINotFoundError", "this user does not exist"))
    return found
