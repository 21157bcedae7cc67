"""How far a running period has come: due by today, the end and its range, and what that means for the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.baseline import Pace
from kpi_tui.definitions.answers.score import Scorecard
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.causes.baseline import BAD, ODD, UNKNOWN, USUAL, band_data
from kpi_tui.views.causes.tree import number
from kpi_tui.views.cells import NumberCell, TextCell, finite, text
from kpi_tui.views.doubts import doubt_cell, doubt_column, doubt_data, doubts
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Sentence, View, listed

_FIELDS = (
    *("metric", "period", "value=value.value", "unit=value.unit", "day", "days", "role", "target", "basis", "periods"),
    *("share", "due", "projected", "low", "high", "state"),
)
_MARKS = {"ahead": USUAL, "within": ODD, "behind": BAD}


def pace(found: Sequence[Pace], space: Workspace) -> View:
    """One line per metric: now, due by today, the end and its range."""
    notes = [
        Sentence(word, "weak" if one.state == "behind" else "") for one in found if (word := _sentence(one, space))
    ]
    table = listed(
        found,
        [
            (Column("state"), _state),
            (Column("metric", phrase("Metric")), lambda one: text(metric_name(space, one.metric), exact=one.metric)),
            (Column("value", phrase("Now"), right=True), lambda one: number(one.value)),
            (Column("due", phrase("Due by now"), right=True), lambda one: _number(one, one.due)),
            (Column("target", phrase("Target"), right=True), lambda one: _number(one, one.target)),
            (Column("projected", phrase("Will end at"), right=True), lambda one: _number(one, one.projected)),
            (Column("low", phrase("from"), right=True, drop=1), lambda one: _number(one, one.low)),
            (Column("high", phrase("to"), right=True, drop=1), lambda one: _number(one, one.high)),
            (Column("share", phrase("Usual by now"), right=True, drop=2), lambda one: NumberCell(one.share, "percent")),
            (Column("reason"), _why),
            (doubt_column(), lambda one: doubt_cell(one.value)),
        ],
        lambda one: f"{one.role}/{one.metric}",
        _title(found),
        [*notes, *doubts((one.value for one in found), space)],
        "pace",
    )
    return View(sheets=(table,), data=[pace_data(one) for one in found])


def paces_of_posts(cards: Sequence[Scorecard], space: Workspace) -> View:
    """A sheet for each post whose period is running."""
    running = [card for card in cards if card.paces]
    views = [pace(card.paces, space) for card in running]
    sheets = (
        replace(table, title=joined(owner_name(space, card.role), table.title), key=f"pace {card.role}")
        for card, view in zip(running, views, strict=True)
        for table in view.sheets
    )
    data = [pace_data(one) for card in running for one in card.paces]
    return View(phrase("Pace of the running period"), sheets=tuple(sheets), data=data)


def pace_data(found: Pace) -> Record:
    """The JSON of a running period."""
    more = {"band": band_data(found.band), **record(found, "reason", "detail")}
    return {**record(found, *_FIELDS), **more, **doubt_data(found.value)}


def _title(found: Sequence[Pace]) -> Word:
    days = [phrase("day {day} of {days}", day=one.day, days=one.days) for one in found[:1]]
    return joined(found[0].period.said, *days) if found else ""


def _sentence(found: Pace, space: Workspace) -> Word:
    """What the pace means for the target."""
    unit, name = found.value.unit, metric_name(space, found.metric)
    target, low, high = (Quantity(number, unit) for number in (found.target, found.low, found.high))
    metric = space.metrics.get(found.metric)
    match found.state:
        case "behind" if metric and metric.better is Better.LOWER:
            return phrase("{bad} {metric}: at least {low} is usual from here, the target is {target} at most.",
                          bad=BAD, metric=name, low=low, target=target)  # fmt: skip
        case "ahead" if metric and metric.better is Better.LOWER:
            return phrase("{usual} {metric}: at most {high} is usual from here, below the target {target}.",
                          usual=USUAL, metric=name, high=high, target=target)  # fmt: skip
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


def _number(found: Pace, value: float | None) -> NumberCell:
    return NumberCell(finite(value), found.value.unit)


def _state(found: Pace) -> TextCell:
    return text(_MARKS.get(found.state or "", UNKNOWN), "weak" if found.state == "behind" else "", found.state)


def _why(found: Pace) -> TextCell:
    """What is usual, where it is a mean, a ratio or a state; why nothing is known."""
    unit, band = found.value.unit, found.band
    usual: Word = ""
    if band is not None:
        usual = phrase("usual {low} … {high}", low=Quantity(band.low, unit), high=Quantity(band.high, unit))
    code = found.reason.value if found.reason else ""
    return text(joined(usual, found.detail, between="; "), "muted", code)
