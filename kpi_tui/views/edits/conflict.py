"""A conflict: cells that two people changed, both sides beside each other, and the one to keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import joined, phrase
from kpi_tui.views.cells import NumberCell, text
from kpi_tui.views.edits.edited_cell import cell_key, cell_name, cell_unit
from kpi_tui.views.edits.history import moment
from kpi_tui.views.view import Column, Row, Sheet, sheet

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that two people changed: what both saw first, what the other saved, what I typed. `folder`: whose file."""

    folder: str
    period: str
    key: TargetKey
    base: float | None
    mine: float | None
    theirs: Target | None

    @property
    def row_key(self) -> str:
        """Key of its row."""
        return f"{self.period} {cell_key(self.key)}"


def clashes(found: Iterable[Clash], choices: Mapping[str, str], space: Workspace) -> Sheet:
    """Both sides of every contested cell, and the one chosen (row key -> `mine` or `theirs`)."""
    columns = [
        Column("metric", phrase("Metric"), flex=2, least=12),
        Column("was", phrase("Was"), most=12, right=True),
        Column("mine", phrase("Mine"), most=12, right=True),
        Column("theirs", phrase("Theirs"), most=12, right=True),
        Column("who", phrase("Who"), flex=1, least=8),
        Column("choice", phrase("Keep"), width=8),
    ]
    return sheet(columns, [_sides(clash, choices.get(clash.row_key, ""), space) for clash in found], key="clashes")


def _sides(clash: Clash, choice: str, space: Workspace) -> Row:
    def side(value: float | None, which: str) -> NumberCell:
        return NumberCell(value, cell_unit(space, clash.key), "strong" if choice == which else "")

    other = clash.theirs
    names = {MINE: joined("●", phrase("mine"), between=" "), THEIRS: joined("●", phrase("theirs"), between=" ")}
    cells = (
        text(cell_name(space, clash.key)),
        NumberCell(clash.base, cell_unit(space, clash.key), "muted"),
        side(clash.mine, MINE),
        side(other.value if other else None, THEIRS),
        text(joined(other.by, moment(other.at), other.why, between=" ") if other else "", "muted"),
        text(names.get(choice, "?"), "changed"),
    )
    return Row(clash.row_key, cells)
