"""Which part moved a number most, in a few lines: for a pane beside the line it is about."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.definitions.answers.drivers import Drivers
from kpi_tui.definitions.answers.segments import SegmentDrivers
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.causes.drivers import factor_sheet
from kpi_tui.views.causes.segments import segment_sheet
from kpi_tui.views.cells import TextCell, text
from kpi_tui.views.named_ids import in_names
from kpi_tui.views.names import column_name
from kpi_tui.views.reasons import reason
from kpi_tui.views.view import Row, Sheet

MOST = 4
"""Parts that are named; the screen of drivers has all."""


def part_moved(answer: SegmentDrivers | Drivers, space: Workspace) -> Sheet:
    """What each part is now and what it added to the change, the one that moved it most first; else why not."""
    against = answer.against.said
    if isinstance(answer, SegmentDrivers):
        column = column_name(space, answer.by)
        title: Word = phrase("Which part moved it since {period}: {column}", period=against, column=column)
        lines = segment_sheet(answer, space).only("segment", "after", "contribution")
        known = any(one.contribution for one in answer.segments)
    else:
        title = phrase("Which factor moved it since {period}", period=against)
        ordered = sorted(answer.drivers, key=lambda one: -abs(one.contribution or 0.0))
        lines = factor_sheet(replace(answer, drivers=tuple(ordered)), space).only("factor", "after", "contribution")
        known = any(one.contribution for one in answer.drivers)
    if not known:
        why = in_names(answer.detail, space) or (reason(answer.reason) if answer.reason else phrase("nothing did"))
        return Sheet(lines.columns[:1], (Row("why", (text(why, "muted"),)),), title)
    columns = tuple(replace(column, drop=1) if column.key == "after" else column for column in lines.columns)
    rows = [row for row in lines.rows if not row.total]
    more = len(rows) - MOST
    rest = (
        [Row("more", (text(phrase("and {count} more: b", count=more), "muted"), TextCell(), TextCell()))]
        if more > 0
        else []
    )
    return replace(lines, columns=columns, rows=(*rows[:MOST], *rest), title=title, notes=(), key="part moved")
