"""How each write that sets a state is asked of a scene, and when it is done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from attrs import frozen

from instagram_async import Client
from instagram_async.models import Relationship
from tests.support.matrix.scene import NEWEST, Scene


@frozen
class Write:
    """A write that sets a state.

    Attributes:
        prepare: brings about that there is something to do, and names to what.
        ask: asks for it.
        is_done: whether it is done.
    """

    prepare: Callable[[Scene], str]
    ask: Callable[[Client, str], Awaitable[object]]
    is_done: Callable[[Scene, str], bool]


def _unliked(there: Scene) -> str:
    there.world.unlike(NEWEST.id, there.me)
    return NEWEST.id


def _liked(there: Scene) -> str:
    there.world.like(NEWEST.id, there.me)
    return NEWEST.id


def _likes(there: Scene, media_id: str) -> bool:
    media = there.world.media(media_id, viewer=there.me)
    return media is not None and bool(media.user_has_liked)


def _commented(there: Scene) -> str:
    when = datetime.fromtimestamp(there.clock.now(), UTC)
    return there.world.comment(NEWEST.id, there.me, "before", when).id


def _person(there: Scene) -> str:
    return there.world.users[1].id


def _stranger(there: Scene) -> str:
    """Somebody who neither follows nor is followed."""
    who = _person(there)
    there.world.unblock(there.me, who)
    there.world.unfollow(there.me, who)
    there.world.unfollow(who, there.me)
    return who


def _followed(there: Scene) -> str:
    there.world.follow(there.me, who := _stranger(there))
    return who


def _blocked(there: Scene) -> str:
    there.world.block(there.me, who := _stranger(there))
    return who


def _asking(there: Scene) -> str:
    there.world.set_private(there.me, True)
    there.world.follow(who := _stranger(there), there.me)
    return who


def _tie(there: Scene, who: str) -> Relationship:
    return there.world.relationship(there.me, who)


WRITES: Mapping[str, Write] = {
    "like": Write(_unliked, Client.like, _likes),
    "unlike": Write(_liked, Client.unlike, lambda there, one: not _likes(there, one)),
    "delete_comment": Write(
        _commented,
        lambda client, cid: client.delete_comment(NEWEST.id, cid),
        lambda there, cid: there.world.find_comment(NEWEST.id, cid) is None,
    ),
    "follow": Write(
        _stranger, Client.follow, lambda there, who: _tie(there, who).outgoing_status == "follows"
    ),
    "unfollow": Write(
        _followed, Client.unfollow, lambda there, who: _tie(there, who).outgoing_status == "none"
    ),
    "block": Write(
        _stranger,
        Client.block,
        lambda there, who: _tie(there, who).incoming_status == "blocked_by_you",
    ),
    "unblock": Write(
        _blocked, Client.unblock, lambda there, who: _tie(there, who).incoming_status == "none"
    ),
    "approve": Write(
        _asking,
        Client.approve,
        lambda there, who: _tie(there, who).incoming_status == "followed_by",
    ),
    "ignore": Write(
        _asking, Client.ignore, lambda there, who: _tie(there, who).incoming_status == "none"
    ),
}
"""By the method of the client; six of them are actions of `change_relationship`."""
