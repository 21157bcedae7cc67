"""Standing reports: known metrics, and a condition that may be asked (spec R147)."""

from __future__ import annotations

from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Metric
from kpi_tui.definitions.library.saved_report import SavedReport
from kpi_tui.definitions.message import say
from kpi_tui.sql import guard
from kpi_tui.workspace.check.contradiction import Contradictions
from kpi_tui.workspace.parse.collected import Collected


def check_report(asked: SavedReport, metrics: Collected[Metric], report: Contradictions) -> None:
    """A report names known metrics, and a condition that may be asked."""
    for name in asked.metrics:
        bare = name.removesuffix(GROWTH_SUFFIX)
        if bare in metrics.broken:
            report.follows(asked, "metrics", say("metric"), bare)
        elif bare not in metrics.items:
            report.unknown(asked, "metrics", say("metric"), name, metrics.items)
    try:
        if asked.where and guard.predicate(asked.where).tables:
            report.error(asked, "where", say("a condition may not read other tables"), say("name columns only"), "sql")
    except guard.FragmentError as error:
        report.error(asked, "where", str(error), say("write it as after `values --where`"), "sql")
