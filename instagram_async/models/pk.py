"""A media's number and its time: the upper bits of a pk are the millisecond of the post. Pure."""

from __future__ import annotations

LOW_BITS = 23
_EPOCH_MS = 1_314_220_021_721


def first_pk(ms: int) -> int:
    """The smallest pk of a millisecond.

    Args:
        ms: milliseconds since 1970; before August 2011 the result is negative.

    Example:
        >>> first_pk(1_314_220_021_722)
        8388608
    """
    return (ms - _EPOCH_MS) << LOW_BITS


def pk_ms(pk: int) -> int:
    """The millisecond, since 1970, in which a pk was given out.

    Example:
        >>> pk_ms(8388608)
        1314220021722
    """
    return (pk >> LOW_BITS) + _EPOCH_MS


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
    return pk + (ms << LOW_BITS)
