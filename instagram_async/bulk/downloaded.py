"""The files of many media at once."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable
from os import PathLike
from pathlib import Path
from types import TracebackType

from instagram_async.bulk.fetched import Fetched
from instagram_async.clock import Clock
from instagram_async.downloads.door import ClientSession
from instagram_async.downloads.downloader import Downloader
from instagram_async.downloads.single import MAX_BYTES, RETRY, TIMEOUT, downloader
from instagram_async.models import Media
from instagram_async.retry import Retry
from instagram_async.transport import Timeout


def download(
    medias: Iterable[Media] | AsyncIterable[Media],
    folder: str | PathLike[str],
    *,
    concurrency: int = 8,
    max_bytes: int = MAX_BYTES,
    timeout: Timeout = TIMEOUT,
    retry: Retry = RETRY,
    session: ClientSession | None = None,
    clock: Clock | None = None,
) -> Downloaded:
    """Fetch the pictures and videos of many media, several media at once.

    Each as `instagram_async.download` does. An error of one stops no other. What `medias` itself
    raises ends all, when what it gave before has come; `pager.resume(error.checkpoint)` has the
    rest.

    Args:
        medias: of any number; taken as they are needed. A pager is one; a generator is closed
            with the block.
        folder: where to; made if it is not there.
        concurrency: how many media may be begun and not handed out yet, and how many
            connections there may be.
        max_bytes: how large a file may be, in bytes.
        timeout: limits of each request, in seconds, as `download` has them.
        retry: how often a request is made again.
        session: an aiohttp session to borrow, with its proxy and TLS settings; never closed.
        clock: by which it waits between two attempts, and for somebody else.

    Returns:
        An async context manager and iterator of `(media, paths or InstagramError)`, as they
        come.

    Raises:
        ValueError: concurrency or max_bytes is not positive.

    Example:
        >>> import tempfile
        >>> from instagram_async import bulk
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     async with bulk.download(client.user_recent().limit(5), folder) as results:
        ...         async for media, paths in results:
        ...             if isinstance(paths, InstagramError):
        ...                 print(media.id, paths)
        >>> results.report
        FetchReport(objects=5, failed=0)
    """
    made = downloader(
        folder,
        concurrency,
        max_bytes=max_bytes,
        timeout=timeout,
        retry=retry,
        session=session,
        clock=clock,
    )
    return Downloaded(made, medias, concurrency)


class Downloaded(Fetched[Media, tuple[Path, ...]]):
    """Paths of files, or errors in their place, with their media; made by `download`.

    Example:
        >>> import tempfile
        >>> from instagram_async import bulk
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     async with bulk.download([media], folder) as results:
        ...         media, paths = await anext(results)
    """

    def __init__(
        self,
        downloader: Downloader,
        medias: Iterable[Media] | AsyncIterable[Media],
        concurrency: int,
    ) -> None:
        super().__init__(downloader.media, medias, concurrency, "bulk.download")
        self._door = downloader.door

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            await super().__aexit__(kind, error, traceback)
        finally:
            await self._door.close()
