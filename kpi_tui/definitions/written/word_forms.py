"""Whether two words are one written otherwise: in capitals, full width, with blanks or signs (`已付款。`)."""

from __future__ import annotations

import unicodedata

_SIGNS = ("P", "Z")  # punctuation and blanks, by their Unicode categories; + and < are others, and tell words apart
_LEAST = 2  # letters of a word; with fewer (C, C#) a sign may be all that tells it from another


def one_form(word: str) -> str:
    """What all ways to write a word have in common; a sign beside a digit (1.0, 10%, -1) is part of the word."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    padded = f" {plain} "
    kept = "".join(
        sign
        for before, sign, after in zip(padded, plain, padded[2:], strict=False)
        if unicodedata.category(sign)[0] not in _SIGNS or before.isdigit() or after.isdigit()
    )
    return kept if sum(letter.isalpha() for letter in kept) >= _LEAST else plain
