"""People and how they stand to each other."""

from __future__ import annotations

from typing import Unpack

from instagram_async.models import Counts, Relationship, User, UserSummary
from instagram_async.testing.factories.fields import (
    RelationshipFields,
    SummaryFields,
    UserFields,
    merged,
)
from instagram_async.testing.factories.pictures import CDN

_FIRST_ID = 1_000_000


def make_user(number: int = 1, /, **fields: Unpack[UserFields]) -> User:
    """Make a profile.

    Args:
        number: another number is another user; the same one is always the same.
        **fields: what is to be otherwise, fields of `User`.

    Example:
        >>> from instagram_async.testing import make_user
        >>> ann = make_user(7, bio="up early")
        >>> ann.id, ann.username, ann.bio
        ('1000007', 'user_7', 'up early')
    """
    made = {**_summary(number), "counts": Counts()}
    return User(**merged(made, fields))


def make_user_summary(number: int = 1, /, **fields: Unpack[SummaryFields]) -> UserSummary:
    """Make the short form of the user that `make_user` makes of the same number.

    Args:
        number: another number is another user; the same one is always the same.
        **fields: what is to be otherwise, fields of `UserSummary`.

    Example:
        >>> from instagram_async.testing import make_user, make_user_summary
        >>> make_user_summary(7).id == make_user(7).id
        True
    """
    return UserSummary(**merged(_summary(number), fields))


def make_relationship(**fields: Unpack[RelationshipFields]) -> Relationship:
    """Make a relationship, of strangers if nothing is given.

    Args:
        **fields: what is to be otherwise, fields of `Relationship`.

    Example:
        >>> from instagram_async.testing import make_relationship
        >>> make_relationship(outgoing_status="follows").incoming_status
        'none'
    """
    made = {
        "outgoing_status": "none",
        "incoming_status": "none",
        "target_user_is_private": False,
    }
    return Relationship(**merged(made, fields))


def shortened(user: User | UserSummary) -> UserSummary:
    """A user as media and comments show him."""
    if isinstance(user, UserSummary):
        return user
    return UserSummary(
        id=user.id,
        username=user.username,
        full_name=user.full_name,
        profile_picture=user.profile_picture,
    )


def _summary(number: int) -> dict[str, str]:
    return {
        "id": str(_FIRST_ID + number),
        "username": f"user_{number}",
        "full_name": f"User {number}",
        "profile_picture": f"{CDN}/profiles/user_{number}.jpg",
    }
