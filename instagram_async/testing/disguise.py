"""Other numbers, times, words and places in the stead of the recorded ones: pure.

Whoever has the key gets the same for the same; nobody else can tell what it was.
"""

from __future__ import annotations

import hashlib
import re

from instagram_async.models.pk import LOW_BITS

_SMALL_BITS = 40  # below are ids of people and places, above are pks, which tell the time
_HALF = (1 << 20) - 1
_DAY = 86_400
_LOWER = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_OTHER = "àáâäåæèéêëìíîïòóôöøùúûüñçþßабвгдежзиклмнопрстуфхцчшэюя"
_SIGNS = "☀☁☂☃★☆♠♣♥♦♪♫✈✉✌✎✓✚❄❤"
_TOKENS = re.compile(r"(\w+)|([^\x00-\x7f\s\ud800-\udfff])")


class Disguise:
    """One way to replace everything.

    Args:
        key: two disguises with the same key are the same.
    """

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.blake2b(key).digest()
        # Forward, so that no pk becomes too small for one that tells the time.
        self.later = _DAY + self._draw("time", "") % (365 * _DAY)

    def number(self, number: int) -> int:
        """Another id; different ids stay different, and pks stay in the order of time.

        Args:
            number: a pk or the id of anything; not negative.
        """
        if number >> _SMALL_BITS:
            ms, low = divmod(number, 1 << LOW_BITS)
            mask = self._draw("low bits", str(ms)) % (1 << LOW_BITS)
            return ((ms + self.later * 1000) << LOW_BITS) + (low ^ mask)
        left, right = number >> 20, number & _HALF
        for turn in range(4):  # a Feistel network: whatever the draws, no two ids collide
            left, right = right, left ^ (self._draw(f"id {turn}", str(right)) & _HALF)
        return left << 20 | right

    def degrees(self, value: float, most: int) -> float:
        """Another latitude or longitude.

        Args:
            value: what was recorded.
            most: how far it can be from 0.
        """
        drawn = self._draw("degrees", repr(value)) % (2_000_000 * most) / 1_000_000 - most
        return type(value)(round(drawn, 6))

    def text(self, text: str) -> str:
        """Other words, each of the same length and kind; spaces and punctuation stay.

        Args:
            text: anything, from one name to a caption; the same word becomes the same one
                everywhere, so that names and hashtags still fit.
        """
        return _TOKENS.sub(lambda found: self._word(found[0]), text)

    def code(self, text: str, letters: str) -> str:
        """Other letters out of an alphabet.

        Args:
            text: what was recorded.
            letters: the alphabet.
        """
        return "".join(
            letters[self._draw(f"code {at}", text) % len(letters)] for at in range(len(text))
        )

    def _word(self, word: str) -> str:
        folded = word.lower()
        return "".join(
            self._letter(letter, self._draw(f"word {at}", folded)) for at, letter in enumerate(word)
        )

    @staticmethod
    def _letter(letter: str, drawn: int) -> str:
        """Another letter of the same kind, never the same one."""
        if letter == "_":
            return letter
        lower = letter.lower()
        for alphabet in (_LOWER, _DIGITS, _OTHER if letter.isalnum() else _SIGNS):
            if lower in alphabet:
                step = 1 + drawn % (len(alphabet) - 1)
                other = alphabet[(alphabet.index(lower) + step) % len(alphabet)]
                break
        else:
            other = alphabet[drawn % len(alphabet)]
        return other.upper() if letter != lower and len(other.upper()) == 1 else other

    def _draw(self, kind: str, of: str) -> int:
        told = f"{kind}\0{of}".encode("utf-8", "surrogatepass")
        return int.from_bytes(hashlib.blake2b(told, key=self._key, digest_size=8).digest())
