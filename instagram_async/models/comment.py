"""Comments; a caption is a comment too."""

from __future__ import annotations

from attrs import frozen

from instagram_async.models.fields import Instant
from instagram_async.models.user import UserSummary


@frozen(kw_only=True)
class Comment:
    """A comment on a media, or its caption (reference B.5).

    Attributes:
        id: digits.
        created_time: when it was written, aware, UTC.
        text: what it says.
        author: who wrote it; the wire calls this key `from`.

    Example:
        >>> from datetime import UTC, datetime
        >>> Comment(id="7", created_time=datetime(2015, 9, 12, tzinfo=UTC), text="hi").text
        'hi'
    """

    id: str
    created_time: Instant
    text: str = ""
    author: UserSummary | None = None
