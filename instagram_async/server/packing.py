"""Replies packed with gzip for those who take them so (reference C.3)."""

from __future__ import annotations

import gzip
import re

from attrs import evolve

from instagram_async.server.faults.retouching import Dressed

_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_LEVEL = 1


def packed(dressed: Dressed, accepted: str) -> Dressed:
    """What is to be sent of a reply to somebody who may take it packed.

    Args:
        dressed: the reply with its headers, whose `Vary` says whether it comes packed to
            some: only with status 200, and from 200 bytes on.
        accepted: the header `Accept-Encoding` of the request, empty if there was none.
    """
    reply, headers = dressed
    varies = "Accept-Encoding" in headers.get("Vary", "")
    if not varies or "Content-Encoding" in headers or not _GZIP.search(accepted):
        return dressed
    body = gzip.compress(reply.body, _LEVEL, mtime=0)
    return Dressed(evolve(reply, body=body), headers | {"Content-Encoding": "gzip"})
