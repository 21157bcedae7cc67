"""Answers about planning: metrics under the five dimensions (spec R012), and metric × role (spec R015)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kpi_tui.definitions.library.metric import Metric
from kpi_tui.definitions.role import Role
from kpi_tui.report.sheet import Cell, Column, Report, figure, sheet, word
from kpi_tui.report.values import Namer
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import N_, _, language

DIMENSIONS = {
    "aarrr": N_("AARRR model"),
    "life_cycle": N_("User life cycle"),
    "feedback": N_("User feedback"),
    "work": N_("Work management"),
    "growth": N_("Employee growth"),
}
OFF_FOCUS = "≠"


def plan_report(plan: Mapping[str, Sequence[Metric]], roles_of: Callable[[str], Sequence[str]]) -> Report:
    """The five dimensions, the metrics under each and who is scored by them; an empty one is named."""
    columns = [
        Column("dimension", _("Dimension")),
        Column("metric", _("Metric")),
        Column("name", _("Name")),
        Column("roles", _("Roles")),
    ]
    rows: list[list[Cell]] = []
    for dimension, metrics in plan.items():
        title = _(DIMENSIONS[dimension])
        if not metrics:
            rows.append(
                [Cell(title, dimension), Cell(fmt.DASH, ""), word(_("no metric in the library"), "near"), word("")]
            )
        for place, metric in enumerate(metrics):
            heading = Cell("" if place else f"{title} ({len(metrics)})", dimension)
            who = ", ".join(roles_of(metric.id))
            rows.append([heading, word(metric.id), word(metric.name.both(), "dim"), word(who, "dim")])
    empty = [_(DIMENSIONS[dimension]) for dimension, metrics in plan.items() if not metrics]
    notes = [_("Without a metric: {dimensions}", dimensions=", ".join(empty))] if empty else []
    return Report(
        [_plan_data(dimension, plan[dimension], roles_of) for dimension in plan], (sheet(columns, rows, notes=notes),)
    )


def _plan_data(
    dimension: str, metrics: Sequence[Metric], roles_of: Callable[[str], Sequence[str]]
) -> dict[str, object]:
    return {
        "dimension": dimension,
        "empty": not metrics,
        "metrics": [{"id": metric.id, "roles": list(roles_of(metric.id))} for metric in metrics],
    }


def allocation_report(roles: Sequence[Role], metric_name: Namer, off_focus: Callable[[str, str], bool]) -> Report:
    """Metric × role with weights; `≠` marks a metric of another stage than the role aims at (R024)."""
    names = [Column(role.id, role.name.get(language()) or role.id, right=True) for role in roles]
    columns = [Column("metric", _("Metric")), Column("name", ""), *names]
    weights = {role.id: {line.metric: line.weight for line in role.lines} for role in roles}
    metrics = dict.fromkeys(line.metric for role in roles for line in role.lines)
    rows, data = [], []
    for metric in metrics:
        held = {role: lines[metric] for role, lines in weights.items() if metric in lines}
        strange = [role for role in held if off_focus(role, metric)]
        cells = [_weight(held.get(role), role in strange) for role in weights]
        rows.append([word(metric), word(metric_name(metric), "dim"), *cells])
        data.append({"metric": metric, "weights": held, "off_focus": strange})
    aims = ", ".join(f"{role.name.get(language()) or role.id}: {role.aim}" for role in roles if role.aim)
    notes = [_("Aims: {aims}. {mark} another stage than the aim.", aims=aims, mark=OFF_FOCUS)] if aims else []
    return Report(data, (sheet(columns, rows, notes=notes),))


def _weight(weight: float | None, strange: bool) -> Cell:
    if weight is None:
        return Cell("", None)
    text = fmt.decimals(weight, 0 if float(weight).is_integer() else 1)
    return figure(weight, f"{text} {OFF_FOCUS}" if strange else text, "near" if strange else "")
