"""The files of one media."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from instagram_async.clock import Clock, LoopClock
from instagram_async.downloads.door import ClientSession, Door
from instagram_async.downloads.downloader import Downloader
from instagram_async.downloads.wanted import Wanted, wanted
from instagram_async.models import Media
from instagram_async.paging.counts import positive
from instagram_async.retry import Retry
from instagram_async.transport import Timeout

MAX_BYTES = 2**30
TIMEOUT = Timeout(total=600)
RETRY = Retry()


def download(
    media: Media,
    folder: str | PathLike[str],
    *,
    max_bytes: int = MAX_BYTES,
    timeout: Timeout = TIMEOUT,
    retry: Retry = RETRY,
    session: ClientSession | None = None,
    clock: Clock | None = None,
) -> Coroutine[Any, Any, tuple[Path, ...]]:
    """Fetch the pictures and videos of a media that the folder does not have yet.

    Await it. No token, cookie or quota of a client has to do with it. A file has its name only
    when it is whole; what was fetched before an error, a cancellation or a kill stays beside
    it, and is gone on with by the next call.

    Args:
        media: of a carousel each part is fetched.
        folder: where to; made if it is not there.
        max_bytes: how large a file may be, in bytes.
        timeout: limits of each request, in seconds; somebody else who fetches the same file is
            waited for until nothing came to him for as long as `total`.
        retry: how often a request is made again.
        session: an aiohttp session to borrow, with its proxy and TLS settings; never closed.
        clock: by which it waits between two attempts, and for somebody else.

    Returns:
        A coroutine of the files, in the order of the carousel; of none for a media that has
        no picture.

    Raises:
        TypeError: media is no `Media`.
        ValueError: max_bytes is not positive.
        DownloadError: a file can't be had, or can't be kept.
        TransportError: the connection was lost, too often.
        ServerError: the server of the file failed, too often.
        RateLimitError: it had too many requests.

    Example:
        >>> import tempfile
        >>> from instagram_async import download
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     paths = await download(media, folder)
        >>> paths[0].stem == media.id
        True
    """
    made = downloader(
        folder, 1, max_bytes=max_bytes, timeout=timeout, retry=retry, session=session, clock=clock
    )
    return _alone(made, wanted(media))


def downloader(
    folder: str | PathLike[str],
    concurrency: int,
    *,
    max_bytes: int,
    timeout: Timeout,
    retry: Retry,
    session: ClientSession | None,
    clock: Clock | None,
) -> Downloader:
    """Check what was asked for, and make what does it; its door is to be closed.

    Args:
        folder: where to.
        concurrency: how many connections there may be.
        max_bytes: how large a file may be.
        timeout: limits of each request.
        retry: how often a request is made again.
        session: what to borrow.
        clock: by which to wait.

    Raises:
        ValueError: concurrency or max_bytes is not positive.
    """
    return Downloader(
        Path(folder),
        Door(positive("concurrency", concurrency), session),
        positive("max_bytes", max_bytes),
        timeout,
        retry,
        clock or LoopClock(),
    )


async def _alone(made: Downloader, files: Sequence[Wanted]) -> tuple[Path, ...]:
    # What holds the media is no coroutine: its frame would be the errors', and show addresses.
    try:
        return await made.files(files)
    finally:
        await made.door.close()
