"""Numbers of a period beside those of the period before and of the same period last year."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.analyses.comparison import Comparison
from kpi_tui.definitions.answers.value import Value, unfinished
from kpi_tui.definitions.change import changed
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import NumberCell, change_cell, marked, text
from kpi_tui.views.doubts import doubt_column, doubts, shared_doubt_cell, shared_doubt_data
from kpi_tui.views.names import metric_name
from kpi_tui.views.reasons import reason
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import METRIC, Column, Sheet, View, listed


def comparisons(found: Sequence[Comparison], space: Workspace) -> View:
    """The sheet alone."""
    return View(sheets=(comparison_sheet(found, space),), data=[comparison_data(one) for one in found])


def comparison_sheet(found: Sequence[Comparison], space: Workspace) -> Sheet:
    """One line per metric; two numbers are compared where both their periods are whole."""
    before = any(one.before for one in found)
    return listed(
        found,
        [
            (
                Column("metric", phrase("Metric")),
                lambda one: text(metric_name(space, one.now.metric), "", one.now.metric),
            ),
            (Column("value", phrase("Value"), right=True), lambda one: marked(one.now)),
            (Column("before", phrase("Before"), right=True, hidden=not before), lambda one: _number(one.before)),
            (
                Column("change", phrase("since then"), right=True, hidden=not before),
                lambda one: change_cell(moved(one.now, one.before)),
            ),
            (Column("last_year", phrase("Last year"), right=True), lambda one: _number(one.last_year)),
            (
                Column("change_last_year", phrase("in a year"), right=True),
                lambda one: change_cell(moved(one.now, one.last_year)),
            ),
            (Column("reason"), lambda one: text(_why(one, space), "muted")),
            (doubt_column(), lambda one: shared_doubt_cell(_values(one))),
        ],
        lambda one: METRIC + one.now.metric,
        _days(found[0].now.period) if found else "",
        [_legend(found[0]), *doubts((value for one in found for value in _values(one)), space)] if found else [],
        "compared",
    )


def moved(now: Value, then: Value | None) -> Quantity | None:
    """How far a number moved; None where a period is not whole."""
    if then is None or now.partial or then.partial:
        return None
    return changed(then.value, now.value, now.unit)


def _values(one: Comparison) -> list[Value]:
    return [value for value in (one.now, one.before, one.last_year) if value is not None]


def _number(value: Value | None) -> NumberCell:
    return marked(value) if value is not None else NumberCell(None)


def _days(period: Period) -> Word:
    days = "" if period.is_plain else f"{period.start} … {period.last_day}"
    return joined(period.said, days, between="  ")


def _legend(one: Comparison) -> Word:
    """Which days stand beside these."""
    before = one.before.period if one.before else None
    year = phrase("last year: {days}", days=_days(one.last_year.period))
    if before is None:
        return year
    return joined(phrase("before: {days}", days=_days(before)), year, between=" · ")


def _why(one: Comparison, space: Workspace) -> Word:
    """Why there is no number, or no change; "" where all are known."""
    part = next((value for value in _values(one) if value.partial), None)
    if one.now.value is None or part is None:
        lacking = next((value for value in _values(one) if value.value is None), None)
        return (
            ""
            if lacking is None
            else joined(lacking.period.said, ": ", reason(lacking.reason, lacking.detail, space), between="")
        )
    return unfinished(part)


def comparison_data(one: Comparison) -> Record:
    """The JSON of a line."""
    found = record(
        one, "metric=now.metric", "period=now.period", "value=now.value", "unit=now.unit", "reason=now.reason"
    )
    for name, then in (("before", one.before), ("last_year", one.last_year)):
        change = moved(one.now, then)
        of = None if then is None else record(then, "period", "value", "reason")
        found[name] = None if of is None else {**of, "change": change and change.value}
    return found | shared_doubt_data(_values(one)) | {"partial": any(value.partial for value in _values(one))}
