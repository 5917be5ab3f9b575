"""A real redis-server of the tests' own, on a socket file."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

REDIS = shutil.which("redis-server")
needs_redis = pytest.mark.skipif(REDIS is None, reason="there is no redis-server here")


class RedisServer:
    """A server that can be stopped and started; it keeps nothing.

    Args:
        folder: where its socket is made.
    """

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self._socket}"

    def start(self) -> None:
        assert REDIS is not None
        self._process = subprocess.Popen(
            [
                REDIS, "--port", "0", "--unixsocket", str(self._socket),
                "--save", "", "--appendonly", "no", "--dir", str(self._socket.parent),
            ],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + 10
        while not self._socket.exists():
            assert time.monotonic() < deadline, "redis-server did not start"
            time.sleep(0.01)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
            self._socket.unlink(missing_ok=True)

    def freeze(self, signal: int) -> None:
        """Send a signal, such as SIGSTOP."""
        assert self._process is not None
        self._process.send_signal(signal)
