"""What parts the cells of a line (",", ";", tab, "|" or runs of blanks), guessed where the source does not say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.written.delimiters import unfit_delimiter

BLANKS = " "  # any run of blanks and tabs
_CANDIDATES = (",", ";", "\t", "|")


def guessed(line: str, after: Sequence[str]) -> str:
    """The candidate a header has most of outside quotes; blanks when the next line has as many words; else a comma."""
    bare = re.sub(r'"[^"]*"', "", line)
    best = max(_CANDIDATES, key=bare.count)
    if bare.count(best):
        return best
    words = len(line.split())
    second = next((text for text in after if text.strip()), "")
    return BLANKS if words > 1 and len(second.split()) == words else ","


def commonest(lines: Sequence[str]) -> str:
    """The candidate that splits the lines into most cells, before it is known which of them is the header."""
    return max(_CANDIDATES, key=lambda sign: sorted(line.count(sign) for line in lines)[len(lines) // 2])


def check_delimiter(path: Path, delimiter: str) -> None:
    """TableError for a `delimiter` of a source that cannot stand between two cells."""
    if why := unfit_delimiter(delimiter):
        raise TableError(say("{path}: {why}", path=path, why=why))
