"""Headless Chromium, as it is installed on this machine."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

_CHROMIUM = shutil.which("chromium")
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--enable-logging=stderr",
    "--window-size=1280,1400",
)


async def browse(url: str, home: Path, *options: str) -> tuple[str, str]:
    """Open a page; return what the browser wrote, and what its console said.

    Args:
        url: the page's.
        home: an empty directory of its own.
        options: such as `--dump-dom`.
    """
    if _CHROMIUM is None:
        pytest.skip("chromium is not installed")  # a failure under CI, as every skip
    process = await asyncio.create_subprocess_exec(
        _CHROMIUM,
        *_OPTIONS,
        f"--user-data-dir={home}",
        *options,
        url,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(60):
            written, told = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0
    console = [line for line in told.decode().splitlines() if "CONSOLE" in line]
    return written.decode(), "\n".join(console)
