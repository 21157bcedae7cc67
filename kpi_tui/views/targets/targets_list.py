"""The targets of a period as a list: value, agreed benchmark, who, when, why (spec R009, R016)."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import joined, phrase
from kpi_tui.views.cells import Cell, NumberCell, TextCell, finite, text
from kpi_tui.views.names import metric_name, target_name, target_unit
from kpi_tui.views.view import Column, View, sheet


def targets_list(period: str, cells: Mapping[TargetKey, Target], space: Workspace) -> View:
    """A line per target."""
    columns = [
        Column("role", phrase("Role")),
        Column("metric", phrase("Metric")),
        Column("name"),
        Column("value", phrase("Target"), right=True),
        Column("benchmark", phrase("Benchmark"), right=True),
        Column("by", phrase("By")),
        Column("at", phrase("When")),
        Column("why", phrase("Why")),
        Column("late"),
    ]
    rows = [_row(key, target, space) for key, target in cells.items()]
    notes = [] if rows else [phrase("No targets for {period}.", period=period)]
    data = [_data(key, target, period, space) for key, target in cells.items()]
    return View(sheets=(sheet(columns, rows, notes=notes),), data=data)


def _row(key: TargetKey, target: Target, space: Workspace) -> list[Cell]:
    unit = target_unit(space, key)
    return [
        text(key.role),
        text(key.metric),
        text(target_name(space, key), "muted", metric_name(space, key.metric)),
        NumberCell(finite(target.value), unit),
        _benchmark(target, unit),
        text(target.by, "muted"),
        text(target.at, "muted"),
        text(target.why, "muted"),
        text(phrase("late") if target.late else "", "near", target.late),
    ]


def _benchmark(target: Target, unit: str) -> TextCell:
    """What the market does, with the source, as agreed beside a target (R016)."""
    if target.benchmark is None:
        return text("", "", None)
    source = f"[{target.benchmark_source}]" if target.benchmark_source else ""
    return text(joined(Quantity(target.benchmark, unit), source, between=" "), "muted", target.benchmark)


def _data(key: TargetKey, target: Target, period: str, space: Workspace) -> dict[str, object]:
    return {
        "role": key.role,
        "metric": key.metric,
        "period": period,
        "value": finite(target.value),
        "unit": space.metrics[key.metric].unit if key.metric in space.metrics else "",
        "by": target.by,
        "at": target.at,
        "why": target.why,
        "late": target.late,
        "benchmark": target.benchmark,
        "benchmark_source": target.benchmark_source,
    }
