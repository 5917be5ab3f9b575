"""The part of a world that an application in its sandbox sees (reference C.3)."""

from __future__ import annotations

from instagram_async.server.sandbox.labels import LabelsOfSandbox
from instagram_async.server.sandbox.people import PeopleOfSandbox
from instagram_async.server.sandbox.posts import PostsOfSandbox
from instagram_async.server.world import World


class Sandbox(PeopleOfSandbox, PostsOfSandbox, LabelsOfSandbox):
    """A world as if there were only some of its users, and the newest 20 media of each.

    Its methods are those of `World` that read, and say what those say. Counts are of what
    there is in it: a user's media, followers and whom he follows, a media's likes and comments.

    Args:
        world: the whole world.
        invited: ids of the users that there are.
    """


View = World | Sandbox
"""What an application sees."""
