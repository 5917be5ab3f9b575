"""What is new since a listing was over: who can be asked for it, and how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from instagram_async.bulk.merged import Listings, checked
from instagram_async.paging import Pager, checkpoint, watermark


def check(key: object, pager: Pager[Any]) -> None:
    """Refuse a listing that can't be refreshed.

    Args:
        key: its name.
        pager: how to read it.

    Raises:
        TypeError: it does not give the newest first.
        ValueError: it has a limit.
    """
    refused = f"the listing {key!r} can't be refreshed"
    try:
        watermark.check(pager.listing)
    except TypeError as error:
        raise TypeError(f"{refused}: {error}") from None
    if pager.at_most is not None:
        raise ValueError(f"{refused}: with a limit it would leave a gap behind what is new")


def check_all(listings: Listings[str, Any]) -> None:
    """Refuse what can't be refreshed before any of it is asked for, if all can be seen.

    Args:
        listings: what a job is to read; of a source that is no mapping nothing is drawn.

    Raises:
        TypeError: one does not give the newest first, or is no pager.
        ValueError: one has a limit.
    """
    if isinstance(listings, Mapping):
        for pair in cast("Mapping[str, Pager[Any]]", listings).items():
            check(*checked(pair))


def newer(pager: Pager[Any], mark: str | None) -> Pager[Any]:
    """What is newer than a watermark, wherever the pager began before.

    Args:
        pager: of a listing that was read to its end.
        mark: the watermark.
    """
    start = checkpoint.write(pager.listing, checkpoint.START)
    return pager.resume(start).since(mark)
