"""A browser without a window, told what to do over its own protocol."""

from __future__ import annotations

import asyncio
import base64
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--remote-debugging-port=0",
)
_PATIENCE = 60.0


class Tab:
    """The one page of a browser.

    Attributes:
        told: what the browser has told so far, by name: what was tried and failed too.
    """

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, patience: float) -> None:
        self._socket = socket
        self._patience = patience
        self._numbers = count(1)
        self.told: list[tuple[str, dict[str, Any]]] = []

    async def open(self, url: str) -> None:
        """Go to an address, and wait until it is there."""
        loaded = self._loads()
        await self._do("Page.navigate", url=url)
        await self._until_loaded(loaded)

    async def press(self, selector: str) -> None:
        """Click something that leads to another page, and wait until that is there."""
        loaded = self._loads()
        await self.evaluate(f"document.querySelector({selector!r}).click()")
        await self._until_loaded(loaded)

    async def evaluate(self, code: str, *, waits: bool = False) -> Any:
        """What a piece of script gives, run by us and not by the page; or what it promises."""
        got = await self._do(
            "Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=waits
        )
        assert "exceptionDetails" not in got, got
        return got["result"].get("value")

    async def until(self, code: str) -> None:
        """Wait until a piece of script is true."""
        async with asyncio.timeout(self._patience):
            while not await self.evaluate(code):
                await asyncio.sleep(0.02)

    async def key(self, name: str) -> None:
        """Press a key, and let it go: a letter, or one with a name such as `ArrowLeft`."""
        text = {"text": name} if len(name) == 1 else {"text": "\r"} if name == "Enter" else {}
        code = {"Tab": 9, "Enter": 13, "Escape": 27}.get(name, 0)
        for kind in ("keyDown", "keyUp"):
            said = text if kind == "keyDown" else {}
            await self._do(
                "Input.dispatchKeyEvent", type=kind, key=name, windowsVirtualKeyCode=code, **said
            )

    async def type(self, text: str) -> None:
        """Type a text where the focus is."""
        await self._do("Input.insertText", text=text)

    async def prefer(self, scheme: str) -> None:
        """Have the system prefer dark or light."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        await self._do("Emulation.setEmulatedMedia", features=features)

    async def resize(self, width: int, height: int) -> None:
        """Have the window show so many pixels of a page."""
        await self._do(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip

    async def pages(self) -> bytes:
        """What would be printed, as a PDF."""
        got = await self._do("Page.printToPDF", printBackground=True)
        return base64.b64decode(got["data"])

    async def screenshot(self) -> bytes:
        """What is to be seen, as a PNG."""
        got = await self._do("Page.captureScreenshot", format="png")
        return base64.b64decode(got["data"])

    async def start(self) -> None:
        """Have everything told that happens."""
        for domain in ("Page", "Runtime", "Log"):
            await self._do(f"{domain}.enable")

    def names(self) -> set[str]:
        """The names of all that was told."""
        return {name for name, _ in self.told}

    def complaints(self) -> list[object]:
        """What the browser had to say: of a style or picture that the policy forbids, say."""
        told = {"Page.javascriptDialogOpening", "Runtime.exceptionThrown", "Log.entryAdded"}
        return [what for name, what in self.told if name in told]

    def _loads(self) -> int:
        return sum(name == "Page.loadEventFired" for name, _ in self.told)

    async def _until_loaded(self, before: int) -> None:
        async with asyncio.timeout(self._patience):
            while self._loads() == before:
                await self._hear()

    async def _do(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        async with asyncio.timeout(self._patience):
            while True:
                message = await self._hear()
                if message.get("id") == number:
                    assert "error" not in message, message
                    result: dict[str, Any] = message["result"]
                    return result

    async def _hear(self) -> dict[str, Any]:
        message: dict[str, Any] = await self._socket.receive_json()
        if "method" in message:
            self.told.append((message["method"], message["params"]))
        return message


@asynccontextmanager
async def browser(profile: Path, *flags: str, patience: float = _PATIENCE) -> AsyncIterator[Tab]:
    """Start a browser with a fresh profile; it is gone afterwards.

    Args:
        profile: folder of it.
        *flags: more of its command line.
        patience: seconds that anything it is told may take.
    """
    process = await asyncio.create_subprocess_exec(
        *command(profile),
        *flags,
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with attached(profile, patience=patience) as tab:
            yield tab
    finally:
        process.terminate()
        await process.wait()


def command(profile: Path) -> list[str]:
    """What starts a browser; an address may follow."""
    assert CHROMIUM is not None
    return [CHROMIUM, *_FLAGS, f"--user-data-dir={profile}"]


@asynccontextmanager
async def attached(
    profile: Path, title: str = "", *, patience: float = _PATIENCE
) -> AsyncIterator[Tab]:
    """The page of a browser that somebody has started, once its title begins so."""
    port = await _port(profile / "DevToolsActivePort")
    async with aiohttp.ClientSession() as session, asyncio.timeout(_PATIENCE) as waiting:
        while (there := await _page(session, port, title)) is None:
            await asyncio.sleep(0.02)
        waiting.reschedule(None)
        async with session.ws_connect(there, max_msg_size=0) as socket:
            tab = Tab(socket, patience)
            await tab.start()
            yield tab


async def _page(session: aiohttp.ClientSession, port: str, title: str) -> str | None:
    """The address of a page's socket."""
    async with session.get(f"http://127.0.0.1:{port}/json/list") as response:
        tabs = await response.json()
    pages = [tab for tab in tabs if tab["type"] == "page" and tab["title"].startswith(title)]
    return pages[0]["webSocketDebuggerUrl"] if pages else None


async def _port(file: Path) -> str:
    async with asyncio.timeout(_PATIENCE):
        while not (told := _lines(file)):
            await asyncio.sleep(0.05)
    return told[0]


def _lines(file: Path) -> list[str]:
    """The lines of a file that is being written, none before the second one is there."""
    lines = file.read_text().splitlines() if file.exists() else []
    return lines if len(lines) > 1 else []
