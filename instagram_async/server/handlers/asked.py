"""What a request is about, found in the world or refused; and how media are shown."""

from __future__ import annotations

from collections.abc import Sequence

from instagram_async.models import Media, User
from instagram_async.server.call import Call
from instagram_async.server.pages import Page
from instagram_async.server.refusals import age_gated, hidden, malformed, unknown
from instagram_async.server.replies import RefusedError
from instagram_async.server.world.listings import Cut
from instagram_async.server.written import Written


def digits(call: Call) -> str:
    """The id in the path.

    Raises:
        RefusedError: it does not consist of digits.
    """
    text = call.params["id"]
    if not (text.isascii() and text.isdecimal()):
        raise RefusedError(malformed())
    return text


def user_of(call: Call) -> User:
    """The user whom the path names.

    Raises:
        RefusedError: there is none, or only adults may see him, or the id is malformed.
    """
    found = call.view.user(digits(call))
    if found is None:
        raise RefusedError(unknown("this user does not exist"))
    if found.id != call.viewer and call.world.is_age_gated(found.id):
        raise RefusedError(age_gated())
    return found


def open_user(call: Call) -> str:
    """Id of the user whom the path names, whose things the asker may see.

    Raises:
        RefusedError: there is no such user, or he is private or has blocked the asker.
    """
    user = user_of(call)
    if not call.world.can_view(call.viewer, user.id):
        raise RefusedError(hidden())
    return user.id


def media_of(call: Call, reason: str = "you cannot view this resource") -> Media:
    """The media that the path names.

    Args:
        call: what was asked.
        reason: why not, if its user is private or has blocked the asker.

    Raises:
        RefusedError: there is none that the asker may see, or the id is malformed.
    """
    try:
        found = call.view.media(call.params["id"], viewer=call.viewer)
    except ValueError:
        raise RefusedError(malformed()) from None
    return visible(call, found, reason)


def visible(
    call: Call, media: Media | None, reason: str = "you cannot view this resource"
) -> Media:
    """A media that was found, if the asker may see it; see `media_of`."""
    if media is None:
        raise RefusedError(unknown("invalid media id"))
    if not call.world.can_view(call.viewer, media.user.id):
        is_gated = call.world.is_age_gated(media.user.id)
        raise RefusedError(age_gated() if is_gated else hidden(reason))
    return media


def shown(call: Call, media: Sequence[Written]) -> list[Written]:
    """Those media that the asker may see, so that pages may be short."""
    owners = {one.owner for one in media}
    open_ = {owner for owner in owners if call.world.can_view(call.viewer, owner)}
    return [one for one in media if one.owner in open_]


def by_id(call: Call, found: Cut, *, bare: bool = False) -> Page:
    """A page of media whose cursor is the id of the last one.

    Args:
        call: what was asked.
        found: the media, and whether there are more.
        bare: whether the cursor is the pk alone.
    """
    media, more = found
    ids = [one.id.partition("_")[0] if bare else one.id for one in media]
    return Page(
        items=shown(call, media),
        start=ids[0] if ids else None,
        next=ids[-1] if more else None,
    )
