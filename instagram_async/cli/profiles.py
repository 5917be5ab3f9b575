"""Profiles: who asks whom, kept in files that only their owner can read."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from attrs import asdict, field, frozen

from instagram_async.cli.exits import UsageError
from instagram_async.files import placed

DEFAULT = "default"


@frozen
class Profile:
    """Who asks whom.

    Attributes:
        base_url: where the server is, as far as `/v1`.
        access_token: of whoever asks; its text does not show it.
        username: his name.
    """

    base_url: str
    access_token: str = field(repr=lambda _: "...")
    username: str


def path_of(name: str) -> Path:
    """The file of a profile.

    Args:
        name: letters, digits, `-` and `_`.

    Raises:
        UsageError: it has other characters.
    """
    if not re.fullmatch(r"[\w-]+", name):
        raise UsageError(f"a profile is called by letters, digits, - and _: {name!r} is not")
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "instagram-async" / f"{name}.json"


def load(name: str) -> Profile | None:
    """A profile, `None` if there is none of that name.

    Raises:
        UsageError: the file is no profile, or others can read it.
    """
    path = path_of(name)
    try:
        text, mode = path.read_text(), path.stat().st_mode
    except FileNotFoundError:
        return None
    if mode & 0o077:
        raise UsageError(f"{path} can be read by others: chmod 600 it, or log in again")
    try:
        return Profile(**json.loads(text))
    except (TypeError, ValueError):
        text = ""  # it may hold a token
    raise UsageError(f"{path} is no profile: log in again")


def save(name: str, profile: Profile) -> Path:
    """Keep a profile, for nobody else's eyes.

    Returns:
        Its file.
    """
    path = path_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with placed(path) as part:
        part.touch(mode=0o600, exist_ok=False)
        part.write_text(json.dumps(asdict(profile), indent=2))
    return path
