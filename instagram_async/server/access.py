"""The application of a server, what its users have allowed it, and what it may see."""

from __future__ import annotations

from collections.abc import Callable

from attrs import Factory, field, frozen

from instagram_async.server.app import MOST_INVITED, App
from instagram_async.server.codes import Codes, Permission
from instagram_async.server.sandbox import Sandbox, View
from instagram_async.server.tokens import Tokens, checked
from instagram_async.server.world import World
from instagram_async.v1.redirects import fits


def _invited(access: Access) -> tuple[str, ...]:
    if not access.app.sandbox:
        return ()
    return access.app.invited or tuple(user.id for user in access.world.users[:MOST_INVITED])


@frozen(kw_only=True)
class Access:
    """Gives out tokens and codes.

    Attributes:
        app: the application.
        world: who its users can be.
        tokens: the tokens it has.
        codes: the codes it may exchange.
        now: tells the time in seconds.
        invited: ids of the users of its sandbox; empty without a sandbox.
    """

    app: App
    world: World
    tokens: Tokens
    codes: Codes = field(factory=Codes)
    now: Callable[[], float]
    invited: tuple[str, ...] = field(init=False, default=Factory(_invited, takes_self=True))

    @property
    def view(self) -> View:
        """What the application sees of the world."""
        return Sandbox(self.world, self.invited) if self.app.sandbox else self.world

    def owner(self, user: str) -> str:
        """Id of a user who can allow the application something.

        Args:
            user: his id, `self` for the world's first user.

        Raises:
            LookupError: there is no such user, or he is not invited to the sandbox.
        """
        owner = self.world.self_id if user == "self" else user
        if self.view.user(owner) is None:
            raise LookupError(f"there is no user {user}{' in the sandbox' * self.app.sandbox}")
        return owner

    def token(self, user_id: str, scope: str) -> str:
        """The token of a user that there is.

        Raises:
            ValueError: there is no such scope.
        """
        realm = f"{self.world.self_id}/{self.app.client_id}"
        return self.tokens.issue(user_id, scope, realm=realm)

    def code(self, user_id: str, scope: str, redirect_uri: str) -> str:
        """A new code for what a user that there is has just allowed.

        Raises:
            ValueError: there is no such scope, or the address is none of the application's.
        """
        if not self.returns_to(redirect_uri):
            raise ValueError(f"{redirect_uri} is none of the app's redirect_uris")
        permission = Permission(user_id, checked(scope), redirect_uri)
        return self.codes.issue(permission, self.now())

    def returns_to(self, redirect_uri: str) -> bool:
        """Whether users may be sent to an address (reference D.1)."""
        registered = self.app.redirect_uris
        return not registered or any(fits(one, redirect_uri) for one in registered)
