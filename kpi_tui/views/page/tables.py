"""Sections that are tables by something: a dimension, layers, steps, cohorts, quadrants."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_tui.definitions.answers.page import BreakdownFound, CohortsFound, LayersFound, QuadrantsFound
from kpi_tui.definitions.library.funnel import FunnelView
from kpi_tui.definitions.library.page import BreakdownPart, LayersPart, PartColumn, QuadrantsPart, Section
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import Cell, NumberCell, Tone, finite, of_value, text
from kpi_tui.views.names import metric_name
from kpi_tui.views.page.sheets import METRIC
from kpi_tui.views.view import Column, Row, Sheet, sheet

DAYS = 8
"""Days of a cohort that every table shows; the others need room."""


def breakdown(section: Section, part: BreakdownPart, found: BreakdownFound, space: Workspace) -> Sheet:
    """A line per segment; the best is marked, and a line that does not add up says so."""
    shown = [column for column in part.columns if not column.hidden]
    columns = [Column("best", width=1, csv=bool(part.best)), Column(part.name or part.by, part.heading or part.by)]
    for column in shown:
        short: Word = column.short if column.short.en or column.short.zh else ""
        columns.append(Column(column.csv or column.id, _title(column, space), right=True, short=short))
    columns.append(Column("note", csv=False))
    rows = []
    for row in found.rows:
        odd = row.balances is False
        name = text(phrase("total") if row.segment is None else row.segment)
        cells: list[Cell] = [text("●" if row.best else "◐" if odd else "", "", row.best), name]
        cells += [of_value(row.cells[column.id]) for column in shown]
        cells.append(text(part.balance.says if part.balance and odd else "", "muted"))
        rows.append(Row(f"{section.id} {row.segment}", tuple(cells), total=row.segment is None))
    return sheet(columns, rows, section.title, key=section.id)


def _title(column: PartColumn, space: Workspace) -> Word:
    """Its own, else the name of its metric, else its id."""
    if column.title.en or column.title.zh:
        return column.title
    return metric_name(space, column.metric) if column.metric else column.id


def layers(section: Section, part: LayersPart, found: LayersFound) -> Sheet:
    """How many, how much, which share, how much each."""
    names = {layer.id: layer.name for layer in part.layers}
    columns = [
        Column("layer", phrase("Layer")),
        Column(part.counted, part.heading or part.counted, right=True),
        Column("amount", phrase("Amount"), right=True),
        Column("share", phrase("Share"), right=True),
        Column("mean", phrase("Each"), right=True),
    ]
    rows = [
        Row(f"{section.id} {row.layer}", (
            text(names.get(row.layer), "", row.layer),
            NumberCell(row.count, "count"),
            NumberCell(row.amount, found.unit),
            NumberCell(finite(row.share), "percent"),
            NumberCell(finite(row.mean), found.unit),
        )) for row in found.rows
    ]  # fmt: skip
    return sheet(columns, rows, section.title, key=section.id)


def funnel(section: Section, found: FunnelView, space: Workspace) -> Sheet:
    """A line per step; the one that fell most below its own past is marked."""
    columns = [
        Column("mark", width=1, csv=False),
        Column("step", phrase("Step")),
        Column("people", phrase("Number"), right=True),
        Column("rate", phrase("Of the step before"), right=True, short=phrase("Share")),
        Column("baseline", phrase("Usual"), right=True),
        Column("against", phrase("Against usual"), right=True),
        Column("reason"),
    ]
    rows = []
    for step in found.steps:
        weak = step.name == found.weakest
        name: Word = metric_name(space, step.name) if step.name in space.metrics else step.name
        parts = (step.rate, step.baseline, step.against)
        shares: list[Cell] = [NumberCell(finite(part), "percent", blank=True) for part in parts]
        said = phrase("weakest step") if weak else step.detail
        key = METRIC + step.name if step.name in space.metrics else f"{section.id} {step.name}"
        tone: Tone = "weak" if weak else ""
        cells: list[Cell] = [text("○" if weak else "", tone), text(name, tone, step.name)]
        cells += [NumberCell(finite(step.people)), *shares, text(said, tone or "muted")]
        rows.append(Row(key, tuple(cells)))
    return sheet(columns, rows, section.title or found.name, key=section.id)


def cohorts(section: Section, found: CohortsFound) -> Sheet:
    """A triangle of shares, empty beyond the end of the data."""
    days = len(found.rows[0].kept) if found.rows else 0
    columns = [Column("cohort", phrase("Cohort")), Column("size", phrase("Users"), right=True)]
    columns += [Column(f"day_{day}", f"+{day}", right=True, drop=max(day - DAYS, 0)) for day in range(days)]
    columns.append(Column("detail"))
    rows = []
    for row in found.rows:
        cells: list[Cell] = [text(row.period.id), NumberCell(row.size)]
        cells += [NumberCell(share, "percent", blank=True) for share in row.kept]
        rows.append(Row(f"{section.id} {row.period.id}", (*cells, text(row.detail, "muted"))))
    return sheet(columns, rows, section.title, key=section.id)


def quadrants(section: Section, part: QuadrantsPart, found: QuadrantsFound, space: Workspace) -> Sheet:
    """A line per segment with both numbers and the field they mean; the medians below."""
    x, y = metric_name(space, part.x), metric_name(space, part.y)
    columns = [
        Column(part.by, part.by),
        Column("x", x, right=True),
        Column("y", y, right=True),
        Column("field", phrase("Quadrant")),
    ]
    rows = []
    for row in sorted(found.rows, key=lambda row: (not row.high_x, not row.high_y, row.segment)):
        field = joined(*_field(row.high_x, row.high_y), between=" · ")
        rows.append(
            Row(f"{section.id} {row.segment}", (text(row.segment), of_value(row.x), of_value(row.y), text(field)))
        )
    return sheet(columns, rows, section.title, key=section.id)


def _field(high_x: bool | None, high_y: bool | None) -> Iterator[Word]:
    for high in (high_x, high_y):
        yield "" if high is None else phrase("high") if high else phrase("low")
