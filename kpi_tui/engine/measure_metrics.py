"""Base measures that can be asked for like metrics: chains are made of them (R043–R057)."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.definitions.library.metric import Better, Kind, Metric
from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace

PREFIX = "="
"""Before the id of a measure that is asked for by itself; no metric's id can begin so."""


def metric_for(workspace: Workspace, name: str) -> str:
    """How a name of a chain is asked for: a measure first, then a metric."""
    return PREFIX + name if name in workspace.measures else name


def with_measures(workspace: Workspace) -> Workspace:
    """The workspace with every measure as a metric of its own, readable at any period."""
    added = {PREFIX + name: _metric(name) for name in workspace.measures}
    return replace(workspace, metrics={**workspace.metrics, **added})


def _metric(name: str) -> Metric:
    return Metric(
        id=PREFIX + name,
        name=Text(name),
        category="",
        kind=Kind.ABSOLUTE,
        formula=name,
        unit="count",
        better=Better.NEUTRAL,
        grain=Grain.DAY,
    )
