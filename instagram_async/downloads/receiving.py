"""Takes a reply into a part: its head is judged, its body written."""

from __future__ import annotations

from collections.abc import Mapping

from instagram_async.downloads.judging import Body, Verdict, judge
from instagram_async.downloads.marks import Mark
from instagram_async.downloads.partial import Partial
from instagram_async.downloads.threads import aside
from instagram_async.errors import DownloadError

_AT_ONCE = 2**18  # bytes written at once: a thread costs as much as copying some ten thousand


class Receiving:
    """One reply.

    Args:
        part: where its bytes go.
        source: what was asked, as `Address.source` has it.
        mark: what the rest was asked for of; `None` if all was.
        max_bytes: how large the file may be.
    """

    def __init__(self, part: Partial, source: str, mark: Mark | None, max_bytes: int) -> None:
        self.verdict: Verdict | None = None
        self._part = part
        self._source = source
        self._mark = mark
        self._max_bytes = max_bytes
        self._held = bytearray()

    async def begins(self, status: int, headers: Mapping[str, str]) -> bool:
        """Judge the head, and drop what does not belong to what comes."""
        verdict = self.verdict = judge(
            status,
            headers,
            source=self._source,
            mark=self._mark,
            size=self._part.size if self._mark else 0,
            max_bytes=self._max_bytes,
        )
        if not isinstance(verdict, Body):
            return False
        if not verdict.offset:
            try:
                await aside(self._part.restart, verdict.mark)
            except DownloadError as error:
                self.verdict = error
                return False
        return True

    async def takes(self, data: bytes) -> bool:
        """Keep some of the body."""
        self._held += data
        if self._part.size + len(self._held) > self._max_bytes:
            self._held.clear()
            self._part.drop()
            self.verdict = DownloadError(
                f"the file is larger than {self._max_bytes} bytes", kind="size"
            )
            return False
        return len(self._held) < _AT_ONCE or await self.flush()

    async def flush(self) -> bool:
        """Write what is held; call it when the reply is over, whatever ended it.

        Returns:
            Whether the disk took it.
        """
        held, self._held = self._held, bytearray()
        try:
            if held:
                await aside(self._part.write, held)
        except DownloadError as error:
            self.verdict = error
            return False
        return True
