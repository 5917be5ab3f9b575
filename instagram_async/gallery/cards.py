"""What the page is told of each media, and no more. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from instagram_async.bulk.columns import clean
from instagram_async.models import Location, Media

Card = dict[str, Any]
_NOTHING: tuple[object, ...] = ("", [], None)
_LINKS = ("https://", "http://")


class Deck:
    """The media of a page, as the page's script reads them.

    A key that has nothing to say is left out. Half a letter is U+FFFD: a form and an address hold
    no other, and what is chosen there has to be found.

    Args:
        media: in any order; one that comes again counts once.
        files: addresses of the files of media, by their ids.

    Attributes:
        cards: the newest first.
        places: where they were taken; a card says the number of its place.
        authors: usernames of those who posted them.

    Example:
        >>> deck = Deck([media, media], {media.id: ["pictures/1.jpg"]})
        >>> [card["files"] for card in deck.cards], deck.authors == {media.user.username}
        ([['pictures/1.jpg']], True)
    """

    def __init__(self, media: Iterable[Media], files: Mapping[str, Sequence[str]]) -> None:
        self.places: list[Card] = []
        self.authors = set[str]()
        self._numbers: dict[str, int] = {}
        once = {one.id: one for one in media}.values()
        newest_first = sorted(once, key=lambda one: one.created_time, reverse=True)
        self.cards = [self._card(one, files.get(one.id, ())) for one in newest_first]

    def _card(self, media: Media, files: Sequence[str]) -> Card:
        self.authors.add(media.user.username)
        said = {
            "id": media.id,
            "time": int(media.created_time.timestamp()),
            "kind": media.type,
            "user": media.user.username,
            "name": media.user.full_name,
            "caption": media.caption.text if media.caption else "",
            "tags": list(dict.fromkeys(map(clean, media.tags))),
            "people": _tagged(media),
            "place": self._place(media.location),
            "likes": media.likes.count,
            "comments": media.comments.count,
            "link": media.link if media.link and media.link.startswith(_LINKS) else None,
            "files": list(files),
        }
        return _telling(said)

    def _place(self, location: Location | None) -> int | None:
        name = None if location is None else _name(location)
        if location is None or not name:
            return None
        key = location.id or name
        if key not in self._numbers:
            self._numbers[key] = len(self.places)
            self.places.append({"key": clean(key), "name": clean(name)})
        return self._numbers[key]


def _name(location: Location) -> str | None:
    """What a place is called; a point by its degrees."""
    if location.name:
        return location.name
    if location.latitude is not None and location.longitude is not None:
        return f"{location.latitude:.4f}, {location.longitude:.4f}"
    return location.id


def _tagged(media: Media) -> list[str]:
    """Usernames of those who are tagged on it, or on a part of it."""
    parts = (part.users_in_photo for part in media.carousel_media)
    tags = [tag for some in (media.users_in_photo, *parts) for tag in some]
    names = dict.fromkeys(tag.user.username for tag in tags)
    return [clean(name) for name in names if name != media.user.username]


def _telling(said: Card) -> Card:
    told = {name: value for name, value in said.items() if value not in _NOTHING}
    return {name: clean(value) if isinstance(value, str) else value for name, value in told.items()}
