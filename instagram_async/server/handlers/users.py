"""The section users of the API (reference A.7)."""

from __future__ import annotations

from instagram_async.server.bounds import Bounds
from instagram_async.server.call import Call
from instagram_async.server.handlers.asked import by_id, open_user, user_of
from instagram_async.server.pages import Body, Page
from instagram_async.v1.structure import unstructure

_MEDIA_DEFAULT, _MEDIA_MOST = 20, 33
_PEOPLE = 50


def user(call: Call) -> Body:
    """`GET users/{id}`: one user; the profile of a private one too (reference A.7, 21)."""
    profile: Body = unstructure(user_of(call))
    return profile


def search(call: Call) -> Page:
    """`GET users/search`: people by their names, one more than asked for (A.7, 18)."""
    count = call.count(default=_PEOPLE, most=_PEOPLE)
    return Page(items=unstructure(call.world.search_users(call.text("q"), count=count + 1)))


def feed(call: Call) -> Page:
    """`GET users/self/feed`: own media and those of whom one follows (reference A.7, 19)."""
    count = call.count(default=_MEDIA_DEFAULT, most=_MEDIA_MOST)
    bounds = Bounds(max_id=call.pk("max_id"), min_id=call.pk("min_id"))
    return by_id(call, call.world.listings.feed(call.me, count=count, bounds=bounds))


def liked(call: Call) -> Page:
    """`GET users/self/media/liked`: what one likes, latest like first (reference A.7, 20)."""
    found = call.world.listings.liked(
        call.me,
        count=call.count(default=_MEDIA_DEFAULT, most=_MEDIA_MOST),
        max_like_id=call.pk("max_like_id"),
    )
    return by_id(call, found, bare=True)


def recent(call: Call) -> Page:
    """`GET users/{id}/media/recent`: a user's media, newest first (reference A.7, 22)."""
    found = call.world.listings.recent(
        open_user(call),
        count=call.count(default=_MEDIA_DEFAULT, most=_MEDIA_MOST),
        bounds=call.bounds(),
        viewer=call.viewer,
    )
    return by_id(call, found)
