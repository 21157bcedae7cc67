"""Base measures that can be asked for like metrics: chains are made of them (R043–R057). So are formulas of pages, that
a quotient of two columns leaves out what a metric of that formula would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kpi_tui.definitions.library.metric import Better, Kind, Metric, Rollup
from kpi_tui.definitions.library.page import BaselinePart, BreakdownPart, PartColumn
from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.sql import guard

PREFIX = "="
"""Before the id of a measure, or a formula over measures, that is asked for by itself; no metric's id can begin so."""
_NAME = re.compile(r"[A-Za-z_]\w*")


def metric_for(workspace: Workspace, name: str) -> str:
    """How a name of a chain is asked for: a measure first, then a metric."""
    return PREFIX + name if name in workspace.measures else name


def measure_metric(measure: str) -> Metric:
    """A base measure as a metric of its own."""
    return _metric(measure)


def with_measures(workspace: Workspace) -> Workspace:
    """The workspace with every measure and every quotient of a page as a metric of its own, readable at any period;
    and with quotients of plain sums over the measures of these, so that both sides of them are of the same rows."""
    added = {PREFIX + text: _metric(text) for text in (*workspace.measures, *_quotients(workspace))}
    own = {metric.id: _over_its_measures(metric, workspace) for metric in workspace.metrics.values()}
    return replace(workspace, metrics={**own, **added})


def _over_its_measures(metric: Metric, workspace: Workspace) -> Metric:
    """A quotient of metrics (`paid_amount / buyers`) as one of their measures, where each is a plain sum of such."""
    if "/" not in metric.formula:
        return metric
    names = {*_NAME.findall(metric.formula)} & workspace.metrics.keys() - workspace.measures.keys()
    sums = {name: text for name in names if (text := _sum_of(name, metric.grain, workspace))}
    return replace(metric, formula=_with(metric.formula, sums)) if sums else metric


def _sum_of(name: str, grain: Grain, workspace: Workspace, inside: frozenset[str] = frozenset()) -> str:
    """The formula over measures of a metric that means the same at every period of a grain; "" where it is no sum."""
    if name in workspace.measures:
        return name
    metric = workspace.metrics.get(name)
    if metric is None or name in inside or metric.grain not in (Grain.DAY, grain):
        return ""
    if metric.rollup is not Rollup.RECOMPUTE or metric.optional or metric.applies or metric.per:
        return ""
    if not metric.formula or not guard.is_sum(metric.formula):
        return ""
    parts = {one: _sum_of(one, grain, workspace, inside | {name}) for one in _NAME.findall(metric.formula)}
    text = _with(metric.formula, parts)
    return (text if text in workspace.measures else f"({text})") if all(parts.values()) else ""


def over_measures(column: PartColumn, part: BreakdownPart, workspace: Workspace) -> str:
    """The formula of a column over the base measures of its period and row; "" where it is made of anything else."""
    formulas: dict[str, str] = {}
    for one in part.columns:
        metric = workspace.metrics.get(one.metric)
        recomputed = metric is not None and metric.rollup is Rollup.RECOMPUTE and not metric.optional
        if one.previous or one.whole:
            continue
        if one.formula:
            formulas[one.id] = f"({_with(one.formula, formulas)})"
        elif one.measure or (metric and recomputed and metric.formula in workspace.measures):
            formulas[one.id] = one.measure or (metric.formula if metric else "")
    text = _with(column.formula, formulas)
    columns = {one.id for one in part.columns} - set(workspace.measures)
    return "" if columns & set(_NAME.findall(text)) else text


def _with(formula: str, formulas: dict[str, str]) -> str:
    return _NAME.sub(lambda found: formulas.get(found[0], found[0]), formula)


def _quotients(workspace: Workspace) -> Iterator[str]:
    """Formulas over measures with a quotient that a page works out by row or by day."""
    parts = [section.part for page in workspace.pages.values() for section in page.sections]
    for part in parts:
        if isinstance(part, BreakdownPart):
            yield from (over_measures(column, part, workspace) for column in part.columns if "/" in column.formula)
        elif isinstance(part, BaselinePart):
            known = [workspace.metrics[name] for name in part.cuts.get("day", ()) if name in workspace.metrics]
            yield from (metric.formula for metric in known if "/" in metric.formula)


@lru_cache(maxsize=4096)
def _metric(formula: str) -> Metric:
    return Metric(
        id=PREFIX + formula,
        name=Text(formula),
        category="",
        kind=Kind.ABSOLUTE,
        formula=formula,
        unit="count",
        better=Better.NEUTRAL,
        grain=Grain.DAY,
    )
