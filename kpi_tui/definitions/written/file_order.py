"""The order of files by their names as people number them: 9 before 10, `orders` before `orders (1)`."""

from __future__ import annotations

import re
from pathlib import Path

_DIGITS = re.compile("[0-9]+")
_WIDE = 24  # digits: longer than any number in a name


def in_order_of_numbers(path: Path) -> tuple[str, str, str]:
    """A key to sort by; of exports of the same rows the last one counts."""
    return _numbered(str(path.parent)), _numbered(path.stem), path.suffix


def _numbered(text: str) -> str:
    return _DIGITS.sub(lambda found: found[0].zfill(_WIDE), text)
