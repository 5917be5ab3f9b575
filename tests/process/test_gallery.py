"""The gallery as a browser shows it, from a disk and without a network."""

from __future__ import annotations

from base64 import b64decode
from datetime import UTC, datetime, timedelta
from pathlib import Path

from instagram_async import Location, TaggedUser, UserInPhoto
from instagram_async.gallery import write_site
from instagram_async.testing import make_media, make_user
from tests.support.chromium import Tab, browser, needs_chromium

EVIL = '</script><script>alert(1)</script><img src=x onerror="alert(2)">\'"'
NEWEST = datetime(2015, 9, 20, 12, tzinfo=UTC)
GIF = b64decode("R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")
PEOPLE = [make_user(1, username="ann"), make_user(2, username=EVIL, full_name=EVIL)]
PLACES = [Location(id="1", name="Harbour"), Location(id="2", name=EVIL)]


def some_site(folder: Path) -> Path:
    """Sixty media: one a week, each third of the second person, each fifth with a tag."""
    pictures = folder / "pictures"
    pictures.mkdir()
    some = []
    for number in range(60):
        media = make_media(
            number + 1,
            carousel=2 if number == 1 else 0,
            user=PEOPLE[number % 3 == 2],
            created_time=NEWEST - timedelta(weeks=number),
            caption=f"number {number} {EVIL if number == 2 else ''} {'#snow' * (number % 5 == 0)}",
            location=PLACES[number % 2] if number < 10 else None,
            users_in_photo=(UserInPhoto(user=TaggedUser(username="cleo")),) if number == 7 else (),
        )
        some.append(media)
    (pictures / f"{some[0].id}.gif").write_bytes(GIF)
    (pictures / f"{some[1].id}-01.gif").write_bytes(GIF)
    (pictures / f"{some[1].id}-02.gif").write_bytes(GIF)
    (pictures / f"{some[3].id}.jpg").write_bytes(b"no picture")
    return write_site(some, folder, title=EVIL).page


async def cards(tab: Tab) -> list[str]:
    """What the cards in the page say, in the order of the media."""
    told = await tab.evaluate(
        "[...document.querySelectorAll('#grid li')].sort((a, b) => a.dataset.at - b.dataset.at)"
        ".map(card => card.querySelector('.caption').innerText)"
    )
    assert isinstance(told, list)
    return told


async def status(tab: Tab) -> str:
    told = await tab.evaluate("document.getElementById('status').innerText")
    assert isinstance(told, str)
    return told


async def pick(tab: Tab, name: str, value: str) -> str:
    """Choose something in the form; what is shown then."""
    before = await tab.evaluate("location.hash")
    await tab.evaluate(
        f"(field => {{ field.value = {value!r};"
        " field.dispatchEvent(new Event('input', {bubbles: true})); })"
        f"(document.getElementById('filters').elements.namedItem({name!r}))"
    )
    await tab.until(f"location.hash !== {before!r}")
    return await status(tab)


async def clear(tab: Tab) -> None:
    await tab.evaluate("document.querySelector('[type=reset]').click()")
    assert await status(tab) == "60 media"


@needs_chromium
async def test_media_are_found_opened_and_leafed_through(tmp_path: Path) -> None:
    page = some_site(tmp_path)
    async with browser(tmp_path / "profile", "--window-size=1280,900") as tab:
        await tab.open(page.as_uri())
        await harmless(tab)
        await searched(tab)
        await chosen(tab)
        await opened_by_keys(tab)
        await leafed_to_harm(tab)
        await seen_dark(tab)
        await printed(tab)
        picture = tmp_path / "gallery.png"  # to be looked at
        assert picture.write_bytes(await tab.screenshot()) > 20_000
        # What is no picture was tried, and is drawn.
        assert tab.complaints() == []


async def harmless(tab: Tab) -> None:
    assert await status(tab) == "60 media"
    assert (await cards(tab))[0].startswith("number 0")
    assert await tab.evaluate("document.title") == EVIL
    assert await tab.evaluate("document.querySelector('h1').innerText") == EVIL
    assert await tab.evaluate("document.scripts.length") == 2
    await tab.until("document.querySelectorAll('#grid .pictured').length === 2")


async def searched(tab: Tab) -> None:
    await tab.key("/")
    assert await tab.evaluate("document.activeElement.name") == "q"
    await tab.type("NUMBER 59")
    await tab.until("document.getElementById('status').innerText === '1 of 60 media'")
    await tab.key("Escape")
    await tab.until("document.getElementById('status').innerText === '60 media'")
    assert await pick(tab, "q", "@cleo") == "1 of 60 media"
    assert await pick(tab, "q", "onerror=") == "24 of 60 media"
    await clear(tab)


async def chosen(tab: Tab) -> None:
    assert await pick(tab, "tag", "snow") == "12 of 60 media"
    assert await pick(tab, "person", "ann") == "8 of 60 media"
    assert await pick(tab, "place", "1") == "1 of 60 media"
    assert await tab.evaluate("location.hash") == "#tag=snow&place=1&person=ann"
    await tab.evaluate("document.getElementById('show-all').click()")
    assert await pick(tab, "person", EVIL) == "20 of 60 media"
    assert await pick(tab, "person", "cleo") == "1 of 60 media"
    await clear(tab)
    assert await pick(tab, "from", "2015-09-01") == "3 of 60 media"
    assert await pick(tab, "to", "2015-09-13") == "2 of 60 media"
    await clear(tab)
    months = await tab.evaluate(
        "[...document.querySelectorAll('#chart button')].map(bar => bar.title)"
    )
    assert months[-1] == "2015-09: 3 posts"
    assert sum(int(month.split()[1]) for month in months) == 60
    await tab.evaluate("document.querySelector('#chart button:last-child').click()")
    assert await status(tab) == "3 of 60 media"
    await tab.evaluate("document.querySelector('#chart button:last-child').click()")
    assert await status(tab) == "60 media"
    places = await tab.evaluate(
        "[...document.querySelectorAll('#places button')].map(place => place.innerText)"
    )
    assert places == ["Harbour (5)", f"{EVIL} (5)"]
    await tab.evaluate("document.querySelectorAll('#places button')[1].click()")
    assert await status(tab) == "5 of 60 media"
    await clear(tab)
    assert await pick(tab, "sort", "oldest") == "60 media"
    assert (await cards(tab))[0].startswith("number 59")
    await clear(tab)


async def opened_by_keys(tab: Tab) -> None:
    await tab.evaluate("document.activeElement.blur()")
    await tab.key("ArrowRight")  # into the grid
    await tab.key("ArrowRight")
    assert await tab.evaluate("document.activeElement.closest('li').dataset.at") == "1"
    await tab.key("Enter")
    assert await tab.evaluate("document.getElementById('viewer').open")
    assert await tab.evaluate("document.getElementById('place-in-list').innerText") == "2 of 60"
    first = await tab.evaluate("document.querySelector('#picture .face').src")
    await tab.key(".")
    second = await tab.evaluate("document.querySelector('#picture .face').src")
    assert (first.rpartition("-")[2], second.rpartition("-")[2]) == ("01.gif", "02.gif")
    assert "id=" in await tab.evaluate("location.hash")
    await tab.key("End")
    assert await tab.evaluate("document.getElementById('place-in-list').innerText") == "60 of 60"
    await tab.key("Escape")
    assert not await tab.evaluate("document.getElementById('viewer').open")
    await tab.until("document.activeElement.closest('li')?.dataset.at === '59'")
    await tab.key("?")
    assert await tab.evaluate("document.getElementById('help').open")
    await tab.key("Escape")


async def leafed_to_harm(tab: Tab) -> None:
    await tab.evaluate("scrollTo(0, 0); document.querySelector('#grid li button').focus()")
    await tab.key("Home")
    await tab.key("Enter")
    await tab.evaluate("document.getElementById('next').click()")
    await tab.key("ArrowRight")
    assert EVIL in await tab.evaluate("document.getElementById('caption').innerText")
    assert EVIL in await tab.evaluate("document.getElementById('who').innerText")
    assert await tab.evaluate("document.scripts.length") == 2
    await tab.evaluate("document.querySelector('#who .label').click()")  # the others of this one
    assert await status(tab) == "20 of 60 media"
    await clear(tab)


async def seen_dark(tab: Tab) -> None:
    back = "getComputedStyle(document.body).backgroundColor"
    light = await tab.evaluate(back)
    await tab.prefer("dark")
    await tab.until(f"{back} !== {light!r}")
    await tab.evaluate("document.getElementById('theme').click()")
    assert await tab.evaluate(back) == light
    await tab.evaluate("document.getElementById('theme').click()")
    assert await tab.evaluate("document.documentElement.dataset.theme") == "dark"


async def printed(tab: Tab) -> None:
    assert len(await tab.pages()) > 20_000
    assert await tab.evaluate("document.getElementById('sheet')") is None  # gone when it is done


@needs_chromium
async def test_a_link_opens_what_it_was_copied_from(tmp_path: Path) -> None:
    page = some_site(tmp_path)
    wanted = make_media(1, user=PEOPLE[0], created_time=NEWEST).id
    async with browser(tmp_path / "profile") as tab:
        await tab.open(f"{page.as_uri()}#tag=snow&sort=oldest&id={wanted}")
        assert await status(tab) == "12 of 60 media"
        assert (
            await tab.evaluate("document.getElementById('place-in-list').innerText") == "12 of 12"
        )
        await tab.evaluate("location.hash = '#tag=__proto__&sort=constructor&id=nobody'")
        await tab.until("document.getElementById('status').innerText === '0 of 60 media'")
        assert tab.complaints() == []


@needs_chromium
async def test_of_ten_thousand_media_few_are_in_the_page(tmp_path: Path) -> None:
    times = (NEWEST - timedelta(hours=5 * number) for number in range(10_000))
    some = (
        make_media(number + 1, created_time=at, caption=f"number {number}")
        for number, at in enumerate(times)
    )
    page = write_site(some, tmp_path).page
    async with browser(tmp_path / "profile", "--window-size=1600,1400") as tab:
        await tab.open(page.as_uri())
        assert await status(tab) == "10,000 media"
        most = await tab.evaluate(COUNTED, waits=True)
        assert 100 < most["nodes"] < 500
        assert (most["gaps"], most["unseen"]) == (0, 0)
        await tab.evaluate("document.querySelector('#grid li:last-child button').focus()")
        await tab.key("End")
        assert (await cards(tab))[-1] == "number 9999"
        assert await pick(tab, "q", "9999") == "1 of 10,000 media"
        assert tab.complaints() == []


# Goes to places all over the page; counts nodes of cards, and places in sight without a card.
COUNTED = """
(async () => {
  const grid = document.getElementById('grid');
  const all = () => document.createNodeIterator(grid, NodeFilter.SHOW_ALL);
  const most = { nodes: 0, gaps: 0, unseen: 0 };
  const end = document.documentElement.scrollHeight - innerHeight;
  for (let place = 0; place <= 24; place += 1) {
    scrollTo(0, end * (place / 24));
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    let nodes = -1;
    for (const walk = all(); walk.nextNode();) nodes += 1;
    most.nodes = Math.max(most.nodes, nodes);
    const at = [...grid.children].map((card) => Number(card.dataset.at)).sort((a, b) => a - b);
    if (at.some((one, place) => place && one !== at[place - 1] + 1)) most.gaps += 1;
    const x = grid.getBoundingClientRect().left + 50;
    const isCard = (y) => document.elementFromPoint(x, y)?.closest('.card');
    for (const y of [400, innerHeight - 60]) {  // or just above a gap
      if (!isCard(y) && !isCard(y - 20)) most.unseen += 1;
    }
  }
  return most;
})()
"""
