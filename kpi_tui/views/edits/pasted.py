"""Cells of a pasted block that could not be filled: where they would stand, what was written, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.cells import text
from kpi_tui.views.view import Column, Sheet, listed


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """One cell of the block."""

    place: Word
    written: str
    why: Word


def outside(down: int, right: int, written: str, *, below: bool) -> RefusedCell:
    """A cell that the sheet has no place for; `down` and `right` count from 0."""
    place = phrase("row {row}, column {column} of the block", row=down + 1, column=right + 1)
    why = phrase("there is no line of this role below") if below else phrase("there is no period further right")
    return RefusedCell(place, written, why)


def refused_cells(found: Sequence[RefusedCell]) -> Sheet:
    """A row a cell."""
    return listed(
        found,
        [
            (Column("place", phrase("Cell"), least=28, flex=1), lambda one: text(one.place)),
            (Column("written", phrase("Pasted"), most=16), lambda one: text(one.written)),
            (Column("why", phrase("Why not"), least=20, flex=2), lambda one: text(one.why, "weak")),
        ],
        lambda one: f"{id(one)}",
        phrase("Pasted cells that were not filled: {count}", count=len(found)),
        name="refused",
    )
