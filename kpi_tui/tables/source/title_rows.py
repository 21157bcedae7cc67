"""Rows above the header: titles, export times, blank lines, as back offices put them there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpi_tui.definitions.message import say

LOOKED = 30  # rows at the top of a file in which a header is looked for
_DATA = re.compile(r"[+-]?[¥$€]?\d+([.,:/-]\d+)*%?")


def header_at(rows: Sequence[Sequence[str | None]]) -> int:
    """Index of the header among the first rows of a file; 0 unless the rows above it are plainly titles.

    Titles fill less than half of the columns the rows below have; a header fills most of them and holds no numbers.
    """
    filled = [[cell.strip() for cell in row if cell and cell.strip()] for row in rows[:LOOKED]]
    width = max((len(row) for row in filled), default=0)
    if width < 3 or not filled or len(filled[0]) * 2 >= width:
        return 0
    at = next((i for i, row in enumerate(filled) if len(row) * 2 >= width), 0)
    names = filled[at]
    fills = [len(row) * 2 >= len(names) for row in filled[at + 1 :] if row]
    while fills and not fills[-1]:
        fills.pop()  # a footer below a short table
    is_table = sum(fills) * 2 > len(fills)  # most rows fill it, ragged lists do not
    looks_right = is_table and len(set(names)) == len(names) and not any(_DATA.fullmatch(name) for name in names)
    return at if looks_right else 0


def title_note(name: str, first: int, header: int) -> str:
    """What the profile says about the rows left out above the header (row numbers as an editor counts)."""
    rows = (
        say("row {first} stands", first=first)
        if header - first == 1
        else say("rows {first} to {last} stand", first=first, last=header - 1)
    )
    return say("{name}: {rows} above the header, which is row {header}", name=name, rows=rows, header=header)
