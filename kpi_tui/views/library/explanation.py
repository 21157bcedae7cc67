"""Where a number comes from (spec R172): formula, base measures, windows, rows, settings, SQL; for a command."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.value import Explanation, Reading, Value
from kpi_tui.definitions.library.metric import Benchmark, Metric, Signal
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import PARTIAL
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import Cell, NumberCell, Tone, finite, text
from kpi_tui.views.library.signals import signal_word
from kpi_tui.views.library.values import shown, value_data, values_sheet
from kpi_tui.views.metric_meaning import benchmark, unit_word
from kpi_tui.views.names import metric_name
from kpi_tui.views.reasons import reason, without_number
from kpi_tui.views.view import Column, Sheet, View, pairs, sheet

VERDICTS: dict[bool | None, Tone] = {None: "", True: "good", False: "weak"}
"""How a benchmark is meant: not known, reached, missed (R127)."""
PARTS, SUB_PERIODS = "parts", "sub_periods"
SETTINGS = phrase("Settings in force")
_TOLD = ("key", "value", "reason")


def explanation(found: Explanation, space: Workspace, signals: Sequence[Signal] = ()) -> View:
    """Value, what it says by itself, benchmarks, formula, measures with windows, settings, parts and SQL."""
    metric = space.metrics.get(found.value.metric)
    settings = [(name, str(value)) for name, value in found.settings.items()]
    queries = dict.fromkeys(reading.sql for reading in found.readings if reading.sql)
    sheets = [
        pairs(_title(found.value, space), _facts(found, metric, space, signals), "facts"),
        _measures(found.readings),
        *(part.only(*_TOLD) for part in inside(found, space)),
        *([pairs(SETTINGS, settings, "settings")] if settings else []),
        *(_lines("SQL", query) for query in queries),
    ]
    return View(sheets=tuple(sheets), data=_data(found, metric, signals))


def inside(found: Explanation, space: Workspace) -> list[Sheet]:
    """Metrics in the formula, periods behind a roll-up: those there are."""
    sheets = [
        values_sheet(phrase("Other metrics inside"), found.parts, space, PARTS),
        values_sheet(phrase("Periods behind it"), found.sub_periods, key=SUB_PERIODS),
    ]
    return [one for one in sheets if one.rows]


def _title(value: Value, space: Workspace) -> Word:
    return joined(metric_name(space, value.metric), value.metric)


def _facts(
    found: Explanation, metric: Metric | None, space: Workspace, signals: Sequence[Signal]
) -> list[tuple[Word, Word] | tuple[Word, Word, Tone]]:
    value = found.value
    unit = unit_word(value.unit, space.currency) if value.unit == "currency" else ""
    about = (metric.definition, *metric.edge) if metric else ()
    return [
        (phrase("Period"), _days(value)),
        (phrase("Value"), without_number(value, "  ") or joined(shown(value), unit, between=" ")),
        *(("", signal_word(signal, value), "near") for signal in signals),
        *(
            (phrase("Benchmark"), benchmark(mark, value.unit, value.value), VERDICTS[mark.reached(value.value)])
            for mark in (metric.benchmarks if metric else ())
        ),
        (phrase("Formula"), found.formula),
        *((phrase("About"), one) for one in about if one.en or one.zh),
    ]


def _lines(title: str, query: str) -> Sheet:
    return sheet([Column("sql", flex=1)], [[text(line)] for line in query.splitlines()], title)


def _days(value: Value) -> Word:
    period = value.period
    days = f"{period.start} … {period.last_day}"
    left = joined(PARTIAL, phrase("not over yet"), between=" ") if value.partial else ""
    return joined(period.id, days, left)


def _measures(readings: Sequence[Reading]) -> Sheet:
    columns = [
        Column("measure", phrase("Measure")),
        Column("value", phrase("Number"), right=True),
        Column("source", phrase("What is counted")),
        Column("first_day", phrase("From")),
        Column("last_day", phrase("To")),
        Column("rows", phrase("Rows"), right=True, drop=1),
        Column("about", phrase("About"), drop=2),
    ]
    return sheet(columns, [_measure(reading) for reading in readings], phrase("Measures"), key="measures")


def _measure(reading: Reading) -> list[Cell]:
    number = reading.number
    amount, why = finite(number.value), reason(number.reason, number.detail)
    return [
        text(reading.id),
        NumberCell(amount, digits=None if amount is None else _digits(amount)),
        text(_source(reading)),
        text(reading.first_day.isoformat() if reading.first_day else ""),
        text(reading.last_day.isoformat() if reading.last_day else ""),
        NumberCell(reading.rows, digits=0, blank=True),
        text(why, "weak") if why else text(reading.about, "muted"),
    ]


def _digits(value: float) -> int:
    """Base numbers are shown exactly enough to recompute the value: cents, or whole counts."""
    return 0 if float(value).is_integer() else 2 if abs(value) >= 1 else 6


def _source(reading: Reading) -> str:
    """`sum(paid_amount) orders where paid_amount > 0`: close to how the TOML says it."""
    counted = f"{reading.agg}({reading.column or '*'}) {reading.table}"
    return f"{counted} where {reading.where}" if reading.where else counted


# --- data --------------------------------------------------------------------------------------------
def _data(found: Explanation, metric: Metric | None, signals: Sequence[Signal]) -> dict[str, object]:
    marks = metric.benchmarks if metric else ()
    return {
        **value_data(found.value, signals=signals),
        "benchmarks": [_benchmark_data(mark, found.value.value) for mark in marks],
        "formula": found.formula,
        "readings": [_reading_data(reading) for reading in found.readings],
        "settings": dict(found.settings),
        "parts": [value_data(part) for part in found.parts],
        "sub_periods": [value_data(part) for part in found.sub_periods],
    }


def _benchmark_data(mark: Benchmark, value: float | None) -> dict[str, object]:
    return {
        "op": mark.op,
        "value": mark.value,
        "upper": mark.upper,
        "source": mark.source,
        "about": mark.about,
        "describes": mark.describes,
        "reached": mark.reached(value),
    }


def _reading_data(reading: Reading) -> dict[str, object]:
    return {
        "id": reading.id,
        "about": reading.about,
        "value": finite(reading.number.value),
        "reason": reading.number.reason.value if reading.number.reason else None,
        "detail": reading.number.detail,
        "table": reading.table,
        "agg": reading.agg,
        "column": reading.column,
        "where": reading.where,
        "time": reading.time,
        "window": reading.window,
        "first_day": reading.first_day.isoformat() if reading.first_day else None,
        "last_day": reading.last_day.isoformat() if reading.last_day else None,
        "rows": reading.rows,
        "sql": reading.sql,
    }
