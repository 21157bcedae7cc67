"""Where a number comes from (R172): formula, base measures, windows, rows, settings, SQL."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.score import ScoreLine
from kpi_tui.definitions.answers.value import Explanation, Reading
from kpi_tui.definitions.attainment_state import state_of
from kpi_tui.definitions.library.metric import Benchmark, Metric, Signal
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH, decimals, in_full
from kpi_tui.text.marks_behind_numbers import PARTIAL
from kpi_tui.text.phrase import Word, is_empty, joined, phrase
from kpi_tui.text.terms import WINDOWS
from kpi_tui.views.cells import NumberCell, StateCell, TextCell, Tone, finite, text
from kpi_tui.views.doubts import doubts
from kpi_tui.views.library.values import shown, signal_words, value_data, values_sheet
from kpi_tui.views.metric_meaning import benchmark, meaning, paragraphs, unit_word
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.reasons import bracketed, reason, term, without_number
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Sentence, Sheet, View, listed, pairs

VERDICTS: dict[bool | None, Tone] = {None: "", True: "good", False: "weak"}
"""How a benchmark is meant: not known, reached, missed (R127)."""
_PARTS = "parts"
_PERIODS = "sub_periods"
_SETTINGS = phrase("Settings in force")


def explanation(
    found: Explanation, space: Workspace, signals: Sequence[Signal] = (), lines: Sequence[ScoreLine] = ()
) -> View:
    """Value, what it says by itself, benchmarks, formula, measures with windows, settings, parts and SQL.

    `lines`: what the value is to the posts that have a target of it.
    """
    metric = space.metrics.get(found.value.metric)
    title = joined(metric_name(space, found.value.metric), found.value.metric)
    settings = pairs(_SETTINGS, [(name, str(value)) for name, value in found.settings.items()], "settings")
    queries = dict.fromkeys(reading.sql for reading in found.readings if reading.sql)
    sheets = [
        pairs(title, _facts(found, metric, space, signals, lines), "facts"),
        _measures(found.readings),
        *(part.only("key", "value", "reason") for part in _inside(found, space)),
        *([settings] if found.settings else []),
        *(paragraphs("SQL", query.splitlines(), "sql") for query in queries),
    ]
    return View(sheets=tuple(sheets), data=_data(found, metric, signals, lines))


def _inside(found: Explanation, space: Workspace) -> list[Sheet]:
    """Metrics in the formula, periods behind a roll-up: those there are."""
    sheets = [
        values_sheet(phrase("Other metrics inside"), found.parts, space, _PARTS),
        values_sheet(phrase("Periods behind it"), found.sub_periods, key=_PERIODS),
    ]
    return [one for one in sheets if one.rows]


def _facts(
    found: Explanation,
    metric: Metric | None,
    space: Workspace,
    signals: Sequence[Signal],
    lines: Sequence[ScoreLine],
) -> list[tuple[Word, Word] | tuple[Word, Word, Tone]]:
    value, period = found.value, found.value.period
    unit = unit_word(value.unit, space.currency) if value.unit == "currency" else ""
    about = (metric.definition, *metric.edge) if metric else ()
    left = joined(PARTIAL, phrase("not over yet"), between=" ") if value.partial and not value.late else ""
    return [
        (phrase("Period"), joined(period.said, f"{period.start} … {period.last_day}", left)),
        (phrase("Value"), without_number(value, "  ") or joined(shown(value), unit, between=" ")),
        *(("", word, "near") for word in signal_words(value, signals)),
        *(("", sentence.word, sentence.tone) for sentence in doubts([value], space)),
        *((phrase("Target"), _target(one, space), StateCell(state_of(one.attainment)).colour) for one in lines),
        *(
            (phrase("Benchmark"), benchmark(mark, value.unit, value.value), VERDICTS[mark.reached(value.value)])
            for mark in (metric.benchmarks if metric else ())
        ),
        *((phrase("Rates"), said) for said in found.rates),
        (phrase("Formula"), found.formula),
        *((phrase("About"), one) for one in about if one.en or one.zh),
    ]


def _target(line: ScoreLine, space: Workspace) -> Word:
    """`¥100,000 (Operations), attained 76.1 %`; without an attainment why there is none."""
    aim = Quantity(line.target.value if line.target else None, line.actual.unit)
    whose = bracketed(joined(aim), owner_name(space, line.role))
    if line.attainment is None:
        return joined(whose, reason(line.reason, line.detail), between=" · ")
    return phrase("{target}, attained {share}", target=whose, share=Quantity(line.attainment, "attainment"))


def _measures(readings: Sequence[Reading]) -> Sheet:
    def about(reading: Reading) -> TextCell:
        why = reason(reading.number.reason, reading.number.detail)
        return text(why, "weak") if why else text(reading.about, "muted")

    def rows(reading: Reading) -> NumberCell:
        return NumberCell(reading.rows, digits=0, blank=True)

    return listed(
        readings,
        [
            (Column("measure", phrase("Measure")), lambda reading: text(reading.id)),
            (Column("value", phrase("Number"), right=True), lambda reading: _amount(finite(reading.number.value))),
            (Column("source", phrase("What is counted")), lambda reading: text(counted_as(reading))),
            (Column("first_day", phrase("From")), lambda reading: text(str(reading.first_day or ""))),
            (Column("last_day", phrase("To")), lambda reading: text(str(reading.last_day or ""))),
            (Column("rows", phrase("Rows"), right=True, drop=1), rows),
            (Column("about", phrase("About"), drop=2), about),
        ],
        lambda reading: f"{reading.id} {reading.first_day or ''}".rstrip(),
        phrase("Measures"),
        name="measures",
    )


def _amount(value: float | None) -> NumberCell:
    """Base numbers are shown exactly enough to recompute the value: cents, or whole counts."""
    if value is None:
        return NumberCell(None)
    return NumberCell(value, digits=0 if float(value).is_integer() else 2 if abs(value) >= 1 else 6)


def counted_as(reading: Reading) -> str:
    """`sum(paid_amount) orders where paid_amount > 0`: close to how the TOML says it."""
    counted = f"{reading.agg}({reading.column or '*'}) {reading.table}"
    return f"{counted} where {reading.where}" if reading.where else counted


# --- data --------------------------------------------------------------------------------------------
_READING = (
    *("value=number.value", "reason=number.reason", "detail=number.detail", "table", "agg", "column"),
    *("where", "time", "window", "first_day", "last_day", "rows", "sql"),
)


def _data(
    found: Explanation, metric: Metric | None, signals: Sequence[Signal] = (), lines: Sequence[ScoreLine] = ()
) -> Record:
    value, marks = found.value, metric.benchmarks if metric else ()
    return {
        **value_data(value, signals=signals),
        "benchmarks": [_benchmark(mark, value.value) for mark in marks],
        "targets": [record(one, "role", "target=target.value", "attainment", "method") for one in lines],
        "formula": found.formula,
        "readings": [{"id": one.id, "about": one.about, **record(one, *_READING)} for one in found.readings],
        "settings": dict(found.settings),
        "parts": [value_data(part) for part in found.parts],
        "rates": list(found.rates),
        "sub_periods": [value_data(part) for part in found.sub_periods],
    }


def _benchmark(mark: Benchmark, value: float | None) -> Record:
    """What it is about is told in the language in force."""
    said = {**record(mark, "op", "value", "upper", "source"), "about": mark.about}
    return {**said, "describes": mark.describes, "reached": mark.reached(value)}


# --- at length, for a page to scroll through: every base measure with how it was read, and the meaning ----
def explanation_page(found: Explanation, space: Workspace, *, queries: bool = True) -> View:
    """What `source_page` says, and what the metric means; the periods behind it, which may be many, last."""
    value, page = found.value, source_page(found, space, queries=queries)
    metric = space.metrics.get(value.metric)
    about = meaning(metric, formula=False) if metric else ()
    own, periods = ([one for one in page.sheets if (one.key == _PERIODS) is last] for last in (False, True))
    sheets = (*own, *about, *periods)
    data, name = _data(found, metric), f"explain-{value.metric}-{value.period.id}"
    return View(page.title, page.sentences, sheets, data=data, name=name)


def source_page(found: Explanation, space: Workspace, *, queries: bool = True) -> View:
    """Why there is no number, the formula, then every number it is made of, and with `queries` its SQL."""
    value, metric = found.value, space.metrics.get(found.value.metric)
    missing = without_number(value)
    parts = _inside(found, space)
    settings = [f"{name} = {value}" for name, value in found.settings.items()]
    return View(
        metric.name if metric else Text(value.metric),
        (Sentence(missing, "strong"),) if missing else (),
        (
            paragraphs(phrase("Formula"), [joined(found.formula, "=", shown(value), between=" ")]),
            *(part for part in parts if part.key == _PARTS),
            *(_page(reading, queries) for reading in found.readings),
            *(part for part in parts if part.key != _PARTS),
            *([paragraphs(_SETTINGS, settings)] if settings else []),
        ),
    )


def _page(reading: Reading, queries: bool) -> Sheet:
    """One base measure: its number, then how it was read."""
    number = reading.number
    why = reason(number.reason, number.detail)
    amount: Word = in_full(number.value) if number.value is not None else joined(DASH, why, between=" ")
    counted = joined(" ".join(filter(None, (reading.agg, reading.column))), reading.table, between=" · ")
    lines: list[tuple[Word, Word]] = [
        ("", reading.about),
        (phrase("computed as"), counted),
        (phrase("where"), reading.where),
        (phrase("window"), _window(reading)),
        (phrase("rows"), "" if reading.rows is None else decimals(reading.rows, 0)),
        *(("" if place else "SQL", line) for place, line in enumerate(reading.sql.splitlines() if queries else ())),
    ]
    return pairs(joined(reading.id, "=", amount, between=" "), [line for line in lines if not is_empty(line[1])])


def _window(reading: Reading) -> Word:
    days = f"{reading.first_day} … {reading.last_day}" if reading.first_day and reading.last_day else ""
    return joined(joined(term(WINDOWS, reading.window), days, between=" "), reading.time, between=" · ")
