"""Standing reports: known metrics and columns, and a condition that may be asked (R147)."""

from __future__ import annotations

from collections.abc import Collection

from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Metric
from kpi_tui.definitions.library.saved_report import SavedReport
from kpi_tui.definitions.message import say
from kpi_tui.sql import guard
from kpi_tui.workspace.check.contradiction import Contradictions
from kpi_tui.workspace.parse.collected import Collected


def check_report(
    asked: SavedReport, metrics: Collected[Metric], columns: Collection[str], report: Contradictions
) -> None:
    """A report names known metrics, known columns and a condition that may be asked.

    A shipped one may name a column that only a workspace adds; who does not ask for it is not told.
    """
    for name in asked.metrics:
        bare = name.removesuffix(GROWTH_SUFFIX)
        if bare not in metrics.items and bare not in metrics.broken:  # a broken one stands in it with its error
            report.unknown(asked, "metrics", say("metric"), name, metrics.items)
    try:
        named = guard.row_condition(asked.where).written if asked.where else ()
    except guard.FragmentError as error:
        report.error(asked, "where", str(error), say("write it as after `values --where`"), "sql")
        return
    if not asked.place.is_shipped:
        for key, name in [*((("by", asked.by),) if asked.by else ()), *(("where", name) for name in named)]:
            if name not in columns:
                report.unknown(asked, key, say("column"), name, columns, "column")
