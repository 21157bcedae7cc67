"""What would become of it if nothing changed: users left by churn, or the next viral cycles (R132, R141, R142)."""

from __future__ import annotations

from dataclasses import asdict

from kpi_tui.definitions.answers.projection import CYCLES, Loss, Projection
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.text.format import DASH
from kpi_tui.text.phrase import Word, is_empty, joined, phrase, phrases
from kpi_tui.views.cells import BarCell, NumberCell
from kpi_tui.views.library.values import shown, value_data
from kpi_tui.views.reasons import reason
from kpi_tui.views.record import record
from kpi_tui.views.view import Column, Columns, Sheet, View, listed

BAR = 20


def projection(found: Projection) -> View:
    """The rows with what they rest on, and what they are not good for."""
    table = _losses(found) if found.kind == "churn" else _generations(found)
    data = {
        **record(found, "kind", "period", "users"),
        "rate": value_data(found.rate),
        "cycle": None if found.cycle is None else value_data(found.cycle),
        "rows": [*map(asdict, found.losses), *map(asdict, found.generations)],
        "detail": found.detail,
        "notes": [note.word for note in table.notes],
    }
    return View(sheets=(table,), data=data)


def _losses(found: Projection) -> Sheet:
    users = found.users or 1
    notes: list[Word] = [
        phrases(
            "Churn {rate} of {users} user",
            "Churn {rate} of {users} users",
            int(found.users or 0),
            rate=shown(found.rate),
            users=Quantity(found.users),
        ),
        phrase("Linear: the rule of thumb, users × churn × periods lost; all are gone after 1 / churn periods."),
        phrase("Compounding (ours): every period loses the same share of those who are left."),
        _why(found),
    ]
    columns: Columns[Loss] = [
        (Column("periods", phrase("After periods"), right=True), lambda row: NumberCell(row.periods)),
        (Column("linear", phrase("Linear"), right=True), lambda row: NumberCell(row.linear, digits=0)),
        (Column("linear_bar", width=BAR, drop=1), lambda row: BarCell(row.linear / users)),
        (Column("compounding", phrase("Compounding"), right=True), lambda row: NumberCell(row.compounding, digits=0)),
        (Column("compounding_bar", width=BAR, drop=1), lambda row: BarCell(row.compounding / users)),
    ]
    title = phrase("If the churn rate stays as it is")
    return listed(found.losses, columns, lambda row: str(row.periods), title, notes, "losses")


def _generations(found: Projection) -> Sheet:
    notes: list[Word] = [
        phrases(
            "K = {rate}, {users} user at first",
            "K = {rate}, {users} users at first",
            int(found.users or 0),
            rate=shown(found.rate),
            users=Quantity(found.users),
        ),
        phrase("For reading a campaign, not for planning: a viral peak lasts two or three days."),
        phrase("At most {count} cycles are projected.", count=CYCLES),
        _why(found),
    ]
    columns = [
        (Column("cycle", phrase("Cycle"), right=True), lambda row: NumberCell(row.cycle)),
        (Column("days", phrase("After"), right=True), lambda row: NumberCell(row.days, "days")),
        (Column("joined", phrase("Join"), right=True), lambda row: NumberCell(row.joined, digits=0)),
        (Column("total", phrase("In all"), right=True), lambda row: NumberCell(row.total, digits=0)),
    ]
    title = phrase("If everyone who joins invites once, at the same K")
    return listed(found.generations, columns, lambda row: str(row.cycle), title, notes, "generations")


def _why(found: Projection) -> Word:
    """Why there are no rows."""
    if found.losses or found.generations:
        return ""
    why = reason(found.rate.reason, found.detail)
    return joined(DASH, found.detail if is_empty(why) else why, between=" ")
