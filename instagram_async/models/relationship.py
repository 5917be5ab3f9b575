"""How two users stand to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from typing import Literal

    OutgoingStatus = Literal["follows", "requested", "none"] | str
    IncomingStatus = Literal["followed_by", "requested_by", "blocked_by_you", "none"] | str
else:
    OutgoingStatus = IncomingStatus = str


@frozen(kw_only=True)
class Relationship:
    """The relationship of the token's owner to another user (reference B.7).

    Attributes:
        outgoing_status: what you are to him: `follows`, `requested`, `none`.
        incoming_status: what he is to you: `followed_by`, `requested_by`,
            `blocked_by_you`, `none`; `None` where a reply leaves it out.
        target_user_is_private: whether his account is private, `None` where left out.

    Example:
        >>> Relationship(outgoing_status="follows").outgoing_status
        'follows'
    """

    outgoing_status: OutgoingStatus | None = None
    incoming_status: IncomingStatus | None = None
    target_user_is_private: bool | None = None
