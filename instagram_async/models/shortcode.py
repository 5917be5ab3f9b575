"""The two spellings of a media's number: digits in ids, base 64 in links."""

from __future__ import annotations

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_DIGIT = {letter: value for value, letter in enumerate(_ALPHABET)}
_PUBLIC_LENGTH = 11


def shortcode_to_pk(shortcode: str) -> int:
    """Turn the part of a permalink after `/p/` into the media's number.

    Args:
        shortcode: letters, digits, `-` and `_`. The longer codes of private accounts
            carry the number in their first eleven letters.

    Returns:
        The number, the part of a media id before the underscore.

    Raises:
        ValueError: the text is empty or has a letter that no shortcode has.

    Example:
        >>> shortcode_to_pk("BA")
        64
    """
    if not shortcode:
        raise ValueError("shortcode is empty")
    pk = 0
    for letter in shortcode[:_PUBLIC_LENGTH] if len(shortcode) > 28 else shortcode:
        if letter not in _DIGIT:
            raise ValueError(f"shortcode {shortcode!r} has the letter {letter!r}")
        pk = pk * 64 + _DIGIT[letter]
    return pk


def pk_to_shortcode(pk: int) -> str:
    """Turn a media's number into the part of its permalink after `/p/`.

    Args:
        pk: the number, the part of a media id before the underscore; not negative.

    Returns:
        The shortcode of a public media.

    Raises:
        ValueError: the number is negative.

    Example:
        >>> pk_to_shortcode(64)
        'BA'
    """
    if pk < 0:
        raise ValueError(f"pk is negative: {pk}")
    letters = ""
    while pk or not letters:
        pk, digit = divmod(pk, 64)
        letters = _ALPHABET[digit] + letters
    return letters
