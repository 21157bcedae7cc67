"""Values beside what was usual in the last periods."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.baseline import Band, Baseline
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.cells import Cell, NumberCell, SparkCell, Tone, finite, series, text
from kpi_tui.views.names import metric_name
from kpi_tui.views.reasons import known, reason
from kpi_tui.views.view import Column, Row, View, sheet

USUAL, ODD, BAD, UNKNOWN = "●", "◐", "○", "·"
_STATES = {"inside": N_("as usual"), "above": N_("above the usual"), "below": N_("below the usual")}


def baselines(found: Sequence[Baseline], space: Workspace, by: str = "") -> View:
    """One line per value: where it stands to what is usual."""
    columns = [
        Column("state"),
        Column("metric", phrase("Metric")),
        Column("segment", by, hidden=not by),
        Column("value", phrase("Value"), right=True),
        Column("low", phrase("Usual from"), right=True),
        Column("high", phrase("to"), right=True),
        Column("centre", phrase("Middle"), right=True, drop=1),
        Column("trend", phrase("Before"), drop=2),
        Column("reason"),
    ]
    legend = phrase(
        "{usual} as usual  {odd} outside, not for the worse  {bad} outside, for the worse",
        usual=USUAL,
        odd=ODD,
        bad=BAD,
    )
    rows = [Row(f"{one.value.metric}/{one.value.segment or ''}", _cells(one, space)) for one in found]
    title = found[0].value.period.id if found else ""
    return View(
        sheets=(sheet(columns, rows, title, [legend], "baselines"),), data=[baseline_data(one) for one in found]
    )


def _cells(found: Baseline, space: Workspace) -> tuple[Cell, ...]:
    value = found.value
    mark, tone = glyph(found.state, better(space, value.metric))
    why = (found.detail or reason(found.reason)) if found.reason else state_words(found.state)
    return (
        text(mark, tone, found.state),
        text(metric_name(space, value.metric), tone, value.metric),
        text(phrase("total") if value.segment is None else value.segment),
        NumberCell(finite(value.value), value.unit, tone, partial=value.partial),
        *band_cells(found.band, value.unit),
        SparkCell(series([*found.history, value])),
        text(why, "muted", found.reason.value if found.reason else ""),
    )


def band_cells(band: Band | None, unit: str) -> tuple[NumberCell, ...]:
    """From, to, middle."""
    low, high, centre = (band.low, band.high, band.centre) if band else (None, None, None)
    return NumberCell(low, unit), NumberCell(high, unit), NumberCell(centre, unit)


def better(space: Workspace, metric: str) -> Better:
    """Which way is good."""
    return space.metrics[metric].better if metric in space.metrics else Better.NEUTRAL


def glyph(state: str | None, better: Better) -> tuple[str, Tone]:
    """How a value stands to its band, seen from the side that is good."""
    if state is None:
        return UNKNOWN, "muted"
    if state == "inside":
        return USUAL, ""
    bad = (state == "below") == (better is Better.HIGHER) and better is not Better.NEUTRAL
    return (BAD, "weak") if bad else (ODD, "near")


def state_words(state: str | None) -> Word:
    """The state in words."""
    return known(_STATES[state]) if state else ""


def baseline_data(found: Baseline) -> dict[str, object]:
    """The JSON of a value with its band and the periods behind it."""
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


def band_data(band: Band | None) -> dict[str, object] | None:
    """The JSON of a band."""
    if band is None:
        return None
    return {"centre": band.centre, "low": band.low, "high": band.high, "periods": band.count}
