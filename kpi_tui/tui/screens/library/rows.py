"""What the Library's lists show: shelves with counts, metrics with kind, unit, direction and stage (R013, R017)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kpi_tui.definitions.library.metric import Better, Category, Kind, Metric
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import unit_name
from kpi_tui.text.i18n import N_, _, language
from kpi_tui.tui.widgets.cells import Cell, Row
from kpi_tui.tui.widgets.columns import Column

ALL = "*"
Live = Mapping[str, tuple[bool, str]]
"""Metric id → whether its tables are here, and what is missing; empty until it is known."""

KINDS = {Kind.ABSOLUTE: N_("abs."), Kind.RATIO: N_("ratio")}
DIRECTIONS = {Better.HIGHER: "↑", Better.LOWER: "↓", Better.NEUTRAL: "–"}
STAGES = {
    "acquisition": N_("acq."),
    "activation": N_("act."),
    "retention": N_("ret."),
    "revenue": N_("rev."),
    "referral": N_("ref."),
}


def shelves(workspace: Workspace) -> list[Category]:
    """The modules of R013 first, then the added ones; a category without an entry gets one by its id."""
    known = list(workspace.categories.values())
    strays = dict.fromkeys(m.category for m in workspace.metrics.values() if m.category not in workspace.categories)
    known += [Category(id_, Text(id_)) for id_ in strays]
    return sorted(known, key=lambda category: not category.module)


def category_columns() -> list[Column]:
    """Name and number of metrics."""
    return [Column("name", _("Module"), flex=1, least=8), Column("count", "", width=4, right=True)]


def category_rows(workspace: Workspace) -> list[Row]:
    """All metrics, the eight modules, then the shelves added to them."""
    shelf_of = [metric.category for metric in workspace.metrics.values()]
    rows = [_category_row(ALL, _("All metrics"), len(shelf_of))]
    module: bool | None = None
    for category in shelves(workspace):
        if category.module is not module:
            module = category.module
            rows.append(Row(f"heading:{module}", heading=_("Modules") if module else _("Added modules")))
        rows.append(_category_row(category.id, category.name.get(language()), shelf_of.count(category.id)))
    return rows


def _category_row(id_: str, name: str, count: int) -> Row:
    style = "" if count else "muted"
    return Row(id_, (Cell(name, style), Cell(str(count), "muted")))


def metric_columns() -> list[Column]:
    """Both names (the language in force first), stage, kind, unit, direction; the name always stays."""
    return [
        Column("live", "", width=1),
        Column("name", _("Metric"), flex=1, least=18),
        Column("stage", "AARRR", most=6, drop=3),
        Column("kind", _("Kind"), most=6, drop=2),
        Column("unit", _("Unit"), most=8, drop=1),
        Column("better", "±", width=1),
    ]


def metric_rows(metrics: Iterable[Metric], live: Live, currency: str) -> list[Row]:
    """One line per metric, in the order given."""
    return [_metric_row(metric, live, currency) for metric in metrics]


def grouped_rows(workspace: Workspace, metrics: Sequence[Metric], live: Live) -> list[Row]:
    """The metrics under a heading per shelf, in the order of the shelves."""
    rows: list[Row] = []
    for category in shelves(workspace):
        own = [metric for metric in metrics if metric.category == category.id]
        if own:
            rows.append(Row(f"heading:{category.id}", heading=category.name.get(language())))
            rows += metric_rows(own, live, workspace.currency)
    return rows


def _metric_row(metric: Metric, live: Live, currency: str) -> Row:
    names = (metric.name.en, metric.name.zh)
    name = " ".join(dict.fromkeys(part for part in (names if language() == "en" else names[::-1]) if part))
    mark, style = live_mark(live.get(metric.id))
    unit = "%" if metric.unit == "percent" else unit_name(metric.unit, currency)
    return Row(
        metric.id,
        (
            Cell(mark, style),
            Cell(name or metric.id),
            Cell(stage_name(metric.aarrr), "muted"),
            Cell(_(KINDS[metric.kind]), "muted"),
            Cell(unit, "muted"),
            Cell(DIRECTIONS[metric.better], "muted"),
        ),
    )


def live_mark(live: tuple[bool, str] | None) -> tuple[str, str]:
    """● computed here, ○ data missing, blank while unknown; with its style."""
    if live is None:
        return "", "muted"
    return ("●", "good") if live[0] else ("○", "muted")


def stage_name(stage: str) -> str:
    """An AARRR stage in a short word."""
    return _(STAGES[stage]) if stage in STAGES else stage
