"""What would become of it if nothing changed: users left by churn, or the next viral cycles (R132, R141, R142)."""

from __future__ import annotations

from dataclasses import asdict, replace

from kpi_tui.definitions.answers.projection import CYCLES, Generation, Loss, Projection
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.text.format import DASH
from kpi_tui.text.phrase import Word, is_empty, joined, phrase, phrases
from kpi_tui.views.cells import BarCell, NumberCell, Point, Series, text
from kpi_tui.views.charts import LineChart
from kpi_tui.views.library.values import shown, value_data
from kpi_tui.views.reasons import reason
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import ADVICE, WIDE, Column, Columns, Sentence, Sheet, View, listed

BAR = 20


def projection(found: Projection) -> View:
    """The rows with what they rest on, and what they are not good for."""
    table = projection_sheet(found)
    return View(sheets=(table,), data=projection_data(found, table))


def projection_sheet(found: Projection) -> Sheet:
    """The periods or cycles to come, and below them what they rest on and what was put in."""
    table = _losses(found) if found.kind == "churn" else _generations(found)
    if not found.assumed:
        return table
    names = {"users": phrase("users at first"), "rate": phrase("K"), "cycle": phrase("cycle")}
    names |= {"rate": phrase("churn rate")} if found.kind == "churn" else {}
    said = joined(*(names[name] for name in found.assumed), between=", ")
    return replace(
        table, notes=(Sentence(phrase("What if: {names} put in by hand.", names=said), "changed", ADVICE), *table.notes)
    )


def projection_chart(found: Projection, title: Word, key: str) -> LineChart:
    """Who would be left, losing the same share again and again; or how many there would be in all."""
    left = [(str(row.periods), row.compounding) for row in found.losses]
    points = left or [(str(row.cycle), row.total) for row in found.generations]
    return LineChart(title, Series(tuple(Point(name, value) for name, value in points)), key)


def projection_data(found: Projection, table: Sheet) -> Record:
    """The JSON: the rows, what they rest on, and what was assumed."""
    return {
        **record(found, "kind", "period", "users"),
        "rate": value_data(found.rate),
        "cycle": None if found.cycle is None else value_data(found.cycle),
        "rows": [*map(asdict, found.losses), *map(asdict, found.generations)],
        "detail": found.detail,
        "notes": [note.word for note in table.notes],
        "assumed": list(found.assumed),
    }


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
        (Column("periods", phrase("After periods")), lambda row: text(str(row.periods), "", row.periods)),
        (Column("linear", phrase("Linear"), right=True), lambda row: NumberCell(row.linear, digits=0)),
        (Column("linear_bar", width=BAR, drop=WIDE), lambda row: BarCell(row.linear / users)),
        (Column("compounding", phrase("Compounding"), right=True), lambda row: NumberCell(row.compounding, digits=0)),
        (Column("compounding_bar", width=BAR, drop=1), lambda row: BarCell(row.compounding / users)),
    ]
    title = phrase("If the churn rate stays as it is")
    return listed(found.losses, columns, lambda row: str(row.periods), title, notes, "losses")


def _generations(found: Projection) -> Sheet:
    caution = phrase("For reading a campaign, not for planning: a viral peak lasts two or three days.")
    notes: list[Word | Sentence] = [
        phrases(
            "K = {rate}, {users} user at first",
            "K = {rate}, {users} users at first",
            int(found.users or 0),
            rate=shown(found.rate),
            users=Quantity(found.users),
        ),
        Sentence(caution, key=ADVICE),  # it stands on a page too, where notes of a sheet are folded away (R142)
        phrase("At most {count} cycles are projected.", count=CYCLES),
        _why(found),
    ]
    columns: Columns[Generation] = [
        (Column("cycle", phrase("Cycle")), lambda row: text(str(row.cycle), "", row.cycle)),
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
