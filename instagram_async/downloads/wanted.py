"""Which files a media has."""

from __future__ import annotations

from attrs import field, frozen

from instagram_async.downloads.names import stem_of
from instagram_async.models import Media


@frozen
class Wanted:
    """A file to fetch; its text does not show where from.

    Attributes:
        stem: its name without the extension.
        url: where it is, as the server sent it.

    Example:
        >>> Wanted("64_9", "https://cdn.example/a.jpg?sig=5")
        Wanted(stem='64_9')
    """

    stem: str
    url: str = field(repr=False)


def wanted(media: Media) -> tuple[Wanted, ...]:
    """The best rendition of a media, or of each part of a carousel.

    Args:
        media: of a carousel whose parts are nowhere, its cover is taken.

    Returns:
        In the order of the carousel; nothing for a media without any rendition. A part
        without one is left out, and the others keep their numbers.

    Raises:
        TypeError: it is no media.

    Example:
        >>> wanted(media)[0].stem == media.id
        True
    """
    if not _is_media(media):
        raise TypeError(f"media must be a Media, not {type(media).__name__}")
    parts = [
        Wanted(stem_of(media.id, number), item.url)
        for number, item in enumerate(media.carousel_media, 1)
        if item.url
    ]
    if not parts and media.url:
        parts = [Wanted(stem_of(media.id), media.url)]
    return tuple(parts)


def _is_media(value: object) -> bool:
    return isinstance(value, Media)
