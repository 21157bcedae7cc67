"""Whether the names of two files look like parts of one export (months, numbers, copies) or like two shops."""

from __future__ import annotations

import re
from pathlib import Path

from kpi_tui.definitions.answers.proposal import source_name

_COUNTED = re.compile(r"[一二三四五六七八九十]+(?=[月季期份])|[上下]半[年月]|[年月日号期第季度份至到旬]|副本|新|旧")
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_MIXED = r"(?=[a-z0-9]{8})(?:[a-z]+\d+|\d+[a-z]+){2,}[a-z0-9]*"
_RANDOM = re.compile(rf"(?<![a-z0-9])(?:{_UUID}|{_MIXED})(?![a-z0-9])")  # what a platform calls a download: no words
_BETWEEN = re.compile(r"[\W\d_]+")
_MONTHS = "january february march april may june july august september october november december".split()
_PLAIN = {
    *_MONTHS,
    *(name[:3] for name in _MONTHS),
    *"sept q fy part copy of old new final final version to week".split(),
}


def is_part(one: Path, other: Path) -> bool:
    """Whether nothing but dates, numbers, single letters and words of a copy tells the names apart.

    Files of one name are told apart by their folders.
    """
    if one.name == other.name and one.parent != other.parent:
        one, other = one.parent, other.parent
    return set(_words(one)) == set(_words(other))


def shop_name(path: Path) -> str:
    """What is left of the name of a file without what tells parts apart; its name where nothing is."""
    return "_".join(_words(path)) or source_name(path)


def _words(path: Path) -> list[str]:
    found = _BETWEEN.split(_COUNTED.sub(" ", _RANDOM.sub(" ", path.stem.lower())))
    return [word for word in found if word not in _PLAIN and not (len(word) < 2 and word.isascii())]
