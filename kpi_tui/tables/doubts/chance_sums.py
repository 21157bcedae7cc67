"""How much it proves that numbers are the sums of others: 100 = 50 + 50 happens, 1,234.5 and 98 at once do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_OF_ONE, _OF_FILE = 5, 3
"""Digits that equal those of a sum: of one row with several numbers, of the rows of a file."""
_SHARE = 0.9


def proves_itself(matched: Sequence[float]) -> bool:
    """Whether one row is a sum whatever the others are: several numbers match, with many digits."""
    return len(set(matched)) > 1 and _digits(matched) >= _OF_ONE


def no_chance(matched: Sequence[Sequence[float]], rows: int, *, says_all: bool) -> bool:
    """Whether nearly all of a file's `rows` that may be sums are, and they say so or have digits enough.

    Equal numbers prove no more than one of them does: 100 is 50 + 50 each day.
    """
    values = {number for one in matched for number in one}
    return bool(values) and len(matched) >= _SHARE * rows and (says_all or _digits(values) >= _OF_FILE)


def _digits(numbers: Iterable[float]) -> int:
    """Significant digits of all of them: 1,200 has two."""
    return sum(
        len(format(abs(number), ".12g").partition("e")[0].replace(".", "").strip("0")) for number in set(numbers)
    )
