"""The gallery's grid in a browser, against the same cards all in the page."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.report import Result, progress
from instagram_async.gallery import write_site
from instagram_async.testing import make_media
from tests.support.chromium import CHROMIUM, browser

_NEWEST = datetime(2015, 9, 20, tzinfo=UTC)
_SIZE = "--window-size=1600,1000"
_PATIENCE = 600  # seconds: what has all cards in the page takes minutes

# All cards of the page, as on paper, in the grid's place.
_ALL_IN_PAGE = """
dispatchEvent(new Event('beforeprint'));
document.getElementById('grid').style.display = 'none';
const sheet = document.getElementById('sheet');
sheet.style.cssText = 'display: grid; gap: 14px; list-style: none; margin: 0; padding: 0;'
  + 'grid-template-columns: repeat(auto-fill, minmax(210px, 1fr))';
for (const card of sheet.children) card.style.cssText = %s;
"""
_WAYS: Mapping[str, str] = {
    "ours": "",
    "all cards": _ALL_IN_PAGE % "''",
    "all cards, content-visibility: auto": _ALL_IN_PAGE
    % "'content-visibility: auto; contain-intrinsic-size: auto 310px'",
}

# Scrolls to the end, half a screen a picture, and tells what that took.
_SCROLL = """
(async () => {
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => task.duration)))
    .observe({ type: 'longtask' });
  const list = document.getElementById('sheet') ?? document.getElementById('grid');
  let most = 0;
  const end = () => document.documentElement.scrollHeight - innerHeight;
  const picture = () => new Promise((next) => requestAnimationFrame(next));
  const began = performance.now();
  let pictures = 0;
  for (let top = 0; top < end(); top += innerHeight / 2) {
    scrollTo(0, top);
    await picture();
    pictures += 1;
    if (pictures % 20 === 1) {
      let nodes = -1;
      for (const walk = document.createNodeIterator(list); walk.nextNode();) nodes += 1;
      most = Math.max(most, nodes);
    }
  }
  await new Promise((next) => setTimeout(next, 300));
  const seconds = (performance.now() - began - 300) / 1000;
  return { nodes: most, longest: Math.max(0, ...tasks), long: tasks.length, pictures, seconds };
})()
"""
_MAKE = """
(() => {
  const began = performance.now();
  %s;
  document.body.offsetHeight;
  return performance.now() - began;
})()
"""


def measure(*, quick: bool) -> Result | None:
    """Run the benchmark; nothing is measured where there is no chromium.

    Args:
        quick: a tenth of the media; the figures are then rough.

    Returns:
        Nodes of cards in the page, and what scrolling through it took.
    """
    if CHROMIUM is None:
        print("gallery: there is no chromium here")
        return None
    count = 1_000 if quick else 10_000
    with tempfile.TemporaryDirectory() as folder, progress("gallery", len(_WAYS)) as step:
        page = _page(Path(folder), count)
        rows = []
        for number, (name, change) in enumerate(_WAYS.items()):
            got = asyncio.run(_scrolled(page, Path(folder) / f"profile-{number}", change))
            rows.append(_row(name, got))
            step()
    return Result(
        "gallery",
        f"{count:,} media without pictures, window 1600 x 1000, headless chromium: scrolled by a "
        "script to the end, half a screen a picture. A task counts as long from 50 ms on, and "
        "0 is none. Made: to put the cards there, once the page is loaded.",
        ("", "nodes of cards", "made in ms", "longest task in ms", "long tasks", "pictures/s"),
        rows,
        ("instagram-async",),
    )


def _page(folder: Path, count: int) -> Path:
    times = (_NEWEST - timedelta(hours=5 * number) for number in range(count))
    media = (
        make_media(number, created_time=at, caption=f"number {number} #snow")
        for number, at in enumerate(times, 1)
    )
    return write_site(media, folder / "site").page


async def _scrolled(page: Path, profile: Path, change: str) -> dict[str, Any]:
    async with browser(profile, _SIZE, patience=_PATIENCE) as tab:
        await tab.open(page.as_uri())
        await asyncio.sleep(1)
        made = await tab.evaluate(_MAKE % (change or "grid.show(shown, isAlone)"))
        got: dict[str, Any] = await tab.evaluate(_SCROLL, waits=True)
        return got | {"made": made}


def _row(name: str, got: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        name,
        f"{got['nodes']:,}",
        f"{got['made']:.0f}",
        f"{got['longest']:.0f}",
        str(got["long"]),
        f"{got['pictures'] / got['seconds']:.0f}",
    )
