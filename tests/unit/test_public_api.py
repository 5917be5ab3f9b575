"""What users can import, call and type is what is written down, line by line."""

from __future__ import annotations

from difflib import unified_diff

import pytest

from tests.support.public_api import FOLDER, RENEW, TEXTS


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_the_public_surface_is_the_one_that_is_written_down(name: str) -> None:
    kept = (FOLDER / name).read_text()
    found = TEXTS[name]()
    changes = unified_diff(kept.splitlines(), found.splitlines(), "kept", "found", "", "", 1, "")
    assert kept == found, "\n".join(
        [
            f"the public surface is not that of tests/fixtures/{name}.",
            "If that is meant: say so in CHANGELOG.md, see docs/compatibility.md for what is",
            f"breaking, and renew the file by `{RENEW}`.",
            *changes,
        ]
    )


def test_every_name_of_every_module_is_there() -> None:
    text = (FOLDER / "public_api.txt").read_text()
    for name in ("class RedisStore\n", "class Sink\n", "class World\n", "FaultKind = ", "scrub("):
        assert f"\n{name}" in text


def test_a_change_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from instagram_async import Client

    before = TEXTS["public_api.txt"]()
    monkeypatch.delattr(Client, "with_options")
    monkeypatch.setattr("instagram_async.bulk.Job.run", lambda self, listings: None)
    lost = set(before.splitlines()) - set(TEXTS["public_api.txt"]().splitlines())
    assert [line.partition("(")[0].split()[-1] for line in sorted(lost)] == ["run", "with_options"]
