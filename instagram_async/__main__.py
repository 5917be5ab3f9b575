"""`python -m instagram_async` is the command `instagram-async`."""

from __future__ import annotations

from instagram_async.cli import main

if __name__ == "__main__":
    main()
