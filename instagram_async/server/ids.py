"""Media numbers: the upper bits of a pk are the millisecond of the post."""

from __future__ import annotations

_LOW_BITS = 23
_EPOCH_MS = 1_314_220_021_721


def first_pk(ms: int) -> int:
    """The smallest pk of a millisecond.

    Args:
        ms: milliseconds since 1970; before August 2011 the result is negative.

    Example:
        >>> first_pk(1_314_220_021_722)
        8388608
    """
    return (ms - _EPOCH_MS) << _LOW_BITS


def pk_ms(pk: int) -> int:
    """The millisecond, since 1970, in which a pk was given out.

    Example:
        >>> pk_ms(8388608)
        1314220021722
    """
    return (pk >> _LOW_BITS) + _EPOCH_MS


def pk_second(pk: int) -> int:
    """The second, since 1970, in which a pk was given out.

    Example:
        >>> pk_second(8388608)
        1314220021
    """
    return pk_ms(pk) // 1000


def later(pk: int, ms: int) -> int:
    """The number with the same low bits some milliseconds later.

    Example:
        >>> pk_second(later(8388608, 5000))
        1314220026
    """
    return pk + (ms << _LOW_BITS)


def media_pk(media_id: str) -> int:
    """The pk of a media id.

    Args:
        media_id: `<pk>_<user id>` or only `<pk>`, decimal digits.

    Raises:
        ValueError: the text is no media id.

    Example:
        >>> media_pk("64_9")
        64
    """
    pk, mark, owner = media_id.partition("_")
    if not (media_id.isascii() and pk.isdecimal() and (owner.isdecimal() or not mark)):
        raise ValueError(f"{media_id!r:.40} is no media id")
    return int(pk)
