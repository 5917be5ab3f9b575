"""Fills an empty store with the people of a seed, and with what they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice

from instagram_async.models import User
from instagram_async.server.labels import PLACES
from instagram_async.server.painter import Painter
from instagram_async.server.people import draw_people
from instagram_async.server.store.database import Database
from instagram_async.server.store.grid import cell_at
from instagram_async.server.store.schema import COUNTS
from instagram_async.server.ties import draw_ties, private_ranks
from instagram_async.server.times import draw_pks
from instagram_async.server.world.people import user_row
from instagram_async.server.world.places import place_row
from instagram_async.server.world.posts import INSERT, row_of

_OTHERS_MOST = 40
_SMALL, _KEPT = 1000, 8  # of the worlds that are kept to be copied
_AT_ONCE = 1000  # media, whose likes and tags are then written in one go
_GEOGRAPHY = (7001, PLACES[0].latitude, PLACES[0].longitude, 5_000.0)  # metres around it
_Drawn = tuple[int, int, str]


def drawn(seed: int, users: int, media: int) -> Database:
    """A store in memory, filled; media are painted when they are first looked at."""
    if users <= _SMALL and media <= _SMALL:
        return _template(seed, users, media).copy()  # tests make the same world again and again
    return _template.__wrapped__(seed, users, media)


@lru_cache(_KEPT)
def _template(seed: int, users: int, media: int) -> Database:
    database = Database.empty(is_bulk=True)
    fill(database, seed, users, media, paint=False)
    return database


def fill(database: Database, seed: int, users: int, media: int, *, paint: bool) -> None:
    """Fill a store that has no indexes yet; the same arguments fill it alike.

    Args:
        database: what to fill.
        seed: any number.
        users: how many people.
        media: how many media the first one has.
        paint: whether media are painted now, or when they are first looked at.
    """
    people = draw_people(seed, users)
    with database.writing():
        database.many("INSERT INTO facts VALUES (?, ?)", (("seed", str(seed)), ("people", users)))
        database.many(
            "INSERT INTO users (id, body, names) VALUES (?, ?, ?)",
            (user_row(one) for one in people),
        )
        _settle(database, seed, people)
        drawn = chain.from_iterable(
            ((pk, second, people[rank].id) for pk, second in draw_pks(seed, rank, wanted))
            for rank, wanted in enumerate(_shares(users, media))
        )
        painter = Painter(seed, people)
        while some := list(islice(drawn, _AT_ONCE)):
            _add_media(database, painter, some, paint=paint)
    database.finish()
    database.script(COUNTS)


def _shares(users: int, media: int) -> Iterator[int]:
    """How many media each person has."""
    most = min(media, _OTHERS_MOST)
    for rank in range(users):
        yield media if rank == 0 else most * (rank - 1) // max(1, users - 2)


def _settle(database: Database, seed: int, people: Sequence[User]) -> None:
    ties = (
        (people[tie.who].id, people[tie.whom].id, tie.asks, tie.tick)
        for tie in draw_ties(seed, len(people))
    )
    database.many("INSERT INTO ties VALUES (?, ?, ?, ?)", ties)
    private = ((people[rank].id,) for rank in private_ranks(len(people)))
    database.many("UPDATE users SET private = 1 WHERE id = ?", private)
    database.many(
        "INSERT INTO locations (id, body, cell, lat, lng) VALUES (?, ?, ?, ?, ?)",
        (place_row(place) for place in PLACES),
    )
    elsewhere = (
        (directory, number, place.id)
        for place in PLACES
        for directory, number in (
            ("facebook_places_id", f"10{place.id}"),
            ("foursquare_v2_id", f"4b0{place.id}f964a520"),
            ("foursquare_id", f"20{place.id}"),
        )
    )
    database.many("INSERT INTO listed VALUES (?, ?, ?)", elsewhere)
    database.run("INSERT INTO geographies VALUES (?, ?, ?, ?)", *_GEOGRAPHY)


def _add_media(database: Database, painter: Painter, some: list[_Drawn], *, paint: bool) -> None:
    rows, likes, tags = list[tuple[object, ...]](), list[_Drawn](), list[tuple[str, int, int]]()
    for pk, second, owner in some:
        labels, liked = painter.labels(pk), painter.likes(pk)
        likes.extend((pk, tick, who) for who, tick in liked.items())
        tags.extend((name, tag_id, pk) for name, tag_id in labels[0].items())
        count = painter.comment_count(pk)
        if paint:
            face = painter.dressed(pk, owner, labels, liked)
            rows.append(row_of(pk, face, second=second, last_comment=pk + count, is_drawn=True))
            continue
        place = labels[1]
        lat, lng = (place.latitude, place.longitude) if place else (None, None)
        number = place.id if place else None
        rows.append((pk, owner, f"{pk}_{owner}", second, len(liked), count, pk + count, False,
                     number, cell_at(lat, lng), lat, lng, None))  # fmt: skip
    database.many(INSERT, rows)
    database.many("INSERT INTO likes (pk, tick, who) VALUES (?, ?, ?)", likes)
    database.many("INSERT INTO tagged VALUES (?, ?, ?)", tags)
