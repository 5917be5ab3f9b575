"""Listings that give the newest first, and what is posted to them between two runs of a job."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from instagram_async import Pager
from tests.support.hall import Hall
from tests.support.lists import NEXT_ID, OPAQUE, OWN_ID, Post, pk, second

BY_PK = evolve(OWN_ID, newest_first=True, axis=pk)
BY_SECOND = evolve(NEXT_ID, newest_first=True, axis=second)
BY_IDS = evolve(OPAQUE, newest_first=True)
RULES = {"pk": BY_PK, "second": BY_SECOND, "ids": BY_IDS}


def pagers(hall: Hall, rule: Any = BY_PK) -> dict[str, Pager[Post]]:
    return {key: hall.pager(key, rule) for key in hall.shown}


def post(hall: Hall, key: str, *pks: int) -> None:
    hall.shown[key].posts += [Post(number, number // 3) for number in pks]
