"""Where a line may end: behind a blank and between Chinese characters, never between a number and its unit."""

from __future__ import annotations

import re
from itertools import pairwise

from rich.cells import cell_len

from kpi_tui.text.fit import fit

_CLOSING = frozenset("，。、；：！？）」』】》〉”’…％·,.;:!?)]}%")
_OPENING = frozenset("（「『【《〈“‘([{")
_POINTS = "个百分点"
_UNIT = re.compile(rf"(%|‰|pp\b|{_POINTS})")


def line_ends(text: str, width: int, fold: bool = True) -> list[int]:
    """Places in the text where a new line of `width` cells begins; without `fold` a long word stays whole.

    As `rich._wrap.divide_line`, which knows blanks only, so that a Chinese sentence would break anywhere or nowhere.
    """
    ends: list[int] = []
    start = may = cells = 0
    for at, letter in enumerate(text):
        if at > start and _may_end(text, at):
            may = at
        cells += cell_len(letter)
        if cells <= width or letter.isspace():
            continue
        if may <= start and not (fold and at > start):
            continue
        start = may if may > start else at
        ends.append(start)
        cells = cell_len(text[start : at + 1])
    return ends


def fit_lines(text: str, width: int, rows: int) -> str:
    """The text in at most so many lines of `width` cells; what has no room is cut with `…`."""
    starts = (0, *line_ends(text, width))
    shown = [text[start:end].strip() for start, end in pairwise((*starts[:rows], len(text)))]
    return "\n".join((*shown[:-1], fit(shown[-1], width).rstrip()))


def _may_end(text: str, at: int) -> bool:
    """Whether a line may end before that character."""
    before, here = text[at - 1], text[at]
    if here.isspace():
        return False
    if before.isspace():
        return not (_UNIT.match(text, at) and text[:at].rstrip()[-1:].isdigit())
    if any(text.startswith(_POINTS, at - inside) for inside in range(1, min(at, 3) + 1)):
        return False
    wide = cell_len(before) == 2 or cell_len(here) == 2
    return wide and here not in _CLOSING and before not in _OPENING and not before.isdigit()
