"""The command line, `instagram-async`; the library never imports it."""

from __future__ import annotations

import sys

_LIBRARIES = ("cyclopts", "rich")


def main() -> None:
    """Run the command that `sys.argv` asks for, and exit.

    The exit code is 0 when all went well, 130 after Ctrl-C, 1 without the extra `cli` and
    for an output that is full or that nobody reads any more, 2 for wrong arguments; the
    others are those of `instagram_async.cli.exits`.
    """
    try:
        from instagram_async.cli.app import run  # noqa: PLC0415 - needs the extra

        run()
    except KeyboardInterrupt:
        sys.exit(130)
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library not in _LIBRARIES:
            raise
        sys.exit(f"instagram-async: {library} is missing; pip install -e '.[cli]' brings it")
