"""The targets of a period as a list: value, agreed benchmark, who, when, why (spec R009, R016)."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import NumberCell, TextCell, finite, text
from kpi_tui.views.names import metric_name, target_name, target_unit
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, View, listed


def targets_list(period: str, cells: Mapping[TargetKey, Target], space: Workspace) -> View:
    """A line per target."""
    lines = listed(
        cells,
        [
            (Column("role", phrase("Role")), lambda key: text(key.role)),
            (Column("metric", phrase("Metric")), lambda key: text(key.metric)),
            (Column("name"), lambda key: text(target_name(space, key), "muted", metric_name(space, key.metric))),
            (
                Column("value", phrase("Target"), right=True),
                lambda key: NumberCell(finite(cells[key].value), target_unit(space, key)),
            ),
            (
                Column("benchmark", phrase("Benchmark"), right=True),
                lambda key: _benchmark(cells[key], target_unit(space, key)),
            ),
            (Column("by", phrase("By")), lambda key: text(cells[key].by, "muted")),
            (Column("at", phrase("When")), lambda key: text(cells[key].at, "muted")),
            (Column("why", phrase("Why")), lambda key: text(cells[key].why, "muted")),
            (Column("late"), lambda key: text(phrase("late") if cells[key].late else "", "near", cells[key].late)),
        ],
        lambda key: f"{key.role}/{key.metric}",
        notes=[] if cells else [phrase("No targets for {period}.", period=period)],
        name="targets",
    )
    return View(sheets=(lines,), data=[_data(key, target, period, space) for key, target in cells.items()])


def agreed(target: Target, unit: str) -> Word:
    """What the market does, with the source, as agreed beside a target (R016); empty where nothing was."""
    if target.benchmark is None:
        return ""
    source = f"[{target.benchmark_source}]" if target.benchmark_source else ""
    return joined(Quantity(target.benchmark, unit), source, between=" ")


def _benchmark(target: Target, unit: str) -> TextCell:
    return text(agreed(target, unit), "muted", target.benchmark)


def _data(key: TargetKey, target: Target, period: str, space: Workspace) -> Record:
    metric = space.metrics.get(key.metric)
    return {
        **record(key, "role", "metric"),
        "period": period,
        **record(target, "value"),
        "unit": metric.unit if metric else "",
        **record(target, "by", "at", "why", "late", "benchmark", "benchmark_source"),
    }
