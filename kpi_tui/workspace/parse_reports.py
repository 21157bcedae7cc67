"""reports.toml: standing reports (spec R147)."""

from __future__ import annotations

from kpi_tui.definitions.metric import Metric
from kpi_tui.definitions.period import GRAINS, Grain
from kpi_tui.definitions.report import StandingReport
from kpi_tui.sql import guard
from kpi_tui.workspace.parse import Fields
from kpi_tui.workspace.report import Report
from kpi_tui.workspace.shelf import Shelf

GROWTH = ".growth"


def read_report(key: str, fields: Fields) -> StandingReport:
    """One `[reports.id]`."""
    last = fields.number("last", 1.0)
    if last < 1 or last != int(last):
        fields.problem("last", "'last' must be a whole number from 1 on", "write 7 for the last seven")
    return StandingReport(
        id=key,
        name=fields.text("name", required=True),
        metrics=fields.strings("metrics", required=True),
        grain=Grain(fields.choice("grain", GRAINS, Grain.DAY)),
        by=fields.string("by"),
        where=fields.string("where"),
        last=int(last),
        about=fields.text("about"),
        place=fields.place,
    )


def check_report(asked: StandingReport, metrics: Shelf[Metric], report: Report) -> None:
    """A report names known metrics, and a condition that may be asked."""
    for name in asked.metrics:
        bare = name.removesuffix(GROWTH)
        if bare in metrics.broken:
            report.follows(asked, "metrics", "metric", bare)
        elif bare not in metrics.items:
            report.unknown(asked, "metrics", "metric", name, metrics.items)
    try:
        if asked.where and guard.predicate(asked.where).tables:
            report.error(asked, "where", "a condition may not read other tables", "name columns only", "sql")
    except guard.FragmentError as error:
        report.error(asked, "where", str(error), "write it as after `values --where`", "sql")
