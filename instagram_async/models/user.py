"""People: the full profile, the summary that stands in lists, the tag on a picture."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class UserSummary:
    """A user as media, comments, likes and lists of people show him (reference B.2).

    Attributes:
        id: digits; may be larger than 2**31.
        username: the name in links, without `@`.
        full_name: the display name, may be empty. Servers of 2011 leave it out.
        profile_picture: URL of the profile picture.

    Example:
        >>> UserSummary(id="25025320", username="instagram").username
        'instagram'
    """

    id: str
    username: str
    full_name: str = ""
    profile_picture: str | None = None


@frozen(kw_only=True)
class Counts:
    """How much a profile has of everything (reference B.3).

    Attributes:
        media: number of posts.
        followed_by: number of followers.
        follows: number of users followed.

    Example:
        >>> Counts(media=3).media
        3
    """

    media: int = 0
    followed_by: int = 0
    follows: int = 0


@frozen(kw_only=True)
class User:
    """A profile as `GET /users/{id}` shows it (reference B.3).

    Attributes:
        id: digits; may be larger than 2**31.
        username: the name in links, without `@`.
        full_name: the display name, may be empty.
        profile_picture: URL of the profile picture.
        bio: the profile's text, `""` when unset.
        website: the profile's link, `""` when unset.
        counts: numbers of media and people, or `None` where the server sends none
            (2011, and the reply of the OAuth exchange).
        is_business: sent since December 2017, `None` before.

    Example:
        >>> User(id="1", username="ann", counts=Counts(media=3)).counts.media
        3
    """

    id: str
    username: str
    full_name: str = ""
    profile_picture: str | None = None
    bio: str = ""
    website: str = ""
    counts: Counts | None = None
    is_business: bool | None = None


@frozen(kw_only=True)
class TaggedUser:
    """The user of a tag on a picture; from 2017 on only his name is sent (reference B.1).

    Attributes:
        username: the name in links, without `@`.
        id: digits, or `None` where only the name is sent.
        full_name: the display name, or `None` where only the name is sent.
        profile_picture: URL, or `None` where only the name is sent.

    Example:
        >>> TaggedUser(username="ann").id is None
        True
    """

    username: str
    id: str | None = None
    full_name: str | None = None
    profile_picture: str | None = None


@frozen(kw_only=True)
class Position:
    """Where on a picture a tag sits, as fractions of its width and height.

    Attributes:
        x: 0.0 is the left edge, 1.0 the right one.
        y: 0.0 is the top edge, 1.0 the bottom one.

    Example:
        >>> Position(x=0.5, y=0.25).x
        0.5
    """

    x: float
    y: float


@frozen(kw_only=True)
class UserInPhoto:
    """A user tagged on a picture (reference B.1).

    Attributes:
        user: who is tagged.
        position: where, or `None` if the server does not say.

    Example:
        >>> UserInPhoto(user=TaggedUser(username="ann")).position is None
        True
    """

    user: TaggedUser
    position: Position | None = None
