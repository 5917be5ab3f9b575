"""The section relationships of the API (reference A.8)."""

from __future__ import annotations

from instagram_async.models import Relationship, UserSummary
from instagram_async.server.call import Call
from instagram_async.server.handlers.asked import open_user, user_of
from instagram_async.server.pages import Body, Page
from instagram_async.server.refusals import hidden, invalid
from instagram_async.server.replies import RefusedError
from instagram_async.server.world import World
from instagram_async.v1.structure import unstructure

_DEFAULT, _MOST = 50, 100
# What follows from these, the other side sees too (reference B.7).
_ACTIONS = {"follow": World.follow, "unfollow": World.unfollow}
_INCOMING_ACTIONS = {
    "block": World.block,
    "unblock": World.unblock,
    "approve": World.approve,
    "ignore": World.ignore,
}


def requested_by(call: Call) -> Page:
    """`GET users/self/requested-by`: who asks to follow one (reference A.8, 23)."""
    return Page(items=unstructure(call.view.requested_by(call.me)))


def followed_by(call: Call) -> Page:
    """`GET users/{id}/followed-by`: followers, the latest first (reference A.8, 24)."""
    user_id, cursor, count = open_user(call), call.number("cursor"), _count(call)
    return _page(call.view.followed_by(user_id, count=count, cursor=cursor))


def follows(call: Call) -> Page:
    """`GET users/{id}/follows`: whom somebody follows (reference A.8, 25)."""
    user_id, cursor, count = open_user(call), call.number("cursor"), _count(call)
    return _page(call.view.follows(user_id, count=count, cursor=cursor))


def relationship(call: Call) -> Body:
    """`GET users/{id}/relationship`: how somebody and one stand (reference A.8, 26)."""
    found = call.world.relationship(call.me, user_of(call).id)
    return {
        "outgoing_status": found.outgoing_status,
        "target_user_is_private": found.target_user_is_private,
        "incoming_status": found.incoming_status,
    }


def change(call: Call) -> Body:
    """`POST users/{id}/relationship`: one of the actions (reference A.8, 27)."""
    action, target = call.text("action"), user_of(call).id
    if action == "deny" and call.era.says_deny:
        action = "ignore"
    act = _ACTIONS.get(action) or _INCOMING_ACTIONS.get(action)
    if act is None:
        raise RefusedError(invalid("Invalid action parameter."))
    try:
        now: Relationship = act(call.world, call.me, target)
    except PermissionError:
        raise RefusedError(hidden()) from None
    except ValueError:
        raise RefusedError(invalid("You have no relationship to yourself.")) from None
    if action in _ACTIONS and not call.era.telling_writes:
        return {"outgoing_status": now.outgoing_status}
    return {"outgoing_status": now.outgoing_status, "incoming_status": now.incoming_status}


def _count(call: Call) -> int:
    return call.count(default=_DEFAULT, most=_MOST)


def _page(found: tuple[list[UserSummary], list[int], bool]) -> Page:
    people, places, more = found
    return Page(
        items=unstructure(people),
        start=str(places[0]) if places else None,
        next=str(places[-1]) if more else None,
    )
