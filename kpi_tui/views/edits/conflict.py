"""A conflict: cells that two people changed, both sides beside each other, and the one to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi_tui.definitions.edit import CellValue, Change, KeyPath
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import Cell, NumberCell, Tone, text
from kpi_tui.views.edits.definitions import both_values, definition_name
from kpi_tui.views.edits.edited_cell import cell_name, cell_unit
from kpi_tui.views.edits.history import moment
from kpi_tui.views.edits.own_reasons import told_reason
from kpi_tui.views.view import Column, Row, Sheet, sheet

MINE, THEIRS = "mine", "theirs"
DEFINITIONS = "definitions"
"""Where a clash lies that is none of numbers."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell, or a key of a definition, that two people changed: what both saw, what I typed, what the other saved.

    `place`: where it lies; `by`: who saved theirs, when and why.
    """

    place: str
    period: str
    key: KeyPath
    base: CellValue
    mine: CellValue
    theirs: CellValue
    by: Word = ""

    @property
    def cell(self) -> TargetKey:
        """Of a target or a typed number: its cell."""
        return TargetKey(*self.key)

    @property
    def is_definition(self) -> bool:
        """Whether its key is one of the TOML."""
        return self.place == DEFINITIONS

    @property
    def row_key(self) -> str:
        """Key of its row."""
        return f"{self.period} {'/'.join(self.key)}"


def saved_by(theirs: Target, space: Workspace) -> Word:
    """Who saved a target, when and why."""
    return joined(theirs.by, moment(theirs.at), told_reason(theirs.why, space), between=" ")


def changed_by(change: Change, space: Workspace) -> Word:
    """Who changed a key of a definition, when and why."""
    return joined(change.who, f"{change.at:%Y-%m-%d %H:%M}", told_reason(change.why, space), between=" ")


def clashes_title(found: Sequence[Clash]) -> Word:
    """What somebody else changed too, and that nothing is lost."""
    definitions = sum(clash.is_definition for clash in found)
    what = (
        phrase("Somebody else changed the same targets.")
        if not definitions
        else phrase("Somebody else changed the same definitions.")
        if definitions == len(found)
        else phrase("Somebody else changed the same targets and definitions.")
    )
    return joined(what, phrase("Not saved; edits kept."), between=" ")


def clashes(found: Sequence[Clash], choices: Mapping[str, str], space: Workspace) -> Sheet:
    """Both sides of every contested cell, and the one chosen (row key -> `mine` or `theirs`)."""
    subject = phrase("Subject") if any(one.is_definition for one in found) else phrase("Metric")
    columns = [
        Column("metric", subject, flex=1, least=12),
        Column("was", phrase("Was"), most=12, right=True),
        Column("mine", phrase("Mine"), most=12, right=True),
        Column("theirs", phrase("Theirs"), most=12, right=True),
        Column("who", phrase("Who"), least=8, most=32),
        Column("choice", phrase("Keep"), width=6),
    ]
    return sheet(columns, [_sides(clash, choices.get(clash.row_key, ""), space) for clash in found], key="clashes")


def whole(clash: Clash, space: Workspace) -> list[Word]:
    """A contested cell with nothing cut: its name and since when, then a line for each side."""
    name = definition_name(clash.key, space) if clash.is_definition else cell_name(space, clash.cell)
    was, mine = _values(clash, clash.mine, space)
    theirs = _values(clash, clash.theirs, space)[1]
    sides = ((phrase("Was"), was, ""), (phrase("Mine"), mine, ""), (phrase("Theirs"), theirs, clash.by))
    return [
        joined(name, clash.period, between=" · "),
        *(joined(joined(side, value, between=": "), by, between=" · ") for side, value, by in sides),
    ]


def _values(clash: Clash, value: CellValue, space: Workspace) -> tuple[Word, Word]:
    """What both saw, and a side."""
    if clash.is_definition:
        return both_values(clash.base, value, space)
    unit = cell_unit(space, clash.cell)
    was, now = (DASH if one is None else Quantity(one, unit) for one in (clash.base, value))
    return was, now


def _sides(clash: Clash, choice: str, space: Workspace) -> Row:
    def side(value: CellValue, which: str, tone: Tone = "") -> Cell:
        shown: Tone = "strong" if choice == which else tone
        if clash.is_definition:
            return text(both_values(clash.base, value, space)[1], shown)
        return NumberCell(value, cell_unit(space, clash.cell), shown)

    names = {MINE: joined("●", phrase("mine"), between=" "), THEIRS: joined("●", phrase("theirs"), between=" ")}
    cells = (
        text(definition_name(clash.key, space) if clash.is_definition else cell_name(space, clash.cell)),
        text(both_values(clash.base, clash.mine, space)[0], "muted")
        if clash.is_definition
        else side(clash.base, "", "muted"),
        side(clash.mine, MINE),
        side(clash.theirs, THEIRS),
        text(clash.by, "muted"),
        text(names.get(choice, "?"), "changed"),
    )
    return Row(clash.row_key, cells)
