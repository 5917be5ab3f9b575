"""The demo's words, the same for every view, and a server's text made safe to show."""

from __future__ import annotations

from attrs import frozen

from instagram_async import Media, Report, User
from instagram_async.cli.view import Account


@frozen
class Row:
    """A media as a line of text, every cell fit to be shown.

    Attributes:
        date: when it was posted, UTC.
        type: such as `image`.
        likes: how many.
        caption: the text under it, in one line.
        place: the name of where it was taken.
    """

    date: str
    type: str
    likes: str
    caption: str
    place: str


def row_of(media: Media) -> Row:
    """Make the row of a media.

    Args:
        media: what is shown.
    """
    return Row(
        f"{media.created_time:%Y-%m-%d %H:%M}",
        clean(media.type),
        str(media.likes.count),
        clean(media.caption.text if media.caption else ""),
        clean((media.location and media.location.name) or ""),
    )


def clean(text: str) -> str:
    """Make a server's text safe to show.

    Args:
        text: anything.

    Returns:
        It in one line, without control characters, escape sequences' introducers, marks
        that turn the direction of writing, and lone surrogates.
    """
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())


def title(user: User, total: int, base_url: str) -> str:
    """What stands above the media, such as `ann: 300 media, asked of http://...`."""
    return f"{clean(user.username)}: {total} media, asked of {base_url}"


def summary(account: Account) -> str:
    """What stands below the media: items, pages, requests, time and quota left."""
    text = counted(account.report, account.requests, account.quota, account.seconds)
    return text if account.report.complete else f"stopped after {text}"


def counted(report: Report, requests: int, quota: int | None, seconds: float | None = None) -> str:
    """What a listing came to, such as `70 items, 3 pages, 4 requests, quota left: 4996`.

    Args:
        report: the listing's own account.
        requests: how many were sent, others included.
        quota: what the server says is left of it.
        seconds: how long it took, `None` to leave that out.
    """
    parts = [
        plural(report.items, "item"),
        plural(report.pages, "page"),
        plural(requests, "request"),
        *([] if seconds is None else [f"{seconds:.2f} s"]),
        f"quota left: {'unknown' if quota is None else quota}",
    ]
    return ", ".join(parts)


def slowed(pace: float) -> str:
    """How the demo was slowed down, and how it would not be."""
    return f"slowed down to {pace:g} media a second, --pace 0 goes at full speed"


def plural(number: int, thing: str) -> str:
    """A number of things, such as `1 item`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
