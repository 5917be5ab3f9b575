"""What files are called: by the id of their media, and by nothing else that a server says."""

from __future__ import annotations

import re
from hashlib import sha256

_ID = re.compile(r"[0-9]{1,24}(?:_[0-9]{1,24})?")


def stem_of(media_id: str, number: int | None = None) -> str:
    """The name of a file without its extension.

    An id as v1 has it stands there itself. Any other, whatever it says, stands there as a
    hash, so that a name is short, plain ASCII, and the name of one media alone.

    Args:
        media_id: as the server sent it.
        number: which part of a carousel, from 1; `None` for the media itself.

    Example:
        >>> stem_of("64_9"), stem_of("64_9", 2), stem_of("../../etc/passwd")[:12]
        ('64_9', '64_9-02', 'media-3754d6')
    """
    name = media_id if _ID.fullmatch(media_id) else f"media-{_digest(media_id)}"
    return name if number is None else f"{name}-{number:02d}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:40]
