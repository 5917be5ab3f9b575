"""The section users of the API (reference A.7)."""

from __future__ import annotations

from instagram_async.server.bounds import Bounds
from instagram_async.server.call import Call
from instagram_async.server.handlers.asked import by_id, open_user, user_of
from instagram_async.server.pages import Body, Page
from instagram_async.v1.structure import unstructure

_MEDIA_DEFAULT = 20
_PEOPLE = 50


def user(call: Call) -> Body:
    """`GET users/{id}`: one user; the profile of a private one too (reference A.7, 21)."""
    profile: Body = unstructure(user_of(call))
    return profile


def search(call: Call) -> Page:
    """`GET users/search`: people by their names, in 2015 one more than asked for (A.7, 18)."""
    count = call.count(default=_PEOPLE, most=_PEOPLE)
    count += call.era.one_more
    return Page(items=unstructure(call.view.search_users(call.text("q"), count=count)))


def feed(call: Call) -> Page:
    """`GET users/self/feed`: own media and those of whom one follows (reference A.7, 19)."""
    count = call.count(default=_MEDIA_DEFAULT, most=call.era.most_media)
    bounds = Bounds(max_id=call.pk("max_id"), min_id=call.pk("min_id"))
    return by_id(call, call.listings.feed(call.me, count=count, bounds=bounds))


def liked(call: Call) -> Page:
    """`GET users/self/media/liked`: what one likes, latest like first (reference A.7, 20)."""
    found = call.listings.liked(
        call.me,
        count=call.count(default=_MEDIA_DEFAULT, most=call.era.most_media),
        max_like_id=call.pk("max_like_id"),
    )
    return by_id(call, found, bare=True)


def recent(call: Call) -> Page:
    """`GET users/{id}/media/recent`: a user's media, newest first (reference A.7, 22)."""
    found = call.listings.recent(
        open_user(call),
        count=call.count(default=_MEDIA_DEFAULT, most=call.era.most_media),
        bounds=call.bounds(),
        viewer=call.viewer,
    )
    return by_id(call, found)
