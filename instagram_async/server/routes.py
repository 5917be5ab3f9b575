"""The operations that the server knows, one line each."""

from __future__ import annotations

from instagram_async.server import users
from instagram_async.server.call import Route

ROUTES = (
    Route(method="GET", path="users/{id}", handler=users.user),
    Route(method="GET", path="users/{id}/media/recent", handler=users.recent, cursor="max_id"),
)
