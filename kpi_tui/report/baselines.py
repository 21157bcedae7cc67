"""Answers of `baseline` and `pace`: what is usual, and where a running period will end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi_tui.definitions.answers.baseline import Band, Baseline, Pace
from kpi_tui.definitions.library.metric import Better
from kpi_tui.report.sheet import Cell, Column, Report, Tone, figure, sheet, word
from kpi_tui.report.values import Namer, finite
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import _, told

USUAL, ODD, BAD, UNKNOWN = "●", "◐", "○", "·"


def band_data(band: Band | None) -> dict[str, object] | None:
    """A band as JSON."""
    return None if band is None else {
        "centre": band.centre, "low": band.low, "high": band.high, "periods": band.count}  # fmt: skip


def baseline_data(found: Baseline) -> dict[str, object]:
    """A value with its band and the periods behind it."""
    value = found.value
    return {
        "metric": value.metric,
        "period": value.period.id,
        "segment": value.segment,
        "value": finite(value.value),
        "unit": value.unit,
        "partial": value.partial,
        "state": found.state,
        "band": band_data(found.band),
        "history": [{"period": past.period.id, "value": finite(past.value)} for past in found.history],
        "reason": found.reason.value if found.reason else None,
        "detail": found.detail,
    }


def baselines_report(found: Sequence[Baseline], name: Namer, better: Mapping[str, Better], by: str = "") -> Report:
    """One line per value: where it stands to what is usual."""
    columns = [
        Column("state", ""),
        Column("metric", _("Metric")),
        Column("segment", by, hidden=not by),
        Column("value", _("Value"), right=True),
        Column("low", _("Usual from"), right=True),
        Column("high", _("to"), right=True),
        Column("centre", _("Middle"), right=True, least=90),
        Column("trend", _("Before"), least=70),
        Column("reason", ""),
    ]
    rows = [_row(one, name, better.get(one.value.metric, Better.NEUTRAL)) for one in found]
    title = found[0].value.period.id if found else ""
    legend = _("{usual} as usual  {odd} outside, not for the worse  {bad} outside, for the worse",
               usual=USUAL, odd=ODD, bad=BAD)  # fmt: skip
    return Report([baseline_data(one) for one in found], (sheet(columns, rows, title, [legend]),))


def glyph(state: str | None, better: Better) -> tuple[str, Tone]:
    """How a value stands to its band, seen from the side that is good."""
    if state is None:
        return UNKNOWN, "dim"
    if state == "inside":
        return USUAL, ""
    bad = (state == "below") == (better is Better.HIGHER) and better is not Better.NEUTRAL
    return (BAD, "weak") if bad else (ODD, "near")


def said(state: str | None) -> str:
    """The state in words."""
    return {"inside": _("as usual"), "above": _("above the usual"), "below": _("below the usual")}.get(state or "", "")


def _row(found: Baseline, name: Namer, better: Better) -> list[Cell]:
    value, band = found.value, found.band
    mark, tone = glyph(found.state, better)
    past = fmt.spark([*(old.value for old in found.history), value.value])
    why = told(found.detail) or fmt.reason(found.reason)
    return [
        Cell(mark, found.state, tone),
        Cell(name(value.metric), value.metric, tone),
        word(value.segment if value.segment is not None else _("total")),
        figure(finite(value.value), fmt.shown(value), tone),
        figure(band.low if band else None, fmt.number(band.low if band else None, value.unit)),
        figure(band.high if band else None, fmt.number(band.high if band else None, value.unit)),
        figure(band.centre if band else None, fmt.number(band.centre if band else None, value.unit)),
        Cell(past),
        Cell(why if found.reason else said(found.state), found.reason or "", "dim"),
    ]


def pace_data(found: Pace) -> dict[str, object]:
    """Everything known about a running period."""
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


def pace_report(found: Sequence[Pace], name: Namer) -> Report:
    """One line per metric: now, due by today, the end and its range."""
    columns = [
        Column("state", ""),
        Column("metric", _("Metric")),
        Column("value", _("Now"), right=True),
        Column("due", _("Due by now"), right=True),
        Column("target", _("Target"), right=True),
        Column("projected", _("Will end at"), right=True),
        Column("low", _("from"), right=True, least=90),
        Column("high", _("to"), right=True, least=90),
        Column("share", _("Usual by now"), right=True, least=110),
        Column("reason", ""),
    ]
    rows = [_pace_row(one, name) for one in found]
    days = [_("day {day} of {days}", day=one.day, days=one.days) for one in found[:1]]
    title = "  ".join([found[0].period.id, *days]) if found else ""
    notes = [sentence(one, name) for one in found]
    return Report([pace_data(one) for one in found], (sheet(columns, rows, title, notes),))


def sentence(found: Pace, name: Namer) -> str:
    """What the pace means for the target."""
    metric, unit = name(found.metric), found.value.unit
    if found.state == "behind":
        return _("{bad} {metric}: at most {high} is usual from here, the target is {target}.", bad=BAD, metric=metric,
                 high=fmt.number(found.high, unit), target=fmt.number(found.target, unit))  # fmt: skip
    if found.state == "ahead":
        return _("{usual} {metric}: at least {low} is usual from here, above the target {target}.", usual=USUAL,
                 metric=metric, low=fmt.number(found.low, unit), target=fmt.number(found.target, unit))  # fmt: skip
    if found.state == "within":
        return _("{odd} {metric}: the target {target} lies within what is usual from here.", odd=ODD, metric=metric,
                 target=fmt.number(found.target, unit))  # fmt: skip
    return ""


def _pace_row(found: Pace, name: Namer) -> list[Cell]:
    unit = found.value.unit
    mark = {"ahead": USUAL, "within": ODD, "behind": BAD}.get(found.state or "", UNKNOWN)
    band = found.band
    usual = "" if band is None else _("usual {low} … {high}", low=fmt.number(band.low, unit),
                                      high=fmt.number(band.high, unit))  # fmt: skip
    why = "; ".join(text for text in (usual, told(found.detail)) if text)
    return [
        Cell(mark, found.state, "weak" if found.state == "behind" else ""),
        Cell(name(found.metric), found.metric),
        figure(finite(found.value.value), fmt.shown(found.value)),
        figure(finite(found.due), fmt.number(found.due, unit)),
        figure(found.target, fmt.number(found.target, unit)),
        figure(finite(found.projected), fmt.number(found.projected, unit)),
        figure(finite(found.low), fmt.number(found.low, unit)),
        figure(finite(found.high), fmt.number(found.high, unit)),
        figure(finite(found.share), fmt.number(found.share, "percent")),
        Cell(why, found.reason or "", "dim"),
    ]
