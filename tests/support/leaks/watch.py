"""What a test has shown to anybody, and whether a secret of its own is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from tests.support.canary import CODE, SECRET, TOKEN
from tests.support.hunt import shapes, shown

_CANARIES = frozenset({CODE, SECRET, TOKEN})
_SHORTEST = 8  # what is shorter stands anywhere, and the product does not take it for a secret
_LETTERS = 6  # and so does what has fewer different ones
_KEPT = 64
_MANY = 2**22


class Watch:
    """Notes secrets and texts as they come; `sift` compares them.

    Args:
        blind: tells which source files' frames hold secrets by right.
    """

    def __init__(self, blind: Callable[[str], bool] = lambda _: False) -> None:
        self._blind = blind
        self._secrets: dict[str, None] = {}
        self._texts: list[tuple[str, str]] = []
        self._size = 0
        self._found: list[str] = []
        self.places = Counter[str]()

    @property
    def has_secret(self) -> bool:
        """Whether there is anything to hunt for."""
        return bool(self._secrets)

    @property
    def has_canary(self) -> bool:
        """Whether one of them is a canary."""
        return not _CANARIES.isdisjoint(self._secrets)

    def secret(self, text: object) -> None:
        """Note a secret; what is too plain to be one is left out."""
        if isinstance(text, str) and _is_secret(text):
            self._secrets.pop(text, None)
            self._secrets[text] = None
            if len(self._secrets) > _KEPT:  # of thousands of made-up ones the newest do
                del self._secrets[next(iter(self._secrets))]

    def text(self, place: str, text: str) -> None:
        """Note what somebody may read.

        Args:
            place: where; its words before the first colon are counted.
            text: what.
        """
        self.places[place.partition(":")[0]] += 1
        self._texts.append((place, text))
        self._size += len(text)
        if self._size > _MANY:
            self._compare()

    def raw(self, place: str, data: bytes) -> None:
        """Note bytes that somebody may read."""
        self.text(place, data.decode("utf-8", "replace"))

    def error(self, place: str, error: BaseException | None) -> None:
        """Note an exception, all that hangs on it, and the frames it passed through."""
        for where, text in shown(error, self._blind, depth=0):
            self.text(f"{place}: {where}", text)

    def sift(self) -> list[str]:
        """Where secrets are in what was noted since the last time; begin anew."""
        self._compare()
        found, self._found = self._found, []
        self._secrets.clear()
        return found

    def _compare(self) -> None:
        everything = "\n".join([text for _, text in self._texts])
        wanted = {shape for secret in self._secrets for shape in shapes(secret)}
        present = [shape for shape in wanted if shape in everything]
        if present:
            self._found += _places(self._texts, present)
        self._texts.clear()
        self._size = 0


def _is_secret(text: str) -> bool:
    return (
        len(text) >= _SHORTEST
        and len(set(text)) >= _LETTERS
        and any(letter.isdigit() for letter in text)
        and text.isprintable()
    )


def _places(texts: Iterable[tuple[str, str]], present: Iterable[str]) -> list[str]:
    found: list[str] = []
    for place, text in texts:
        at = min((text.index(shape) for shape in present if shape in text), default=None)
        if at is not None:
            found.append(f"{place}: {text[max(0, at - 60) : at + 60]!r}")
    return found
