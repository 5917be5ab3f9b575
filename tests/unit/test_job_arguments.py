"""What a job refuses, and by which words."""

from __future__ import annotations

from math import inf, nan
from pathlib import Path
from typing import Any, cast

import pytest

from instagram_async import (
    Pager,
    bulk,
)
from tests.support.jobs import (
    Disk,
    asked,
    hall_of,
    job,
    once,
    shown,
)
from tests.support.lists import OPAQUE, listing


async def test_what_is_no_listing_is_told_by_its_key(tmp_path: Path) -> None:
    wrong: dict[str, Any] = {"x": 5}
    async with job(tmp_path, Disk()) as one:
        with pytest.raises(TypeError, match="the listing 'x' is no pager but int"):
            await one.run(wrong)
        with pytest.raises(TypeError, match="listings are pairs of key and pager, not Pager"):
            await one.run(cast("Any", [Pager(listing(OPAQUE), cast("Any", None))]))
    async with bulk.merge(wrong) as results:
        with pytest.raises(TypeError, match="the listing 'x' is no pager but int"):
            await anext(results)


async def test_a_key_stands_for_one_listing(tmp_path: Path) -> None:
    hall, disk = hall_of(shown("a", 9), shown("b", 9)), Disk()
    await once(tmp_path, disk, {"a": hall.pager("a")})
    with pytest.raises(ValueError) as caught:
        await once(tmp_path, disk, {"a": hall.pager("b")})
    assert str(caught.value) == (
        f"the key 'a' is GET things/a in the ledger {tmp_path / 'ledger.db'}, not GET things/b"
    )
    bigger = hall.pager("a")
    hall.shown["a"].count = 9
    assert (await once(tmp_path, disk, {"a": bigger})).over == 1  # the size of a page is no part


async def test_bad_listings_are_told(tmp_path: Path) -> None:
    hall = hall_of(shown("a", 9))
    async with job(tmp_path, Disk()) as one:
        with pytest.raises(TypeError, match="the key of a listing must be text, not 7"):
            await one.run({7: hall.pager("a")})  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="two listings at once have the key 'a'"):
            await one.run([("a", hall.pager("a")), ("a", hall.pager("a"))])
        for wrong in (0, True, 1.5):
            with pytest.raises(ValueError, match="concurrency must be a whole number from 1 on"):
                await one.run({}, concurrency=wrong)  # type: ignore[arg-type]
        for seconds in (-1, nan, inf):
            with pytest.raises(ValueError, match="progress_every must be finite and not negative"):
                await one.run({}, progress_every=seconds)
        for no_number in ("1", True, None):
            with pytest.raises(TypeError, match="progress_every must be a number of seconds, not"):
                await one.run({}, progress_every=no_number)  # type: ignore[arg-type]

        async def tell(_: object) -> None: ...

        for no_function in (tell, 7):
            with pytest.raises(TypeError, match="on_progress must be a plain function, not"):
                await one.run({}, on_progress=no_function)  # type: ignore[arg-type]
        report = await one.run([("b", hall.pager("a"))] * 2, concurrency=1)
        assert (report.listings, report.over, report.items) == (2, 2, 9)


async def test_a_key_with_half_a_letter_is_refused_before_anything_is_asked_for(
    tmp_path: Path,
) -> None:
    hall, disk = hall_of(shown("a", 9)), Disk()
    async with job(tmp_path, disk) as one:
        with pytest.raises(ValueError, match=r"the key of a listing must be .*, not 'x\\ud800'"):
            await one.run({"x\ud800": hall.pager("a")})
        assert asked(hall) == 0
        assert (await one.run({"x\U0001f600\0": hall.pager("a")})).items == 9
