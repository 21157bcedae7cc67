"""What is noted beside the figures of a line, on as many lines as it needs: an action is read, not cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from kpi_tui.render.columns import Slot
from kpi_tui.render.drawn import drawn
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import width
from kpi_tui.text.wrap import line_ends
from kpi_tui.views.cells import TextCell
from kpi_tui.views.view import Column, Row

NARROWEST = 10
"""Cells of a note that is worth folding."""
ENDLESS = 10**6
ROUNDS = 4
MOST = 4
"""Lines of a note; a longer one is cut, the line of the cursor tells it whole."""


def folded_notes(
    rows: Sequence[Row], columns: Sequence[Column], laid_out: Callable[[Sequence[Row]], Callable[[int], Sequence[Slot]]]
) -> tuple[Row, ...]:
    """The rows, each followed by lines for what its note has no room for; the cursor steps over those.

    `laid_out` places the columns for some rows: shorter notes may get less room, and are folded anew then.
    """
    place = len(columns) - 1
    if place < 0 or not rows or columns[place].right or not columns[place].flex:
        return tuple(rows)
    lines, rooms = [[row] for row in rows], [ENDLESS] * len(rows)
    for _again in range(ROUNDS):
        now = _rooms(lines, place, laid_out)
        if all(new >= old for new, old in zip(now, rooms, strict=True)):
            break
        rooms = list(map(min, now, rooms))
        lines = [list(_lines(row, place, room)) for row, room in zip(rows, rooms, strict=True)]
    return tuple(line for some in lines for line in some)


def _rooms(
    lines: Sequence[Sequence[Row]], place: int, laid_out: Callable[[Sequence[Row]], Callable[[int], Sequence[Slot]]]
) -> list[int]:
    """Cells for the note of each row, as its lines are placed."""
    slots_at = laid_out([line for some in lines for line in some])
    firsts = accumulate((len(some) for some in lines[:-1]), initial=0)
    return [next((slot.width for slot in slots_at(first) if slot.index == place), 0) for first in firsts]


def _lines(row: Row, place: int, room: int) -> Iterator[Row]:
    cell = row.cells[place] if row.kind != "heading" and place < len(row.cells) else None
    parts = _parts(clean(drawn(cell, brief=True)), room) if isinstance(cell, TextCell) else []
    if not isinstance(cell, TextCell) or len(parts) < 2 or len(parts) > MOST:
        yield row
        return
    first, *more = (replace(cell, word=part) for part in parts)
    yield replace(row, cells=(*row.cells[:place], first))
    for count, part in enumerate(more, 1):
        blank = tuple(TextCell() for _ in range(place))
        yield Row(f"{row.key} +{count}", (*blank, part), heading=part.word, told=True)


def _parts(text: str, room: int) -> list[str]:
    """The text in lines of `room` cells; one where it fits, or where it would be folded in shreds."""
    if room < NARROWEST or width(text) <= room:
        return [text]
    ends = (0, *line_ends(text, room), len(text))
    return [part for start, end in pairwise(ends) if (part := text[start:end].strip())]
