"""`python -m tests.support.kept`: see `tests.support.kept`."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from instagram_async import __version__
from tests.support.kept import FOLDER, jobs, places, shared


def main() -> None:
    """Write down all that there is of this version."""
    folder = FOLDER / __version__
    folder.mkdir(parents=True)  # what a release has written is not written again
    (folder / "places.json").write_text(asyncio.run(places.write()))
    with TemporaryDirectory() as name:
        scratch = Path(name)
        asyncio.run(jobs.write(folder, scratch))
        asyncio.run(shared.write_quota(folder / "quota.sql", scratch))
        shared.write_profile(folder / "profile.json", scratch)
        shared.write_world(folder / "world.sql", folder / "world.jsonl", scratch)


if __name__ == "__main__":
    main()
