"""Answers of `values` and `explain`: numbers with their reasons and their source (spec R001, R002, R172)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isfinite

from kpi_tui.definitions.answers.value import Explanation, Reading, Value
from kpi_tui.definitions.library.metric import Benchmark, Signal
from kpi_tui.report.sheet import Cell, Column, Report, Sheet, Tone, figure, sheet, word
from kpi_tui.text import format as fmt
from kpi_tui.text.benchmarks import benchmark_text
from kpi_tui.text.i18n import _, language, n_
from kpi_tui.text.signals import signal_text

Namer = Callable[[str], str]
Settings = Mapping[str, float | int | str | bool]
Signals = Sequence[tuple[Signal, ...]]


def finite(value: float | None) -> float | None:
    """The number itself; None for what R002 forbids in an answer."""
    return value if value is not None and isfinite(value) else None


def value_data(
    value: Value, settings: Settings | None = None, signals: Sequence[Signal] | None = None
) -> dict[str, object]:
    """One value as in interface.md; `detail` says the reason in words; `settings`: those in force (R008)."""
    told: dict[str, object] = {} if settings is None else {"settings": dict(settings)}
    if signals is not None:
        told["signals"] = [{"says": signal_text(signal, value), "source": signal.source} for signal in signals]
    return {
        "metric": value.metric,
        "period": value.period.id,
        "segment": value.segment,
        "value": finite(value.value),
        "reason": value.reason.value if value.reason else None,
        "partial": value.partial,
        "unit": value.unit,
        "measures": {name: finite(number) for name, number in value.measures.items()},
        "detail": value.detail,
        **told,
    }


def values_report(
    values: Sequence[Value],
    name: Namer,
    by: str | None = None,
    settings: Mapping[str, Settings] | None = None,
    signals: Signals | None = None,
) -> Report:
    """Metric, period, segment and value, one line each; `settings`: metric id -> those that touch it (R008).

    `signals`: what each value says by itself.
    """
    columns = [Column("metric", _("Metric")), Column("name", ""), Column("period", _("Period"))]
    if by:
        columns.append(Column("segment", by))
    columns += [Column("value", _("Value"), right=True), Column("reason", _("Why none")), Column("signal", "")]
    rows = []
    given = signals or [()] * len(values)
    for value, said in zip(values, given, strict=True):
        row = [word(value.metric), word(name(value.metric), "dim"), word(value.period.id)]
        if by:
            row.append(Cell(_("total"), None, "dim") if value.segment is None else word(value.segment))
        why = Cell(fmt.reason(value.reason, value.detail), value.reason.value if value.reason else "", "dim")
        told = word("; ".join(signal_text(signal, value) for signal in said), "near")
        rows.append([*row, figure(finite(value.value), fmt.shown(value)), why, told])
    notes = [_partial_note(values), _settings_note(settings or {})]
    data = [
        value_data(value, settings.get(value.metric) if settings else None, said if signals is not None else None)
        for value, said in zip(values, given, strict=True)
    ]
    return Report(data, (sheet(columns, rows, notes=notes),))


def _settings_note(settings: Mapping[str, Settings]) -> str:
    """`Settings in force: churn_days = 90`, each once; empty when nothing but the rows decides."""
    used = sorted({(name, str(value)) for own in settings.values() for name, value in own.items()})
    if not used:
        return ""
    return _("Settings in force: {settings}", settings=", ".join(f"{name} = {value}" for name, value in used))


def explain_data(
    explanation: Explanation, benchmarks: Sequence[Benchmark] = (), signals: Sequence[Signal] = ()
) -> dict[str, object]:
    """Everything a value is made of, and what it is compared with."""
    return {
        **value_data(explanation.value, signals=signals),
        "benchmarks": [
            {
                "op": mark.op,
                "value": mark.value,
                "upper": mark.upper,
                "source": mark.source,
                "about": mark.about.get(language()),
                "reached": mark.reached(explanation.value.value),
            }
            for mark in benchmarks
        ],
        "formula": explanation.formula,
        "readings": [_reading_data(reading) for reading in explanation.readings],
        "settings": dict(explanation.settings),
        "parts": [value_data(part) for part in explanation.parts],
        "sub_periods": [value_data(part) for part in explanation.sub_periods],
    }


def explain_report(
    explanation: Explanation,
    title: str,
    about: Sequence[str],
    currency: str = "",
    benchmarks: Sequence[Benchmark] = (),
    signals: Sequence[Signal] = (),
) -> Report:
    """Value, what it says by itself, benchmarks (R127), formula, measures with windows, settings, parts and SQL."""
    value = explanation.value
    told = fmt.shown(value) if value.value is not None else f"{fmt.DASH}  {fmt.reason(value.reason, value.detail)}"
    unit = fmt.unit_name(value.unit, currency) if value.unit == "currency" and value.value is not None else ""
    sheets = [
        _pairs(
            title,
            [
                (_("Period"), _days(value)),
                (_("Value"), f"{told} {unit}".rstrip()),
                *(("", signal_text(signal, value), "near") for signal in signals),
                *((_("Benchmark"), *_beside(mark, value)) for mark in benchmarks),
                (_("Formula"), explanation.formula),
                *((_("About"), text) for text in about if text),
            ],
        ),
        _readings(explanation.readings),
    ]
    if explanation.parts:
        sheets.append(_values(_("Other metrics inside"), explanation.parts, lambda part: part.metric))
    if explanation.sub_periods:
        sheets.append(_values(_("Periods behind it"), explanation.sub_periods, lambda part: part.period.id))
    if explanation.settings:
        pairs = [(name, str(setting)) for name, setting in explanation.settings.items()]
        sheets.append(_pairs(_("Settings in force"), pairs))
    queries = dict.fromkeys(reading.sql for reading in explanation.readings if reading.sql)
    sheets += [_lines("SQL", query) for query in queries]
    return Report(explain_data(explanation, benchmarks, signals), tuple(sheets))


def _beside(mark: Benchmark, value: Value) -> tuple[str, Tone]:
    """A benchmark with its verdict on the value, and the colour of the verdict."""
    reached = mark.reached(value.value)
    tone: Tone = "" if reached is None else "good" if reached else "weak"
    return benchmark_text(mark, value.unit, value.value), tone


def _reading_data(reading: Reading) -> dict[str, object]:
    return {
        "id": reading.id,
        "about": reading.about.get(language()),
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


def _readings(readings: Iterable[Reading]) -> Sheet:
    columns = [
        Column("measure", _("Measure")),
        Column("value", _("Number"), right=True),
        Column("source", _("What is counted")),
        Column("first_day", _("From")),
        Column("last_day", _("To")),
        Column("rows", _("Rows"), right=True, least=90),
        Column("about", _("About"), least=120),
    ]
    rows = []
    for reading in readings:
        number = reading.number
        shown = fmt.decimals(number.value, _digits(number.value)) if number.value is not None else fmt.DASH
        why = fmt.reason(number.reason, number.detail)
        rows.append(
            [
                word(reading.id),
                figure(finite(number.value), shown),
                word(_source(reading)),
                word(reading.first_day.isoformat() if reading.first_day else ""),
                word(reading.last_day.isoformat() if reading.last_day else ""),
                figure(reading.rows, "" if reading.rows is None else fmt.decimals(reading.rows, 0)),
                word(why or reading.about.get(language()), "weak" if why else "dim"),
            ]
        )
    return sheet(columns, rows, _("Measures"))


def _digits(value: float) -> int:
    """Base numbers are shown exactly enough to recompute the value: cents, or whole counts."""
    return 0 if float(value).is_integer() else 2 if abs(value) >= 1 else 6


def _source(reading: Reading) -> str:
    """`sum(paid_amount) of orders where paid_amount > 0`: close to how the TOML says it."""
    text = f"{reading.agg}({reading.column or '*'}) {reading.table}"
    return f"{text} where {reading.where}" if reading.where else text


def _values(title: str, values: Iterable[Value], key: Callable[[Value], str]) -> Sheet:
    columns = [Column("key", ""), Column("value", "", right=True), Column("reason", "")]
    rows = [
        [word(key(v)), figure(finite(v.value), fmt.shown(v)), word(fmt.reason(v.reason, v.detail), "dim")]
        for v in values
    ]
    return sheet(columns, rows, title)


def _pairs(title: str, pairs: Iterable[tuple[str, str] | tuple[str, str, Tone]]) -> Sheet:
    """Label and text, and perhaps how the text is meant."""
    columns = [Column("key", ""), Column("value", "")]
    return sheet(columns, [[word(key, "dim"), word(text, *tone)] for key, text, *tone in pairs], title)


def _lines(title: str, text: str) -> Sheet:
    return sheet([Column("sql", "")], [[word(line)] for line in text.splitlines()], title)


def _days(value: Value) -> str:
    period = value.period
    text = f"{period.id}  {period.start} … {period.last_day}"
    return f"{text}  {fmt.PARTIAL} " + _("not over yet") if value.partial else text


def _partial_note(values: Sequence[Value]) -> str:
    count = sum(value.partial and value.value is not None for value in values)
    if not count:
        return ""
    return n_(
        "{mark} {count} value of a period that is not over",
        "{mark} {count} values of periods that are not over",
        count,
        mark=fmt.PARTIAL,
    )
