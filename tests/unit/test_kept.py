"""What earlier versions have written down is read, and gone on with, by this one."""

from __future__ import annotations

import asyncio
import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from instagram_async import Media, SQLiteStore, __version__, bulk, unstructure
from instagram_async.cli import profiles
from instagram_async.quota.store import Grant
from instagram_async.server import World
from tests.support.kept import FOLDER, jobs, places
from tests.support.kept.answering import Answers, client, media
from tests.support.kept.databases import restore
from tests.support.kept.shared import NOW, PROFILE, WINDOWS

VERSIONS = sorted(path.name for path in FOLDER.iterdir())
PLACES: dict[str, dict[str, Any]] = {
    f"{version}: {place['listing']}": place
    for version in VERSIONS
    for place in json.loads((FOLDER / version / "places.json").read_text())
}
MARKED = {name: place for name, place in PLACES.items() if "watermark" in place}
EVERY_VERSION = pytest.mark.parametrize("kept", [FOLDER / version for version in VERSIONS])
EVERY_SINK = pytest.mark.parametrize("kind", jobs.SINKS)
TEN = [media(number).id for number in reversed(range(10))]
FIVE, REST = TEN[:5], TEN[5:]


def test_each_release_has_written_its_files() -> None:
    assert __version__ in VERSIONS or ".dev" in __version__


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
async def test_checkpoints_are_gone_on_with(place: dict[str, Any]) -> None:
    name = place["listing"]
    found = await places.behind(name, place["checkpoint"])
    assert found == {"asked": place["asked"], "rest": place["rest"]}
    assert found["rest"]


@pytest.mark.parametrize("place", MARKED.values(), ids=MARKED)
async def test_watermarks_tell_what_is_new(place: dict[str, Any]) -> None:
    name = place["listing"]
    assert await places.newer(name, place["watermark"]) == place["new"]
    assert await places.behind(name, place["marked"], 15) == place["later"]
    assert len(place["new"]) == len(place["later"]["rest"]) + 1 == 5


def rows(folder: Path, kind: str, key: str) -> list[Any]:
    return [row.item for row in jobs.SINKS[kind](folder).read(Media) if row.listing == key]


@EVERY_VERSION
@EVERY_SINK
def test_a_sinks_rows_come_back_equal(kept: Path, kind: str, tmp_path: Path) -> None:
    folder = jobs.lay_out(kept / kind, tmp_path / "job")
    assert [item.id for item in rows(folder, kind, "whole")] == TEN
    assert [item.id for item in rows(folder, kind, "half")] == FIVE
    for item in rows(folder, kind, "whole"):
        assert unstructure(item) == unstructure(media(TEN[::-1].index(item.id)))


@EVERY_VERSION
@EVERY_SINK
async def test_a_job_goes_on_and_then_asks_for_what_is_new(
    kept: Path, kind: str, tmp_path: Path
) -> None:
    folder, answers = jobs.lay_out(kept / kind, tmp_path / "job"), Answers()
    assert (await jobs.run(folder, kind, answers)).items == 5
    (asked,) = answers.asked
    assert asked.url.endswith("/users/2/media/recent")
    assert dict(asked.query)["max_id"] == FIVE[-1]
    assert [item.id for item in rows(folder, kind, "half")] == TEN
    new = [media(number).id for number in (11, 10)]
    assert (await jobs.run(folder, kind, Answers(12), refresh=True)).items == 4
    assert [item.id for item in rows(folder, kind, "whole")] == [*TEN, *new]


@EVERY_VERSION
def test_a_ledger_says_what_failed_and_where_its_listings_stand(kept: Path, tmp_path: Path) -> None:
    folder = jobs.lay_out(kept / "jsonlines", tmp_path / "job")
    job = bulk.Job(ledger=folder / jobs.LEDGER, sink=jobs.SINKS["jsonlines"](folder))
    failures = sorted(job.failures())
    assert [(one.key, one.error, one.path) for one in failures] == [
        ("gone", "NotFoundError", None),
        ("half", "TransportError", None),
        ("whole", "ResponseError", "data[5].id"),
        ("whole", "ResponseError", "data[5].id"),
    ]
    listings = jobs.listings(client(Answers()))
    assert aiter(listings["half"].resume(job.checkpoint("half"))).checkpoint
    assert job.watermark("half") is None
    assert listings["whole"].since(job.watermark("whole")).listing is not None


@EVERY_VERSION
def test_a_shared_quota_knows_what_was_sent(kept: Path, tmp_path: Path) -> None:
    path = restore(kept / "quota.sql", tmp_path / "quota.db")
    general, likes = WINDOWS

    async def scenario() -> None:
        async with SQLiteStore(path, clock=lambda: NOW + 10) as store:
            assert await store.take(WINDOWS, 0.0) == 3590.0
            levels = store.level(general, 0.0), store.level(likes, 0.0)
            assert [level.used for level in levels] == [2, 1]
            assert (levels[0].left, levels[0].limit) == (6, 5000)
            assert isinstance(await store.take(WINDOWS[:1], 0.0), Grant)
            assert await store.take(WINDOWS[:1], 0.0) == 3590.0

    asyncio.run(scenario())


@EVERY_VERSION
def test_a_world_holds_what_it_held(kept: Path, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in (kept / "world.jsonl").read_text().splitlines()]
    with World.open(restore(kept / "world.sql", tmp_path / "world.db")) as world:
        assert [json.loads(json.dumps(line)) for line in world.lines()] == lines
        assert world.is_banned("snow")
        me, other, third = (user.id for user in world.users)
        assert world.relationship(me, other).outgoing_status == "follows"
        assert world.relationship(me, third).incoming_status == "blocked_by_you"
        assert [
            one.text for one in world.comments(world.recent(me, count=1)[0][0].id, count=1)
        ] == ["lovely #light"]
    with closing(World.load(kept / "world.jsonl")) as loaded:
        assert loaded.self_id == me


@EVERY_VERSION
def test_a_profile_says_who_asks(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = profiles.path_of("kept")
    path.parent.mkdir()
    shutil.copy(kept / "profile.json", path)
    path.chmod(0o600)
    assert profiles.load("kept") == PROFILE
