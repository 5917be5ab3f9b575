"""The benchmarks measure what they say: the page has its shape, and nothing of it is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from benchmarks import burst, gate
from benchmarks.limited import Counted
from benchmarks.page import SIZE, first, number_behind, numbered, template
from benchmarks.rivals.decoders import ours
from benchmarks.serve import compare
from benchmarks.truth import check
from instagram_async import Media


def _wire(page: bytes) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = json.loads(page)["data"]
    return data


def test_the_page_has_the_shape_of_the_recorded_ones() -> None:
    page = first()
    places = [media["location"] for media in _wire(page) if media["location"]]

    assert 95_000 < len(page) < 99_000
    assert len(_wire(page)) == SIZE
    assert len(places) == SIZE // 3
    assert all(type(place["id"]) is int for place in places)
    assert b"\\/" in page
    assert b"\\u" in page


def test_pages_follow_each_other_without_a_repeated_id() -> None:
    pages = [numbered(template(), at, "http://127.0.0.1:1", is_last=at == 2) for at in range(3)]
    replies = [json.loads(page) for page in pages]
    ids = [media["id"] for reply in replies for media in reply["data"]]

    assert len(set(ids)) == 3 * SIZE
    assert ids == sorted(ids, reverse=True)
    assert [reply["pagination"].get("next_max_id") for reply in replies] == [
        ids[SIZE - 1],
        ids[2 * SIZE - 1],
        None,
    ]
    assert [number_behind(ids[SIZE - 1]), number_behind(ids[2 * SIZE - 1])] == [1, 2]


def test_every_author_tag_and_instant_is_decoded() -> None:
    page = first()

    check(ours(page), _wire(page))


@pytest.mark.parametrize("loss", ["author", "tags", "created_time"])
def test_a_loss_is_noticed(loss: str) -> None:
    page = first()
    items = list(ours(page))
    at = next(at for at, media in enumerate(items) if media.caption and media.tags)
    items[at] = _without(items[at], loss)

    with pytest.raises(ValueError, match=items[at].id):
        check(items, _wire(page))


def _without(media: Media, loss: str) -> Media:
    if loss == "author":
        assert media.caption is not None
        return evolve(media, caption=evolve(media.caption, author=None))
    if loss == "tags":
        return evolve(media, tags=media.tags[1:])
    return evolve(media, created_time=media.created_time.replace(second=59))


def test_worlds_are_served_in_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSTAGRAM_ASYNC_WORLDS", str(tmp_path))
    for sizes, built in (((60, 90), "were seeded: 60 at"), ((90,), "were there already")):
        result = compare(sizes, 1, 0.2)
        media = [f"{size} media" for size in sizes]
        assert [row[0] for row in result.rows] == ["bare aiohttp.web", *media]
        assert all(float(row[1].replace(",", "")) > 10 for row in result.rows)
        assert built in result.measured


def test_the_gate_is_compared_with_others() -> None:
    """In rough figures; a rival that is not installed is said to be."""
    costs = {row[0]: row[1:] for row in gate.measure(quick=True).rows}
    bursts = burst.compare(21, 1, gap=0.05, ways=("near",))
    found = {row[0]: row[1:] for row in bursts.rows}
    rivals = {"aiolimiter", "pyrate-limiter", "limits"}

    assert costs["ours, 5000 an hour"][1] == "1.00"
    assert costs["asyncio.Semaphore"][2] == "1.0"
    assert costs.keys() > rivals
    assert bursts.columns == ("20 per 1 s", "near: most", "refused", "% used")
    assert found.keys() > rivals
    for name in ("ours", "ours, paced"):
        most, refused, used = map(int, found[name])
        assert 0 < most <= 20
        assert refused == 0
        assert 0 < used <= 100
    if found["aiolimiter"][0] != "not installed":
        assert float(costs["aiolimiter"][0]) > 0
        assert found["aiolimiter"][:2] == ["21", "1"]  # the bucket leaks before the window is over


def test_what_a_server_counted() -> None:
    arrivals, statuses = (0.0, 0.5, 0.9, 1.0, 2.0, 3.5), (200, 200, 429, 200, 200, 200)
    counted = Counted(arrivals, statuses, limit=2, per=1.0)

    assert counted.most == 3  # a window after its arrival a request is forgotten
    assert counted.refused == 1
    assert counted.used == 1.0 / ((1.0 + 1.5 + 2.5) / 3)
    assert Counted((0.0, 0.1), (200, 200), limit=2, per=1.0).used == 0.0


def test_the_decode_table_is_printed() -> None:
    command = [sys.executable, "-m", "benchmarks", "decode", "--quick"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    name, headings, ours_row, *_ = done.stdout.splitlines()

    assert name == "decode"
    assert headings.split()[:3] == ["us", "a", "page"]
    assert ours_row.split()[0] == "instagram_async"
    assert float(ours_row.split()[1]) > 0
