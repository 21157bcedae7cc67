"""What would become of it if nothing changed: users left by churn, or the next viral cycles (R132, R141, R142)."""

from __future__ import annotations

from dataclasses import asdict

from kpi_tui.definitions.answers.projection import CYCLES, Projection
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.text.format import DASH
from kpi_tui.text.phrase import Word, is_empty, joined, phrase
from kpi_tui.views.cells import BarCell, Cell, NumberCell
from kpi_tui.views.library.values import shown, value_data
from kpi_tui.views.reasons import reason
from kpi_tui.views.view import Column, Sheet, View, sheet

BAR = 20


def projection(found: Projection) -> View:
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
        "notes": [note.word for note in table.notes],
    }
    return View(sheets=(table,), data=data)


def _losses(found: Projection) -> Sheet:
    columns = [
        Column("periods", phrase("After periods"), right=True),
        Column("linear", phrase("Linear"), right=True),
        Column("linear_bar", width=BAR, drop=1),
        Column("compounding", phrase("Compounding"), right=True),
        Column("compounding_bar", width=BAR, drop=1),
    ]
    users = found.users or 1
    rows: list[list[Cell]] = [
        [
            NumberCell(row.periods),
            NumberCell(row.linear, digits=0),
            BarCell(row.linear / users),
            NumberCell(row.compounding, digits=0),
            BarCell(row.compounding / users),
        ]
        for row in found.losses
    ]
    notes: list[Word] = [
        phrase("Churn {rate} of {users} users", rate=shown(found.rate), users=Quantity(found.users)),
        phrase("Linear: the rule of thumb, users × churn × periods lost; all are gone after 1 / churn periods."),
        phrase("Compounding (ours): every period loses the same share of those who are left."),
        _why(found),
    ]
    return sheet(columns, rows, phrase("If the churn rate stays as it is"), notes, "losses")


def _generations(found: Projection) -> Sheet:
    columns = [
        Column("cycle", phrase("Cycle"), right=True),
        Column("days", phrase("After"), right=True),
        Column("joined", phrase("Join"), right=True),
        Column("total", phrase("In all"), right=True),
    ]
    rows = [
        [
            NumberCell(row.cycle),
            NumberCell(row.days, "days"),
            NumberCell(row.joined, digits=0),
            NumberCell(row.total, digits=0),
        ]
        for row in found.generations
    ]
    notes: list[Word] = [
        phrase("K = {rate}, {users} users at first", rate=shown(found.rate), users=Quantity(found.users)),
        phrase("For reading a campaign, not for planning: a viral peak lasts two or three days."),
        phrase("At most {count} cycles are projected.", count=CYCLES),
        _why(found),
    ]
    return sheet(columns, rows, phrase("If everyone who joins invites once, at the same K"), notes, "generations")


def _why(found: Projection) -> Word:
    """Why there are no rows."""
    if found.losses or found.generations:
        return ""
    why = reason(found.rate.reason, found.detail)
    return joined(DASH, found.detail if is_empty(why) else why, between=" ")
