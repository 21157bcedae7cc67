"""Answers of `projection`: two curves of users left, or the next viral cycles (spec R132, R141, R142)."""

from __future__ import annotations

from dataclasses import asdict

from kpi_tui.definitions.answers.projection import CYCLES, Projection
from kpi_tui.report.sheet import Column, Report, Sheet, figure, sheet, word
from kpi_tui.report.values import value_data
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import _, told

CELLS = 20  # of a bar


def projection_report(found: Projection) -> Report:
    """The rows with what they rest on, and what they are not good for."""
    table = _losses(found) if found.kind == "churn" else _generations(found)
    data = {
        "kind": found.kind,
        "period": found.period.id,
        "users": found.users,
        "rate": value_data(found.rate),
        "cycle": None if found.cycle is None else value_data(found.cycle),
        "rows": [*map(asdict, found.losses), *map(asdict, found.generations)],
        "detail": found.detail,
        "notes": list(table.notes),
    }
    return Report(data, (table,))


def _losses(found: Projection) -> Sheet:
    columns = [
        Column("periods", _("After periods"), right=True),
        Column("linear", _("Linear"), right=True),
        Column("linear_bar", "", least=60),
        Column("compounding", _("Compounding"), right=True),
        Column("compounding_bar", "", least=60),
    ]
    rows = [
        [
            figure(row.periods, str(row.periods)),
            figure(row.linear, fmt.decimals(row.linear, 0)),
            word(fmt.rule(row.linear / (found.users or 1), CELLS)),
            figure(row.compounding, fmt.decimals(row.compounding, 0)),
            word(fmt.rule(row.compounding / (found.users or 1), CELLS)),
        ]
        for row in found.losses
    ]
    notes = [
        _("Churn {rate} of {users} users", rate=fmt.shown(found.rate), users=fmt.number(found.users, "count")),
        _("Linear: the rule of thumb, users × churn × periods lost; all are gone after 1 / churn periods."),
        _("Compounding (ours): every period loses the same share of those who are left."),
        _why(found),
    ]
    return sheet(columns, rows, _("If the churn rate stays as it is"), notes)


def _generations(found: Projection) -> Sheet:
    columns = [
        Column("cycle", _("Cycle"), right=True),
        Column("days", _("After"), right=True),
        Column("joined", _("Join"), right=True),
        Column("total", _("In all"), right=True),
    ]
    rows = [
        [
            figure(row.cycle, str(row.cycle)),
            figure(row.days, fmt.number(row.days, "days")),
            figure(row.joined, fmt.decimals(row.joined, 0)),
            figure(row.total, fmt.decimals(row.total, 0)),
        ]
        for row in found.generations
    ]
    notes = [
        _("K = {rate}, {users} users at first", rate=fmt.shown(found.rate), users=fmt.number(found.users, "count")),
        _("For reading a campaign, not for planning: a viral peak lasts two or three days."),
        _("At most {count} cycles are projected.", count=CYCLES),
        _why(found),
    ]
    return sheet(columns, rows, _("If everyone who joins invites once, at the same K"), notes)


def _why(found: Projection) -> str:
    """Why there are no rows."""
    if found.losses or found.generations:
        return ""
    return f"{fmt.DASH} {fmt.reason(found.rate.reason, found.detail) or told(found.detail)}"
