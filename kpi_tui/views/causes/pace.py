"""How far a running period has come: due by today, the end and its range, and what that means for the target."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.baseline import Pace
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.causes.baseline import BAD, ODD, UNKNOWN, USUAL, band_data
from kpi_tui.views.cells import Cell, NumberCell, finite, text
from kpi_tui.views.names import metric_name
from kpi_tui.views.view import Column, Row, Sentence, View, sheet

_MARKS = {"ahead": USUAL, "within": ODD, "behind": BAD}


def pace(found: Sequence[Pace], space: Workspace) -> View:
    """One line per metric: now, due by today, the end and its range."""
    columns = [
        Column("state"),
        Column("metric", phrase("Metric")),
        Column("value", phrase("Now"), right=True),
        Column("due", phrase("Due by now"), right=True),
        Column("target", phrase("Target"), right=True),
        Column("projected", phrase("Will end at"), right=True),
        Column("low", phrase("from"), right=True, drop=1),
        Column("high", phrase("to"), right=True, drop=1),
        Column("share", phrase("Usual by now"), right=True, drop=2),
        Column("reason"),
    ]
    rows = [Row(f"{one.role}/{one.metric}", _cells(one, space)) for one in found]
    notes = [
        Sentence(word, "weak" if one.state == "behind" else "") for one in found if (word := _sentence(one, space))
    ]
    data = [pace_data(one) for one in found]
    return View(sheets=(sheet(columns, rows, _title(found), notes, "pace"),), data=data)


def _title(found: Sequence[Pace]) -> Word:
    days = [phrase("day {day} of {days}", day=one.day, days=one.days) for one in found[:1]]
    return joined(found[0].period.id, *days) if found else ""


def _sentence(found: Pace, space: Workspace) -> Word:
    """What the pace means for the target."""
    unit, name = found.value.unit, metric_name(space, found.metric)
    target, low, high = (Quantity(number, unit) for number in (found.target, found.low, found.high))
    match found.state:
        case "behind":
            return phrase("{bad} {metric}: at most {high} is usual from here, the target is {target}.",
                          bad=BAD, metric=name, high=high, target=target)  # fmt: skip
        case "ahead":
            return phrase("{usual} {metric}: at least {low} is usual from here, above the target {target}.",
                          usual=USUAL, metric=name, low=low, target=target)  # fmt: skip
        case "within":
            return phrase("{odd} {metric}: the target {target} lies within what is usual from here.",
                          odd=ODD, metric=name, target=target)  # fmt: skip
    return ""


def _cells(found: Pace, space: Workspace) -> tuple[Cell, ...]:
    unit, band = found.value.unit, found.band
    usual: Word = ""
    if band is not None:
        usual = phrase("usual {low} … {high}", low=Quantity(band.low, unit), high=Quantity(band.high, unit))
    return (
        text(_MARKS.get(found.state or "", UNKNOWN), "weak" if found.state == "behind" else "", found.state),
        text(metric_name(space, found.metric), exact=found.metric),
        NumberCell(finite(found.value.value), unit, partial=found.value.partial),
        *(NumberCell(finite(n), unit) for n in (found.due, found.target, found.projected, found.low, found.high)),
        NumberCell(finite(found.share), "percent"),
        text(joined(usual, found.detail, between="; "), "muted", found.reason.value if found.reason else ""),
    )


def pace_data(found: Pace) -> dict[str, object]:
    """The JSON of everything known about a running period."""
    return {
        "metric": found.metric,
        "period": found.period.id,
        "value": finite(found.value.value),
        "unit": found.value.unit,
        "day": found.day,
        "days": found.days,
        "role": found.role,
        "target": found.target,
        "basis": found.basis,
        "periods": found.periods,
        "share": finite(found.share),
        "due": finite(found.due),
        "projected": finite(found.projected),
        "low": finite(found.low),
        "high": finite(found.high),
        "state": found.state,
        "band": band_data(found.band),
        "reason": found.reason.value if found.reason else None,
        "detail": found.detail,
    }
