"""Fetches the files of media into a folder: attempts, redirects, and what is there already."""

from __future__ import annotations

import logging
from asyncio import CancelledError
from collections.abc import Coroutine, Sequence
from pathlib import Path
from random import random
from typing import Any

from attrs import frozen

from instagram_async.clock import Clock, sleep
from instagram_async.downloads.addresses import Address, address_of, redirected
from instagram_async.downloads.door import Door
from instagram_async.downloads.judging import Body, Redirect
from instagram_async.downloads.marks import asking, rest_of
from instagram_async.downloads.partial import Partial
from instagram_async.downloads.receiving import Receiving
from instagram_async.downloads.threads import aside
from instagram_async.downloads.wanted import Wanted, wanted
from instagram_async.errors import DownloadError, InstagramError, TransportError
from instagram_async.models import Media
from instagram_async.retry import Retry, next_delay
from instagram_async.transport import Timeout

_log = logging.getLogger("instagram_async.download")

_HOPS = 5  # redirects that are followed
_POLL = 0.05  # seconds between two looks at a file that somebody else fetches


@frozen(eq=False, repr=False)
class Downloader:
    """Fetches files.

    Attributes:
        folder: where to.
        door: to where they are.
        max_bytes: how large a file may be.
        timeout: limits of each request; the total one also of a part of somebody else's that
            does not grow.
        retry: how often a request is made again.
        clock: by which it waits.
    """

    folder: Path
    door: Door
    max_bytes: int
    timeout: Timeout
    retry: Retry
    clock: Clock

    def media(self, media: Media) -> Coroutine[Any, Any, tuple[Path, ...]]:
        """Fetch what a media has and the folder has not.

        Args:
            media: which.

        Returns:
            A coroutine, as `files` makes it; no frame of it holds the media.

        Raises:
            TypeError: it is no media.
        """
        return self.files(wanted(media))

    async def files(self, files: Sequence[Wanted]) -> tuple[Path, ...]:
        """Fetch those files that the folder has not.

        Args:
            files: of one media.

        Returns:
            Where they are, in their order.

        Raises:
            InstagramError: of the first file that could not be had, when all were tried.
        """
        paths: list[Path] = []
        first: InstagramError | None = None
        for file in files:
            outcome = await self._file(file)
            if isinstance(outcome, Path):
                paths.append(outcome)
                continue
            outcome.operation = f"download {file.stem}"
            _log.debug("%s", outcome, extra=_fields(file, outcome))
            first = first or outcome
        if first is not None:
            raise first
        return tuple(paths)

    async def _file(self, file: Wanted) -> Path | InstagramError:
        part = Partial(self.folder, file.stem)
        try:
            try:
                found = await self._begun(file, part)
                return found or await self._try(file, part)
            finally:
                await aside(part.close)
        except DownloadError as error:
            return error

    async def _begun(self, file: Wanted, part: Partial) -> Path | None:
        """Find the file, or take its part, for which who has it is waited as long as it grows."""
        size, since = -1, self.clock.now()
        while not (taken := await aside(part.begin)):
            if size < 0:
                told = {"operation": f"download {file.stem}"}
                _log.debug("download %s: waits for whoever has its part", file.stem, extra=told)
            if part.size != size:
                size, since = part.size, self.clock.now()
            elif self.clock.now() - since >= self.timeout.total:
                message = f"somebody else has {file.stem}.part, which did not grow in "
                raise DownloadError(f"{message}{self.timeout.total} s", kind="busy")
            await sleep(self.clock, _POLL)
        return taken if isinstance(taken, Path) else None

    async def _try(self, file: Wanted, part: Partial) -> Path | InstagramError:
        address = address_of(file.url)
        if address is None:
            return DownloadError("its address is not one of http or https", kind="address")
        attempt = 0
        while True:
            attempt += 1
            outcome = await self._attempt(address, part)
            if isinstance(outcome, Path):
                return outcome
            delay = next_delay(
                self.retry,
                attempt,
                repeatable=True,
                error=outcome,
                random=random(),  # noqa: S311 - jitter, no secret
            )
            if delay is None:
                return outcome
            outcome.operation = f"download {file.stem}"
            told = {**_fields(file, outcome), "attempt": attempt, "delay": delay}
            _log.debug("%s: attempt %d failed, next in %.2f s", outcome, attempt, delay, extra=told)
            await sleep(self.clock, delay)

    async def _attempt(self, address: Address, part: Partial) -> Path | InstagramError:
        source, asked, hops = address.source, address, 0
        mark = rest_of(part.mark, source, part.size)
        while True:
            if mark is not None and part.size == mark.total:
                return await aside(part.finish, mark)
            receiving = Receiving(part, source, mark, self.max_bytes)
            try:
                lost = await self.door.get(asked, asking(mark, part.size), self.timeout, receiving)
            finally:
                await receiving.flush()
            if isinstance(lost, CancelledError):
                raise lost
            verdict = receiving.verdict
            if isinstance(verdict, InstagramError):
                return verdict
            if lost is not None:
                return lost
            if isinstance(verdict, Body):
                return await self._ended(verdict, part)
            if isinstance(verdict, Redirect):
                hops += 1
                target = redirected(asked, verdict.location)
                if target is None or hops > _HOPS:
                    return DownloadError("a redirect that is not followed", kind="address")
                asked = target
            else:  # what is there fits no more
                mark = None

    async def _ended(self, body: Body, part: Partial) -> Path | InstagramError:
        total = body.mark.total
        if total is not None and part.size != total:
            return TransportError(f"the reply ended after {part.size} of {total} bytes")
        return await aside(part.finish, body.mark)


def _fields(file: Wanted, error: InstagramError) -> dict[str, object]:
    return {"operation": f"download {file.stem}", "error": type(error).__name__}
