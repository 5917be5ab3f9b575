"""What is done to whole replies, whatever they hold."""

from __future__ import annotations

import zlib

import pytest

from instagram_async.server import Fault
from instagram_async.server.faults.retouching import Dressed, retouched
from instagram_async.server.limiter import Usage
from instagram_async.server.replies import Reply


@pytest.mark.parametrize("size", [0, 1, 2, *range(30, 200, 7), 5000])
def test_no_gzip_of_any_size_is_unpacked_to_its_end(size: int) -> None:
    body = bytes(byte % 61 + 65 for byte in range(size))
    usage = Usage(limit=9, used=1, family_limit=9, family_used=0)
    sent = retouched(Fault("bad_gzip"), Dressed(Reply(200, body), {}), usage)
    assert sent.headers == {"Content-Encoding": "gzip"}
    unpacking, got = zlib.decompressobj(wbits=31), b""
    with pytest.raises(zlib.error):
        for at in range(len(sent.reply.body)):
            got += unpacking.decompress(sent.reply.body[at : at + 1])
    assert got == body[: size // 2]
