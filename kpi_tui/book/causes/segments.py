"""Which segments moved a metric between two periods, and what moved them in turn (R026, R164)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kpi_tui.book.causes.explainable import explainable
from kpi_tui.book.causes.factors import Factors
from kpi_tui.book.causes.segment_columns import added_words, is_constant, is_word, leads_to
from kpi_tui.book.library import Library
from kpi_tui.book.numbers import MetricNumbers
from kpi_tui.definitions.answers.segments import Segment, SegmentBasis, SegmentDrivers
from kpi_tui.definitions.answers.value import Number, Reason, Value
from kpi_tui.definitions.library.metric import Metric
from kpi_tui.definitions.message import say
from kpi_tui.sql.quoted_text import quoted_text

if TYPE_CHECKING:
    from kpi_tui.analysis.causes.segments import Numbers, Part, Quotient
    from kpi_tui.analysis.causes.shapley import Evaluate
    from kpi_tui.book.library import Library
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.library.metric import Metric
    from kpi_tui.definitions.library.table import TableSchema
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace

MOST_SEGMENTS = 10
"""Segments whose contributions are enumerated by Shapley; sums and ratios take any number."""
_NOTHING = (Reason.NO_ROWS, Reason.ZERO_DENOMINATOR)
"""Reasons of a segment that was not there: its parts are 0, not unknown."""
_TRUTH = ("True", "False")
"""How segments of a column of truth values are called."""
Parts = Mapping[str, Value]
Shares = Mapping[str, float | None]


class SegmentAnalysis:
    """Takes the change of a metric apart by the values of a column."""

    def __init__(self, workspace: Workspace, library: Library, numbers: MetricNumbers) -> None:
        self._workspace = workspace
        self._library = library
        self._numbers = numbers

    def columns(self, metric: str) -> tuple[str, ...]:
        """The columns to ask for: those the metric names, then words of all its tables and of those they lead to, as
        far as the rows of all its measures have them. What no file fills, as far as files were looked at, is left out.
        """
        definition, schemas = self._asked(metric), self._workspace.schemas
        tables = [schemas[table] for table in self._numbers.tables_of(definition.id) if table in schemas]
        if not tables:
            return definition.dims
        asked = {name for known in self._workspace.metrics.values() for name in known.dims}
        own = [name for name in tables[0].columns if all(is_word(table, name, asked) for table in tables)]
        own += sorted(set.intersection(*(added_words(self._workspace.tables.get(table.id), table) for table in tables)))
        known = {*definition.dims, *own}
        led = set.intersection(*map(leads_to, tables)) & self._workspace.tables.keys()
        beyond = [
            f"{table}.{name}"
            for table in sorted(led)
            for name in schemas[table].columns
            if is_word(schemas[table], name, asked) and (name not in known or _may_be_empty(tables, name))
        ]
        found = self._numbers.cut_by(definition.id, tuple(dict.fromkeys((*definition.dims, *own, *beyond))))
        return tuple(sorted(found, key=lambda one: is_constant(one, tables[0].id, self._workspace.tables)))

    def condition(self, path: Sequence[tuple[str, str]], where: str = "") -> str:
        """What keeps the rows of the segments gone into, each with its column; "" for all rows."""
        return " and ".join([*([f"({where})"] if where else []), *(_is(*step) for step in path)])

    def _called(self, path: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """The same segments, which know what they are called."""
        return tuple((column, self._numbers.called(column, [segment])[0]) for column, segment in path)

    def _asked(self, subject: str) -> Metric:
        """The metric of that id, or a base measure as one."""
        from kpi_tui.engine.measure_metrics import measure_metric

        if subject in self._workspace.measures and subject not in self._workspace.metrics:
            return measure_metric(subject)
        return explainable(self._library, subject)

    def of(
        self,
        metric: str,
        period: Period,
        against: Period | None = None,
        *,
        by: str,
        then: str = "",
        where: str = "",
        path: Sequence[tuple[str, str]] = (),
        progress: Progress | None = None,
    ) -> SegmentDrivers:
        """The contribution of every segment of `by` to the change since `against` (else the period before).

        `path`: segments gone into, each with its column; `where` asks for more. `then`: the segment that moved it most
        is taken apart by this column too. UsageError on an unknown metric or column, a growth form or a chain's metric.
        """
        asked = self._asked(metric)
        before, kept = against or period.previous(), self.condition(path, where) or None
        (was, old), (now, new) = (
            _apart(metric, self._numbers.values([asked.id], one, by=by, where=kept, progress=progress))
            for one in (before, period)
        )
        now = _noted(now, {**old, **new})
        found = replace(self._moved(asked, was, now, old, new), by=by, path=self._called(path), where=where)
        if not then or not found.segments or found.segments[0].contribution is None:
            return found
        inner = (*path, (by, found.segments[0].name))
        return replace(
            found, deeper=self.of(metric, period, before, by=then, where=where, path=inner, progress=progress)
        )

    def _moved(self, metric: Metric, was: Value, now: Value, old: Parts, new: Parts) -> SegmentDrivers:
        from kpi_tui.analysis.causes.drivers import not_comparable
        from kpi_tui.analysis.causes.shapley import Undefined

        made = SegmentDrivers("", now, was, None)
        if why := not_comparable(now, was) or _unknown_part(old, new):
            return replace(made, segments=_segments(old, new, {}, {}), reason=why[0], detail=why[1])
        change = (now.value or 0.0) - (was.value or 0.0)
        try:
            basis, parts, shares = self._parts(metric, was, now, old, new)
        except Undefined as undefined:
            segments = _segments(old, new, {}, {})
            return replace(made, change=change, segments=segments, reason=Reason.NOT_APPLICABLE, detail=str(undefined))
        return replace(
            made,
            change=change,
            basis=basis,
            segments=_segments(old, new, parts, shares),
            shared=_rest(change, parts),
            overlap=self._numbers.counts_distinct(metric.id),
        )

    def _parts(
        self, metric: Metric, was: Value, now: Value, old: Parts, new: Parts
    ) -> tuple[SegmentBasis, dict[str, Part], Shares]:
        """By what the formula is: a sum, one division, anything else. Undefined where parts explain another number."""
        from kpi_tui.analysis.causes.segments import differences
        from kpi_tui.engine.formula import quotient
        from kpi_tui.sql.guard import is_sum

        text = metric.formula
        if is_sum(text):
            whole = (
                now.value if self._numbers.counts_or_sums(metric.id) else None
            )  # of a mean or a median there is no share
            shares = {
                name: part.value / whole if part.value is not None and whole else None for name, part in new.items()
            }
            return SegmentBasis.DIFFERENCE, differences(_known(old), _known(new)), shares
        at = self._evaluator(text, now.period, was.period)
        _expect_direct(partial(at, text), was, now)
        if sides := quotient(text):
            return _of_ratio(partial(_quotient, at, sides), was, now, old, new)
        return self._of_formula(partial(at, text), was, now, old, new)

    def _of_formula(
        self, at: Evaluate, was: Value, now: Value, old: Parts, new: Parts
    ) -> tuple[SegmentBasis, dict[str, Part], Shares]:
        from kpi_tui.analysis.causes.segments import by_formula

        before, after = _measures(old), _measures(new)
        _expect_sums(was, before)
        _expect_sums(now, after)
        most = int(self._workspace.number("driver_factors", MOST_SEGMENTS))
        return SegmentBasis.SHAPLEY, by_formula(at, before, after, most), {}

    def _evaluator(self, text: str, period: Period, before: Period) -> Callable[[str, Numbers], float | None]:
        """Formulas over the measures of a segment, with the settings that stand in `text`."""
        from kpi_tui.engine.formula import evaluate, names

        constants = Factors(self._workspace, self._numbers, period, before, None).settings(text)
        fixed = {name: Number(value) for name, value in constants.items()}

        def at(formula: str, measures: Numbers) -> float | None:
            known = {name: Number(measures.get(name, 0.0)) for name in names(text)} | fixed
            return evaluate(formula, known).value

        return at


def _may_be_empty(tables: Sequence[TableSchema], name: str) -> bool:
    """Whether rows may say nothing in a column of their own: what another table says of the same is asked for too."""
    return any(table.columns[name].nullable for table in tables if name in table.columns)


def _apart(subject: str, found: Sequence[Value]) -> tuple[Value, dict[str, Value]]:
    """The whole, and its segments by name."""
    values = [replace(value, metric=subject) for value in found]
    (whole,) = (value for value in values if value.segment is None)
    return whole, {value.segment: value for value in values if value.segment is not None}


def _noted(whole: Value, segments: Iterable[str]) -> Value:
    """The whole, with what is said of segments that are one thing in two, also where each stands in one period."""
    from kpi_tui.engine.query.segments import two_names

    return replace(whole, notes=tuple(dict.fromkeys((*whole.notes, *two_names(segments).values()))))


def _is(column: str, segment: str) -> str:
    """The condition that keeps the rows of one segment."""
    from kpi_tui.engine.query.segments import NULL_SEGMENT

    if segment == NULL_SEGMENT:
        return f"{column} is null"
    words = dict.fromkeys((segment, segment.lower()) if segment in _TRUTH else (segment,))  # SQL writes true
    return f"cast({column} as varchar) in ({', '.join(map(quoted_text, words))})"


def _unknown_part(*periods: Parts) -> tuple[Reason, str] | None:
    """A segment whose number is not known, which is not one that has none."""
    for value in (value for parts in periods for value in parts.values()):
        if value.value is None and value.reason not in _NOTHING:
            name, why = value.segment or "", value.detail or str(value.reason)
            said = say("{segment} has no number in {period}: {why}", segment=name, period=value.period.said, why=why)
            return value.reason or Reason.ERROR, said
    return None


def _known(parts: Parts) -> dict[str, float]:
    return {name: value.value or 0.0 for name, value in parts.items()}


def _measures(parts: Parts) -> dict[str, dict[str, float]]:
    return {name: _of(value) for name, value in parts.items()}


def _of(value: Value) -> dict[str, float]:
    return {name: number or 0.0 for name, number in value.measures.items()}


def _expect_direct(at: Evaluate, *wholes: Value) -> None:
    """Undefined where a value is no formula over its measures (a mean of days): parts would explain another number."""
    from kpi_tui.analysis.causes.drivers import another_number, reproduces
    from kpi_tui.analysis.causes.shapley import Undefined

    for value in wholes:
        if not reproduces(at(_of(value)), value.value):
            raise Undefined(another_number(value))


def _expect_sums(whole: Value, segments: Mapping[str, Numbers]) -> None:
    """Undefined where a measure of the segments does not add up to that of the whole."""
    from kpi_tui.analysis.causes.shapley import Undefined

    for name, number in _of(whole).items():
        together = math.fsum(measures.get(name, 0.0) for measures in segments.values())
        if not math.isclose(together, number, rel_tol=1e-9, abs_tol=1e-9):
            raise Undefined(
                say("{measure} of the segments does not add up to the whole: only changes are shown", measure=name)
            )


def _quotient(at: Callable[[str, Numbers], float | None], sides: tuple[str, str], value: Value) -> Quotient:
    from kpi_tui.analysis.causes.segments import Quotient

    over, under = (at(side, _of(value)) or 0.0 for side in sides)
    return Quotient(over, under)


def _of_ratio(
    quotient: Callable[[Value], Quotient], was: Value, now: Value, old: Parts, new: Parts
) -> tuple[SegmentBasis, dict[str, Part], Shares]:
    from kpi_tui.analysis.causes.segments import rate_and_mix

    before, after = ({name: quotient(value) for name, value in parts.items()} for parts in (old, new))
    whole = quotient(now)
    shares = {name: one.under / whole.under for name, one in after.items()} if whole.under else {}
    return SegmentBasis.RATE_AND_MIX, rate_and_mix(before, after, quotient(was), whole), shares


def _segments(old: Parts, new: Parts, parts: Mapping[str, Part], shares: Shares) -> tuple[Segment, ...]:
    """Every segment of either period, and what was taken together; what moved the whole most first."""

    def segment(name: str) -> Segment:
        before, after = (values[name].value if name in values else None for values in (old, new))
        if (part := parts.get(name)) is None:
            return Segment(name, before, after, shares.get(name))
        return Segment(name, before, after, shares.get(name), part.contribution, part.rate, part.mix)

    every = [segment(name) for name in {**old, **new, **dict.fromkeys(parts)}]
    return tuple(sorted(every, key=lambda one: (one.contribution is None, -abs(one.contribution or 0.0), one.name)))


def _rest(change: float, parts: Mapping[str, Part]) -> float:
    """What the segments do not sum to; 0 where they do."""
    told = [part.contribution for part in parts.values()]
    rest = math.fsum([change, *(-one for one in told)])
    return 0.0 if abs(rest) <= 1e-9 * max(1.0, *map(abs, told), abs(change)) else rest
