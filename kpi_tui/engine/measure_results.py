"""What comes back for a measure: numbers by segment, the rows behind them, what is to be said; and of parts, and of a
name of a formula."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kpi_tui.definitions.answers.value import Number, Reason
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.engine.doubts.doubtful_rows import NO_DOUBT, RowDoubts
from kpi_tui.engine.partial_periods import NOTHING_LACKS, Covered, together
from kpi_tui.engine.query.segments import NULL_SEGMENT


@dataclass(frozen=True)
class MeasureRequest:
    """A measure at a period (a grain value's own period), without the rows whose amount some sums do not know, or of
    those alone that lack a column."""

    measure: str
    period: Period
    without: tuple[str, ...] = ()
    lacks: str = ""


@dataclass(frozen=True)
class MeasureResult:
    """The numbers of a request: the total or one per segment, and what is to be said of them."""

    numbers: Mapping[str | None, Number]
    rows: Mapping[str | None, int]
    sql: str = ""
    covered: Covered = NOTHING_LACKS
    doubtful: Mapping[str | None, RowDoubts] = field(default_factory=dict)
    empty: tuple[str, ...] = ()  # why it counts nothing, where that is no matter of the period
    by_source: Mapping[str | None, Covered] = field(default_factory=dict)  # what is true of a segment, where it is one
    asked_of: tuple[str, ...] = ()  # whose columns the condition of the question names, where they are another table's
    whose: str = ""  # table and column that the segments are of, where another table supplies them
    cut_on: frozenset[tuple[str, str]] = frozenset()  # raw table and column that say which rows are in which segment
    campaign_in: str = ""  # table or fact whose rows say what belongs to the campaign of the question

    @property
    def counts_nothing(self) -> bool:
        """Whether it found no row, in whatever segment."""
        return all(map(_is_nothing, self.numbers.values()))

    def counts_nothing_in(self, segment: str) -> bool:
        """Whether it found no row in a segment."""
        return segment not in self.numbers or _is_nothing(self.numbers[segment])

    @property
    def segments(self) -> Iterable[str]:
        """The segments it has numbers of; one without a value where nobody supplies the column, to say so."""
        if None in self.numbers and self.numbers[None].reason is Reason.NO_COLUMN:
            return (NULL_SEGMENT,)
        return (name for name in self.numbers if name is not None)

    def number(self, segment: str | None, measure: Measure) -> Number:
        """The number of a segment; a segment without rows counts 0."""
        if segment in self.numbers:
            return self.numbers[segment]
        if None in self.numbers and self.numbers[None].reason not in (None, Reason.NO_ROWS):
            return self.numbers[None]
        return without_rows(measure)

    def covered_in(self, segment: str | None) -> Covered:
        """How far the rows of a segment reach: a source by its own days, any other as far as all."""
        return self.by_source.get(segment, self.covered)

    def doubts(self, segment: str | None) -> RowDoubts:
        """How many rows of a segment are doubtful, of how many where those were counted."""
        return replace(self.doubtful.get(segment, NO_DOUBT), rows=self.rows.get(segment, 0))


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of a formula at a period: its number, how far its rows reach, and which of them are doubtful."""

    number: Number
    covered: Covered = NOTHING_LACKS
    doubts: RowDoubts = NO_DOUBT
    empty: tuple[str, ...] = ()
    asked_of: tuple[str, ...] = ()
    cut_on: frozenset[tuple[str, str]] = frozenset()
    left_out: Mapping[str, int] = field(default_factory=dict)


def put_together(parts: Sequence[tuple[MeasureResult, Sequence[str]]], total: bool, nothing: Number) -> MeasureResult:
    """The sum of parts that share no row. A part without a number leaves its segments and the total without one."""
    numbers: dict[str | None, Number] = {None: nothing} if total else {}
    for result, segments in parts:
        for segment, number in result.numbers.items():
            for at in segments if segment is None and not total and segments else (segment,):
                numbers[at] = _added(numbers[at], number) if at in numbers else number
    known = [result for result, _ in parts if result.covered.lacks is None]
    return MeasureResult(
        numbers,
        _sums([result.rows for result in known]),
        "\nunion all\n".join(result.sql for result in known if result.sql),
        together([result.covered for result in known]),
        _all_doubtful([result.doubtful for result in known]),
        tuple(dict.fromkeys(note for result in known for note in result.empty)),
        asked_of=tuple(dict.fromkeys(said for result in known for said in result.asked_of)),
        whose=next((result.whose for result in known if result.whose), ""),
        cut_on=frozenset(pair for result in known for pair in result.cut_on),
        campaign_in=next((result.campaign_in for result in known if result.campaign_in), ""),
    )


def with_sources(result: MeasureResult, covered: Mapping[str | None, Covered]) -> MeasureResult:
    """The result of a question that is cut by source: each is judged by its own days."""
    if not covered:
        return result
    lacking = {name: one.lacks for name, one in covered.items() if one.lacks is not None}
    own = {name: replace(one, notes=(*one.notes, *result.covered.notes)) for name, one in covered.items()}
    return replace(result, numbers={**result.numbers, **lacking}, by_source=own)


def steady(total: float) -> float:
    """A total without its last digits, which hang on the order of adding: 13 digits are kept, and 4 decimals at least.

    So a sum of cents is the same on every start (and 0.3, not 0.30000000000000004).
    """
    if total == 0 or not math.isfinite(total):
        return total
    return round(total, max(4, 12 - math.floor(math.log10(abs(total)))))


def _is_nothing(number: Number) -> bool:
    return number.value == 0 or number.reason is Reason.NO_ROWS


def _added(one: Number, two: Number) -> Number:
    if one.value is None or two.value is None:
        lacking = [number for number in (one, two) if number.reason not in (None, Reason.NO_ROWS)]
        return lacking[0] if lacking else (two if one.value is None else one)
    return Number(one.value + two.value)


def _sums(counts: Iterable[Mapping[str | None, int]]) -> dict[str | None, int]:
    found: dict[str | None, int] = {}
    for some in counts:
        for segment, count in some.items():
            found[segment] = found.get(segment, 0) + count
    return found


def _all_doubtful(found: Iterable[Mapping[str | None, RowDoubts]]) -> dict[str | None, RowDoubts]:
    together: dict[str | None, RowDoubts] = {}
    for some in found:
        for segment, doubt in some.items():
            together[segment] = together.get(segment, NO_DOUBT) + doubt
    return together


def without_rows(measure: Measure) -> Number:
    """The number of no row at all: 0, or none."""
    if measure.agg.traits.zero_without_rows:
        return Number(0)
    return Number(None, Reason.NO_ROWS, say("no rows for {agg} of {table}", agg=measure.agg.value, table=measure.table))
