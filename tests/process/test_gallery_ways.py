"""Ways through a gallery that a first look does not take: long ones, back, by keys, by ear."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from instagram_async import Comments, Likes, Location
from instagram_async.gallery import write_site
from instagram_async.testing import make_media, make_user
from tests.support.chromium import Tab, browser, needs_chromium

NEWEST = datetime(2015, 9, 20, 12, tzinfo=UTC)
ANN = make_user(1, username="ann")


def odd_site(folder: Path) -> Path:
    """Seventy media of Ann, a day each, with a film and a carousel, and one that says nothing."""
    times = [NEWEST - timedelta(days=number) for number in range(70)]
    some = [
        make_media(
            number + 1,
            user=ANN,
            created_time=at,
            carousel=3 if number == 2 else 0,
            caption=f"number {number}",
            tags=("half\ud83d",) if number > 30 else (),
        )
        for number, at in enumerate(times)
    ]
    silent = make_media(
        99, id="", type="", link="", user=make_user(2, username="", full_name=""),
        created_time=times[-1] - timedelta(days=9), caption="", location=Location(id=""),
        likes=Likes(count=-1), comments=Comments(count=2**70),
    )  # fmt: skip
    (folder / "pictures").mkdir()
    for number in range(20):
        end = "mp4" if number == 0 else "jpg"
        part = "-01" if number == 2 else ""
        (folder / "pictures" / f"{some[number].id}{part}.{end}").write_bytes(b"none")
    for part in ("02", "03"):
        (folder / "pictures" / f"{some[2].id}-{part}.jpg").write_bytes(b"none")
    return write_site([*some, silent], folder).page


async def focus(tab: Tab) -> Any:
    """Which card has the focus, else what else has it."""
    return await tab.evaluate(
        "(has => has.closest('#grid li') ? Number(has.closest('li').dataset.at) : has.id"
        " || has.getAttribute('aria-label') || has.localName)(document.activeElement)"
    )


async def focused(tab: Tab, at: int) -> None:
    """Wait until a card has the focus, as it has once a media was closed."""
    await tab.until(f"document.activeElement.closest('#grid li')?.dataset.at === '{at}'")


async def place(tab: Tab) -> str:
    told = await tab.evaluate(
        "viewer.dialog.open ? document.getElementById('place-in-list').innerText : 'closed'"
    )
    assert isinstance(told, str)
    return told


async def drawn(tab: Tab) -> None:
    """Wait until the page has drawn what it was told."""
    await tab.evaluate(
        "new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))",
        waits=True,
    )


@needs_chromium
async def test_a_reader_gets_everywhere_and_back(tmp_path: Path) -> None:
    page = odd_site(tmp_path)
    async with browser(tmp_path / "profile") as tab:
        await tab.resize(1000, 700)
        await tab.open(page.as_uri())
        await tabbed_where_the_page_is(tab)
        await kept_the_keys(tab)
        await went_back(tab)
        await followed_a_label(tab)
        await heard_in_order(tab)
        await seen_in_any_window(tab)
        await put_on_paper(tab)
        await chosen_from_what_there_is(tab)
        assert tab.complaints() == []


async def tabbed_where_the_page_is(tab: Tab) -> None:
    await tab.evaluate("scrollTo(0, 3000); document.body.focus()")
    await drawn(tab)
    first = await tab.evaluate("grid.firstInSight()")
    assert first > 10
    assert await tab.evaluate("document.querySelectorAll('#grid [tabindex=\"0\"]').length") == 1
    await tab.key("ArrowDown")  # of no card, so one that is in sight is taken
    assert await focus(tab) == first


async def kept_the_keys(tab: Tab) -> None:
    await tab.evaluate("grid.focus(69)")
    await tab.key("Enter")
    assert (await focus(tab), await place(tab)) == ("next", "70 of 71")
    await tab.key("Enter")
    await tab.key("Enter")  # there is no other
    await drawn(tab)
    assert (await focus(tab), await place(tab)) == ("next", "71 of 71")
    await tab.evaluate("document.activeElement.blur()")
    await tab.key("Home")
    assert await place(tab) == "1 of 71"
    await tab.evaluate("document.querySelector('#who button').focus()")
    await tab.key("ArrowRight")  # what had the focus is gone
    assert (await focus(tab), await place(tab)) == ("next", "2 of 71")
    await tab.key("ArrowRight")
    await tab.evaluate("document.querySelector('#parts button').focus()")
    await tab.key(".")
    assert await focus(tab) == "Part 2 of 3"
    await tab.key("Escape")
    await focused(tab, 2)


async def went_back(tab: Tab) -> None:
    steps = await tab.evaluate("history.length")
    for _ in range(3):  # closed by itself, it is no step
        await tab.key("Enter")
        await tab.key("Escape")
    await tab.key("Enter")
    await tab.evaluate("address.written = 0")
    await tab.evaluate(
        "address.write = (...said) => {"
        " address.written += 1; Address.prototype.write.apply(address, said); }"
    )
    for _ in range(40):
        await tab.key("ArrowRight")
    await tab.until("location.hash === `#id=${shown[42].id}`")
    assert await tab.evaluate("address.written") < 20
    assert await tab.evaluate("history.length") == steps
    await tab.evaluate("history.back()")
    await tab.until("!viewer.dialog.open && location.hash === ''")
    await focused(tab, 42)
    await drawn(tab)
    assert 30 < await tab.evaluate("grid.firstInSight()") <= 42
    await tab.evaluate("history.forward()")
    await tab.until("viewer.dialog.open")
    assert await place(tab) == "43 of 71"


async def followed_a_label(tab: Tab) -> None:
    await tab.evaluate("document.querySelector('#labels .label').click()")
    await focused(tab, 0)
    assert await tab.evaluate("document.getElementById('status').innerText") == "39 of 71 media"
    # A form gives back half a letter as U+FFFD.
    await tab.evaluate("choose(Object.fromEntries(new FormData(document.forms[0])))")
    assert await tab.evaluate("shown.length") == 39
    await tab.evaluate("location.hash = '#kind=image'")
    await tab.until("document.getElementById('status').innerText === '69 of 71 media'")
    await tab.evaluate("grid.focus(3)")
    await tab.key("Enter")
    await tab.key("Escape")
    await tab.until("history.state === 'left'")
    await tab.evaluate("history.back()")  # by one, as the media is closed
    await tab.until("document.getElementById('status').innerText === '39 of 71 media'")
    await tab.evaluate("document.getElementById('show-all').click()")


async def heard_in_order(tab: Tab) -> None:
    await tab.evaluate(
        "document.querySelectorAll('.face').forEach((face) => { face.was = face.src; })"
    )
    for top in (900, 2500, 1200, 600, 0):
        await tab.evaluate(f"document.activeElement.blur(); scrollTo(0, {top})")
        await drawn(tab)
        at = await tab.evaluate("[...grid.list.children].map((item) => Number(item.dataset.at))")
        assert at == list(range(at[0], at[-1] + 1))
        # Nothing shows the picture of another media until its own is there.
        assert await tab.evaluate(
            "[...document.querySelectorAll('#grid .face')].every((face) =>"
            " !('was' in face) || face.was === face.src)"
        )


async def seen_in_any_window(tab: Tab) -> None:
    await tab.evaluate("scrollTo(0, 0)")
    await tab.resize(3840, 400)
    await drawn(tab)
    many = await tab.evaluate("grid.layout.columns")
    await tab.resize(3840, 2160)  # no wider
    await tab.until(f"grid.layout.columns < {many}")
    assert await tab.evaluate("grid.list.children.length * NODES") < 500
    await tab.resize(640, 100)  # the form is much higher than that
    await drawn(tab)
    assert await tab.evaluate("document.querySelectorAll('#grid [tabindex=\"0\"]').length") == 1
    await tab.resize(1000, 700)
    await tab.evaluate("document.documentElement.style.fontSize = '32px'; grid.arrange()")
    assert await tab.evaluate("grid.list.firstChild.offsetHeight < grid.layout.row")
    await tab.evaluate("document.documentElement.style.fontSize = ''; grid.arrange()")
    lines = "[...grid.list.firstChild.querySelectorAll('span')].map((line) => line.innerText)"
    assert (await tab.evaluate(lines))[1:] == ["20 Sept 2015 · ♥ 0 · 🗨︎ 0", "@ann"]
    # On a phone no browser shows a page of 46 million pixels.
    assert await tab.evaluate("laidOut(100_000, 358, 844, 16).high") < 11_000_000
    assert await tab.evaluate("laidOut(10_000, 358, 844, 16).columns") == 1


async def put_on_paper(tab: Tab) -> None:
    assert await tab.evaluate("document.querySelectorAll('#grid video').length") == 1
    await tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert await tab.evaluate("document.querySelectorAll('#sheet li').length") == 71
    assert await tab.evaluate("document.querySelectorAll('#sheet video').length") == 0
    await tab.evaluate("dispatchEvent(new Event('afterprint'))")


async def chosen_from_what_there_is(tab: Tab) -> None:
    assert await tab.evaluate(
        "document.querySelectorAll('#filters option:not([value=\"\"])').length"
    )
    assert (
        await tab.evaluate("document.querySelectorAll('#filters option[value=\"\"]').length") == 4
    )
    assert await tab.evaluate("document.getElementById('where').hidden")
    await tab.evaluate("localStorage.setItem(KEPT, 'of another page'); setTheme(theme())")
    assert await tab.evaluate("document.documentElement.dataset.theme") == "light"
