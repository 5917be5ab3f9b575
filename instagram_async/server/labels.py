"""The tags and places of a seeded world's media."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from instagram_async.models import Location
from instagram_async.models.pk import later
from instagram_async.server import phrases

Labels = tuple[Mapping[str, int], Location | None]
"""Tags with the ids under which the media carries them, and the place."""

_FIRST_PLACE = 4000
_LONGEST_DELAY = 30 * 86_400_000  # ms
PLACES = tuple(
    Location(id=str(_FIRST_PLACE + number), name=name, latitude=latitude, longitude=longitude)
    for number, (name, latitude, longitude) in enumerate(phrases.PLACES)
)
"""All places that media are of."""


def draw_labels(seed: int, pk: int) -> Labels:
    """Draw a media's tags and place; cheap, since all media have them drawn at once.

    Args:
        seed: of the world.
        pk: the media's number.

    Returns:
        The tags with their ids, and the place. The id is the pk, unless the tag was
        applied up to 30 days later, by an edited caption.
    """
    rng = Random(f"{seed}/labels/{pk}")  # noqa: S311 - a game, not a secret
    names = rng.sample(phrases.TAGS, rng.choice((0, 0, 1, 2, 4)))
    tags = {name: pk if rng.random() < 0.9 else _late(rng, pk) for name in names}
    whole = rng.choice(PLACES)
    partial = Location(latitude=whole.latitude, longitude=whole.longitude)
    return tags, rng.choices((None, whole, partial), (14, 4, 1))[0]


def _late(rng: Random, pk: int) -> int:
    return later(pk, rng.randrange(1, _LONGEST_DELAY))
