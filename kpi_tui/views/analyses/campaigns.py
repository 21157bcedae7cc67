"""Campaigns of a period: days, participants, and what they did against as many days before."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_tui.definitions.answers.analyses.campaigns import CampaignRow, Campaigns
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.change import changed
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import Cell, change_cell, of_value, text
from kpi_tui.views.doubts import doubts
from kpi_tui.views.library.values import value_data
from kpi_tui.views.names import metric_name, segment_word
from kpi_tui.views.record import Record
from kpi_tui.views.view import Column, Row, Sheet, sheet


def campaigns(found: Campaigns, space: Workspace) -> Sheet:
    """A line per campaign with its days and people, then one per metric: in its days, in as many before, the change."""
    columns = [
        Column("campaign", phrase("Campaign"), most=60),
        Column("metric", hidden=True),
        Column("first_day", phrase("First day"), hidden=True),
        Column("last_day", phrase("Last day"), hidden=True),
        Column("now", phrase("In its days"), right=True),
        Column("before", phrase("Days before"), right=True),
        Column("change", phrase("Change"), right=True),
    ]
    rows = [line for row in found.rows for line in _lines(row, space)]
    values = [value for row in found.rows for value in (row.participants, *(one for pair in row.pairs for one in pair))]
    said: Word = phrase("◌ no campaign has a day in this period: look at another one")
    if rows:
        said = phrase("What the participants did in the days of the campaign, and in as many days before it.")
    return sheet(columns, rows, notes=[said, *doubts(values, space)])


def _lines(row: CampaignRow, space: Workspace) -> Iterator[Row]:
    days = joined(segment_word(row.campaign), f"{row.span.start} … {row.span.last_day}")
    yield _line(row, joined(days, phrase("participants"), between=" · "), row.participants, None)
    for now, before in row.pairs:
        yield _line(row, metric_name(space, now.metric), now, before)


def _line(row: CampaignRow, name: Word, now: Value, before: Value | None) -> Row:
    blank: Cell = text("")
    cells: tuple[Cell, ...] = (
        text(name, "strong" if before is None else "", row.campaign),
        text(now.metric),
        text(str(row.span.start)),
        text(str(row.span.last_day)),
        of_value(now),
        of_value(before) if before is not None else blank,
        change_cell(changed(before.value, now.value, now.unit), blank=True) if before is not None else blank,
    )
    return Row(f"{row.campaign} {now.metric}", cells)


def campaigns_data(found: Campaigns) -> list[Record]:
    """The JSON: a campaign each, with its metrics now and before."""
    return [
        {
            "campaign": row.campaign,
            "first_day": str(row.span.start),
            "last_day": str(row.span.last_day),
            "running": row.running,
            "participants": value_data(row.participants),
            "metrics": [{"now": value_data(now), "before": value_data(before)} for now, before in row.pairs],
        }
        for row in found.rows
    ]
