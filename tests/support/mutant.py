"""What a planted mistake is."""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """A mistake: what it is called, where, which text becomes which, who must notice."""

    name: str
    file: str
    old: str
    new: str
    tests: str


def mistakes(file: str, tests: str, *mistakes: tuple[str, str, str]) -> list[Mutant]:
    return [Mutant(name, file, old, new, tests) for name, old, new in mistakes]
