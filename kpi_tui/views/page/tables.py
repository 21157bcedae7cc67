"""Sections that are tables by something: a dimension, layers, quadrants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpi_tui.definitions.answers.page import (
    BreakdownFound,
    BreakdownRow,
    ContributionLayer,
    LayersFound,
    QuadrantRow,
    QuadrantsFound,
)
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.page import BreakdownPart, LayersPart, PartColumn, QuadrantsPart
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import Cell, Exact, NumberCell, TextCell, finite, of_value, text
from kpi_tui.views.doubts import doubt_column, doubts, shared_doubt_cell
from kpi_tui.views.names import column_name, metric_name, segment_word
from kpi_tui.views.reasons import without_number
from kpi_tui.views.view import Column, Columns, Row, Sheet, left_out, listed, sheet


def breakdown(part: BreakdownPart, found: BreakdownFound, space: Workspace) -> Sheet:
    """A line per segment; the best is marked, and a line that does not add up says so."""
    shown = [column for column in part.columns if not column.hidden]
    columns = [
        Column("best", width=1, csv=bool(part.best)),
        Column(
            part.name or part.by, part.heading if part.heading.en or part.heading.zh else column_name(space, part.by)
        ),
        *(_column(column, space) for column in shown),
        Column("note", part.noted, csv=bool(part.notes or any(one.signals for one in shown)), most=60),
        doubt_column(),
    ]

    def cells(row: BreakdownRow) -> Iterator[Cell]:
        odd = row.balances is False
        yield text("●" if row.best else "◐" if odd else "", "", row.best)
        yield text(segment_name(part, row), "", Exact.AS_SHOWN if row.segment is None else row.segment)
        yield from (of_value(row.cells[column.id]) for column in shown)
        yield text(part.balance.says if part.balance and odd else _noted(part, row), "muted")
        yield shared_doubt_cell(row.cells[column.id] for column in shown)

    rows = [Row(str(row.segment), tuple(cells(row)), total=row.segment is None) for row in found.rows]
    more = [left_out(phrases("and {count} more", "and {count} more", found.more))] if found.more else []
    if found.nothing:
        more.append(left_out(phrases("{count} with 0 is left out", "{count} with 0 are left out", found.nothing)))
    values = (row.cells[column.id] for row in found.rows for column in shown)
    return sheet(columns, rows, notes=[*more, *doubts(values, space)])


def segment_name(part: BreakdownPart, row: BreakdownRow) -> Word:
    """What a segment is called."""
    return phrase("total") if row.segment is None else part.names.get(row.segment) or segment_word(row.segment)


def _noted(part: BreakdownPart, row: BreakdownRow) -> Word:
    """What is said of the segment, and what its metrics signal."""
    paths = row.paths or ((),) * len(row.signals)
    said: list[Word] = [note] if (note := part.notes.get(str(row.segment))) else []
    said += [_rested(one, path) for one, path in zip(row.signals, paths, strict=True) if one]
    return joined(*said, between=" · ")


def _rested(signal: Word, path: Sequence[Value]) -> Word:
    """`restock: 55.3 % → 58.2 % → 61.0 %`: a signal with the rise or fall it rests on (R161)."""
    way = joined(*(Quantity(value.value, value.unit) for value in path), between=" → ")
    return joined(signal, way, between=": ")


def _column(column: PartColumn, space: Workspace) -> Column:
    short: Word = column.short if column.short.en or column.short.zh else ""
    return Column(column.csv or column.id, column_title(column, space), right=True, short=short)


def column_title(column: PartColumn, space: Workspace) -> Word:
    """Its own title, else the name of its metric, else its id."""
    if column.title.en or column.title.zh:
        return column.title
    return metric_name(space, column.metric) if column.metric else column.id


def layers(part: LayersPart, found: LayersFound, space: Workspace) -> Sheet:
    """How many, how much, which share, how much each."""
    names = {layer.id: layer.name for layer in part.layers}
    columns: Columns[ContributionLayer] = [
        (Column("layer", phrase("Layer")), lambda row: text(names.get(row.layer), "", row.layer)),
        (Column(part.counted, part.heading or part.counted, right=True), lambda row: NumberCell(row.count, "count")),
        (Column("amount", phrase("Amount"), right=True), lambda row: NumberCell(row.amount, found.unit)),
        (Column("share", phrase("Share"), right=True), lambda row: NumberCell(finite(row.share), "percent")),
        (Column("mean", phrase("Each"), right=True), lambda row: NumberCell(finite(row.mean), found.unit)),
    ]
    whole = found.whole
    none = joined("◌", without_number(whole, space=space), between=" ") if whole and whole.value is None else ""
    return listed(found.rows, columns, lambda row: row.layer, notes=[none, *doubts([whole] if whole else (), space)])


def quadrants(part: QuadrantsPart, found: QuadrantsFound, space: Workspace) -> Sheet:
    """A line per segment with both numbers and the field they mean."""
    columns: Columns[QuadrantRow] = [
        (Column(part.by, column_name(space, part.by)), lambda row: text(segment_word(row.segment), exact=row.segment)),
        (Column("x", metric_name(space, part.x), right=True), lambda row: of_value(row.x)),
        (Column("y", metric_name(space, part.y), right=True), lambda row: of_value(row.y)),
        (Column("field", phrase("Quadrant")), _field),
        (doubt_column(), lambda row: shared_doubt_cell([row.x, row.y])),
    ]
    rows = sorted(found.rows, key=lambda row: (not row.high_x, not row.high_y, row.segment))
    return listed(
        rows, columns, lambda row: row.segment, notes=doubts((one for row in rows for one in (row.x, row.y)), space)
    )


def _field(row: QuadrantRow) -> TextCell:
    said = (phrase("high") if high else phrase("low") for high in (row.high_x, row.high_y) if high is not None)
    return text(joined(*said, between=" · "))
