"""Who carries out which row of the operation table."""

from __future__ import annotations

from instagram_async.server.handlers import (
    comments,
    likes,
    locations,
    media,
    relationships,
    tags,
    users,
)
from instagram_async.server.pages import by_tag_id
from instagram_async.server.route import Route
from instagram_async.v1 import operations as table

ROUTES = (
    Route(operation=table.USER, handler=users.user, takes_self=True),
    Route(operation=table.USER_SEARCH, handler=users.search),
    Route(operation=table.USER_FEED, handler=users.feed),
    Route(operation=table.USER_LIKED, handler=users.liked),
    Route(operation=table.USER_RECENT, handler=users.recent, takes_self=True),
    Route(operation=table.USER_REQUESTED_BY, handler=relationships.requested_by),
    Route(operation=table.USER_FOLLOWED_BY, handler=relationships.followed_by, takes_self=True),
    Route(operation=table.USER_FOLLOWS, handler=relationships.follows, takes_self=True),
    Route(operation=table.RELATIONSHIP, handler=relationships.relationship),
    Route(operation=table.CHANGE_RELATIONSHIP, handler=relationships.change),
    Route(operation=table.MEDIA, handler=media.media),
    Route(operation=table.MEDIA_SHORTCODE, handler=media.shortcode),
    Route(operation=table.MEDIA_SEARCH, handler=media.search),
    Route(operation=table.MEDIA_POPULAR, handler=media.popular),
    Route(operation=table.MEDIA_COMMENTS, handler=comments.comments),
    Route(operation=table.CREATE_COMMENT, handler=comments.create),
    Route(operation=table.DELETE_COMMENT, handler=comments.delete),
    Route(operation=table.MEDIA_LIKES, handler=likes.likes),
    Route(operation=table.LIKE, handler=likes.like),
    Route(operation=table.UNLIKE, handler=likes.unlike),
    Route(operation=table.TAG_SEARCH, handler=tags.search),
    Route(operation=table.TAG, handler=tags.tag),
    Route(operation=table.TAG_RECENT, handler=tags.recent, pagination=by_tag_id),
    Route(operation=table.LOCATION_SEARCH, handler=locations.search),
    Route(operation=table.LOCATION, handler=locations.location),
    Route(operation=table.LOCATION_RECENT, handler=locations.recent),
    Route(operation=table.GEOGRAPHY_RECENT, handler=locations.geography),
)
"""All operations of the table, in its order."""
