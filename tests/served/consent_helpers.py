"""The page of consent as somebody without a browser uses it: forms are read and sent."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import aiohttp
from attrs import Factory, define
from yarl import URL

from instagram_async.server import LocalInstagram
from tests.served.server_helpers import Got

HOME = "https://app.example/cb"


@define
class Form:
    """What a page holds."""

    hidden: dict[str, str] = Factory(dict)
    people: list[str] = Factory(list)
    chosen: str | None = None
    buttons: list[str] = Factory(list)
    method: str = ""
    elements: list[str] = Factory(list)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.form = Form()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.form.elements.append(tag)
        if tag == "form":
            self.form.method = told.get("method") or ""
            assert "action" not in told  # it goes where the page came from
        if told.get("type") == "hidden":
            self.form.hidden[told["name"] or ""] = told["value"] or ""
        if told.get("type") == "radio":
            self.form.people.append(told["value"] or "")
            if "checked" in told:
                self.form.chosen = told["value"]
        if tag == "button":
            self.form.buttons.append(told["value"] or "")

    def handle_data(self, data: str) -> None:
        self.form.text += data


def form_in(body: bytes) -> Form:
    reader = _Reader()
    reader.feed(body.decode())
    reader.close()
    return reader.form


def address(server: LocalInstagram, **changes: str | None) -> str:
    """The address of the page, for a code of the server's app unless something is changed."""
    query: dict[str, str | None] = {
        "client_id": server.client_id,
        "redirect_uri": HOME,
        "response_type": "code",
        **changes,
    }
    url = URL(server.base_url).origin() / "oauth/authorize/"
    return str(url.with_query({name: one for name, one in query.items() if one is not None}))


async def ask(url: str, data: Any = None, **options: Any) -> Got:
    """`GET` the page, or `POST` a form to it; no redirect is followed."""
    method = "GET" if data is None else "POST"
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, data=data, allow_redirects=False, **options) as response,
    ):
        return Got(response.status, response.headers, await response.read())


async def answer(url: str, decision: str = "allow", **fields: str) -> Got:
    """Open the page, press a button as whoever is chosen there, or as another one."""
    page = await ask(url)
    assert page.status == 200, page.body
    form = form_in(page.body)
    assert form.method == "post"
    assert decision in form.buttons
    filled = {**form.hidden, "user": form.chosen or "", "decision": decision, **fields}
    return await ask(url, filled)


async def sent_to(url: str, decision: str = "allow", **fields: str) -> str:
    """Where the browser goes after an answer."""
    got = await answer(url, decision, **fields)
    assert got.status == 302, got.body
    return got.headers["Location"]
