"""Who went from where to where: a line per segment people came from, a column per segment they are in now."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.definitions.answers.analyses.moves import MoveRow, Moves
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.analysis_parts import MovesPart
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.cells import Cell, NumberCell, finite, of_value, text
from kpi_tui.views.charts import HeatMap, HeatRow
from kpi_tui.views.doubts import doubts
from kpi_tui.views.reasons import reason
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Row, Sheet, sheet


def moves(part: MovesPart, found: Moves, space: Workspace) -> Sheet:
    """The table; those who moved are shaded by how many they are, those who stayed are not."""
    columns = [
        Column("from", phrase("From ↓ to →"), most=24),
        *(Column(name, part.names.get(name, name), right=True) for name in found.segments),
        Column("all", phrase("All"), right=True),
        Column("reason", flex=1),
    ]
    most = _most(found)
    rows = [_row(part, row, found, most, space) for row in found.rows]
    values = (value for row in found.rows for value in (row.whole, *row.parts.values()))
    notes: list[Word] = [
        phrase("From the end of {period} to the end of this period.", period=found.period.previous().said)
    ]
    return sheet(columns, rows, notes=[*(notes if found.segments else []), *doubts(values, space)])


def moves_map(part: MovesPart, found: Moves, title: Word, key: str) -> HeatMap:
    """The same as a heat map."""
    most = _most(found)
    rows = (
        HeatRow(_name(part, row), of_value(row.whole), tuple(_cell(row, segment, most) for segment in found.segments))
        for row in found.rows
    )
    names = tuple(part.names.get(name, name) for name in found.segments)
    return HeatMap(title, names, tuple(rows), phrase("All"), key)


def _most(found: Moves) -> float:
    return max((one.value or 0.0 for row in found.rows for one in _moved(row)), default=0.0) or 1.0


def _name(part: MovesPart, row: MoveRow) -> Word:
    return phrase("together") if row.origin is None else part.names.get(row.origin, row.origin)


def _row(part: MovesPart, row: MoveRow, found: Moves, most: float, space: Workspace) -> Row:
    cells = (_cell(row, segment, most) for segment in found.segments)
    why = reason(row.whole.reason, row.whole.detail, space) if row.whole.value is None else ""
    line: tuple[Cell, ...] = (text(_name(part, row), "", row.origin), *cells, of_value(row.whole), text(why, "muted"))
    return Row(str(row.origin), line, total=row.origin is None)


def _cell(row: MoveRow, segment: str, most: float) -> NumberCell:
    """Nobody went there: 0, as somebody is known to have gone elsewhere."""
    value = row.parts.get(segment)
    if value is None:
        return NumberCell(0.0, tone="muted")
    moved = row.origin is not None and segment != row.origin
    return replace(of_value(value), shade=(finite(value.value) or 0.0) / most if moved else None)


def _moved(row: MoveRow) -> list[Value]:
    return [] if row.origin is None else [value for name, value in row.parts.items() if name != row.origin]


def moves_data(found: Moves) -> list[Record]:
    """The JSON: who came from where, and where they are; `from` null for everybody."""
    return [
        {
            **record(row, "from=origin", "value=whole.value", "reason=whole.reason"),
            "to": {name: row.parts[name].value if name in row.parts else 0 for name in found.segments},
        }
        for row in found.rows
    ]
