"""Values beside what was usual in the last periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.baseline import Band, Baseline
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.cells import NumberCell, SparkCell, TextCell, Tone, marked, series, text
from kpi_tui.views.charts import LineChart
from kpi_tui.views.doubts import doubt_cell, doubt_column, doubt_data, doubts
from kpi_tui.views.festival_marks import with_festivals
from kpi_tui.views.named_ids import in_names
from kpi_tui.views.names import metric_name, segment_word
from kpi_tui.views.reasons import known, reason
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import METRIC, Column, View, listed

USUAL, ODD, BAD, UNKNOWN = "●", "◐", "○", "·"
_STATES = {"inside": N_("as usual"), "above": N_("above the usual"), "below": N_("below the usual")}
_VALUE = ("metric", "period", "segment", "value", "unit", "partial")


def baselines(found: Sequence[Baseline], space: Workspace, by: str = "") -> View:
    """One line per value: where it stands to what is usual."""
    legend = phrase(
        "{usual} as usual  {odd} outside, not for the worse  {bad} outside, for the worse",
        usual=USUAL,
        odd=ODD,
        bad=BAD,
    )

    def end(one: Baseline, name: str) -> NumberCell:
        return NumberCell(getattr(one.band, name, None), one.value.unit)

    def name(one: Baseline) -> TextCell:
        return text(metric_name(space, one.value.metric), tone(one, space), one.value.metric)

    table = listed(
        found,
        [
            (Column("state"), lambda one: glyph(one, space)),
            (Column("metric", phrase("Metric")), name),
            (
                Column("segment", by, hidden=not by),
                lambda one: _segment(one),
            ),
            (Column("value", phrase("Value"), right=True), lambda one: _value(one, space)),
            (Column("low", phrase("Usual from"), right=True), lambda one: end(one, "low")),
            (Column("high", phrase("to"), right=True), lambda one: end(one, "high")),
            (Column("centre", phrase("Middle"), right=True, drop=1), lambda one: end(one, "centre")),
            (Column("trend", phrase("Before"), drop=2), lambda one: SparkCell(series([*one.history, one.value]))),
            (Column("reason"), lambda one: text(why(one, space), "muted", one.reason.value if one.reason else "")),
            (doubt_column(), lambda one: doubt_cell(one.value)),
        ],
        lambda one: f"{one.value.metric}/{one.value.segment or ''}",
        found[0].value.period.said if found else "",
        [legend, *doubts((one.value for one in found), space)],
        "baselines",
    )
    return View(sheets=(table,), data=[baseline_data(one) for one in found])


def baseline_chart(found: Baseline, space: Workspace) -> LineChart:
    """The periods before and this one, with the band of what is usual."""
    values = [*found.history, found.value] if found.history else []
    over_time = with_festivals(series(values), (value.period for value in values), space)
    band = (found.band.low, found.band.high) if found.band else None
    return LineChart(metric_name(space, found.value.metric), replace(over_time, band=band), METRIC + found.value.metric)


def _segment(one: Baseline) -> TextCell:
    segment = one.value.segment
    return text(phrase("total")) if segment is None else text(segment_word(segment), exact=segment)


def _value(found: Baseline, space: Workspace) -> NumberCell:
    return replace(marked(found.value), tone=tone(found, space))


def glyph(found: Baseline, space: Workspace) -> TextCell:
    """How a value stands to its band: as usual, outside, outside for the worse, or not known."""
    marks = {"": USUAL, "near": ODD, "weak": BAD, "muted": UNKNOWN}
    return text(marks[tone(found, space)], tone(found, space), found.state)


def tone(found: Baseline, space: Workspace) -> Tone:
    """Seen from the side that is good."""
    if found.state is None or found.state == "inside":
        return "muted" if found.state is None else ""
    metric = space.metrics.get(found.value.metric)
    better = metric.better if metric else Better.NEUTRAL
    bad = (found.state == "below") == (better is Better.HIGHER) and better is not Better.NEUTRAL
    return "weak" if bad else "near"


def why(found: Baseline, space: Workspace) -> Word:
    """The state in words; why there is none."""
    if found.state:
        return known(_STATES[found.state])
    return in_names(found.detail, space) or reason(found.reason or found.value.reason)


def baseline_data(found: Baseline) -> Record:
    """The JSON of a value with its band and the periods behind it."""
    return {
        **record(found.value, *_VALUE),
        "state": found.state,
        "band": band_data(found.band),
        "history": [record(past, "period", "value") for past in found.history],
        **record(found, "reason", "detail"),
        **doubt_data(found.value),
    }


def band_data(band: Band | None) -> Record | None:
    """The JSON of a band."""
    return record(band, "centre", "low", "high", "periods=count") if band else None
