"""Whether the rows of a table reach over the window of a measure: wholly, in part, or not at all (R002).

Up to which day a table is complete says `engine/days/days_covered.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from kpi_tui.definitions.answers.key_overlap import MissingLines
from kpi_tui.definitions.answers.value import Number, Reason, first_end, missing_in_words
from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure, Window
from kpi_tui.definitions.message import say, says, several
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.days.days_covered import Span, hole_in_words, joint
from kpi_tui.engine.doubts.lost_rows import lost_rows, lost_sources
from kpi_tui.engine.doubts.order_lines import OrderLines
from kpi_tui.engine.doubts.tables_without_rows import TablesWithoutRows
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.cut import PARTICIPANTS
from kpi_tui.engine.query.sources_asked import NO_SOURCE, Sources
from kpi_tui.engine.query.windows import TO_DATE, anchor_of, days, window_days
from kpi_tui.engine.rows_asked.counted_days import CountedDays
from kpi_tui.engine.rows_asked.later_times import LaterTimes
from kpi_tui.engine.rows_asked.named_tables import NamedTables
from kpi_tui.engine.rows_asked.past_asked import PastAsked
from kpi_tui.engine.rows_asked.plain_rows import PlainRows
from kpi_tui.engine.rows_asked.without_time import RowsWithoutTime


@dataclass(frozen=True, slots=True)
class Covered:
    """`lacks`: why there can be no number. `partial`: some of the window has no rows; `late`: only its beginning.

    `notes` name the tables that end or begin within the window; `until` is the last day (ISO) where the data end in it.
    """

    lacks: Number | None = None
    partial: bool = False
    late: bool = False
    notes: tuple[str, ...] = ()
    until: str = ""


NOTHING_LACKS = Covered()
Known = TypeVar("Known")
Hole = tuple[date, date]


def together(parts: Iterable[Covered]) -> Covered:
    """What is true of a number put together from several: in part as soon as one is, late when all such are."""
    parts = list(parts)
    partial = [part for part in parts if part.partial]
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    late = bool(partial) and all(part.late for part in partial)
    return Covered(None, bool(partial), late, notes, first_end(part.until for part in parts))


class WindowCoverage:
    """Answers for the measures of one workspace."""

    def __init__(
        self, rows: PlainRows, counted: CountedDays, lines: OrderLines, *of: *tuple[Workspace, Data, Lineage]
    ) -> None:
        self._workspace, self._data, self._lineage = workspace, data, lineage = of
        self._counted, self._lines = counted, lines
        self._later = LaterTimes(workspace, data, rows.days_between)
        self._without_time = RowsWithoutTime(workspace, data, lineage, rows.amounts_by_day)
        self._past = PastAsked(workspace, data, lineage)
        self._names = NamedTables(workspace, lineage)
        self._empty = TablesWithoutRows(workspace, data, lineage)

    def span(self, measure: Measure, sources: Sources = NO_SOURCE) -> Span | None:
        """The days that all tables behind a measure cover, of the sources asked for; None when none of them has days.

        A table that others name by its key (users, products) may begin later than they do: it is not asked when
        something happened, only who or what it was.
        """
        spans = self._spans(measure, sources)
        whole = joint(list(spans.values()))
        asked = [span.first for table, span in spans.items() if not self._names.only_named(table, spans, measure)]
        return whole and Span(max(asked, default=whole.first), whole.last, whole.open)

    def on_common_days(self, measure: Measure, sources: Sources) -> Measure:
        """A mean by days, asked of the days that all tables and sources cover: of these it is the mean (R004)."""
        tables = self._lineage.tables_of(measure) if measure.agg.traits.by_day else ()
        parts = [span for table in tables for span in _asked(self._data.days.part_spans(table), sources).values()]
        span = self.span(measure, sources)
        if span is None or len({(one.first, one.last) for one in parts}) < 2 or measure.time in ("", "period"):
            return measure
        days = f"{measure.time}_day between date '{span.first}' and date '{span.last}'"
        return replace(measure, where=f"({measure.where}) and {days}" if measure.where else days)

    def of(self, measure: Measure, period: Period, sources: Sources = NO_SOURCE) -> Covered:
        """Why a measure can have no number at a period, or what part of its window has no rows.

        `sources`: those of its tables that the question is about, where it names some.
        """
        if nothing := self._empty.behind(measure, sources):
            return Covered(nothing)
        span = self.span(measure, sources)
        if span is None or measure.window is Window.ALL:
            return Covered(notes=tuple(one.in_words() for one in self._lines_end(measure, date.max, sources)))
        first, last = window_days(measure, period, self._workspace.settings)
        assert last is not None
        opened = first if first is not None else anchor_of(measure, period).start
        if last < span.first or opened > span.last:
            named = dict.fromkeys(
                self._outermost(measure, ended, sources)
                for ended, outside in ((True, opened > span.last), (False, last < span.first))
                if outside
            )
            lost = (lost_rows(self._data, table, {part}, opened, last) for table, part in named)
            rejected = self.all_rejected(measure, period, sources) or next(filter(None, lost), None)
            return Covered(rejected or Number(None, Reason.NO_DATA, several(self._outside(*one) for one in named)))
        known_on = last + timedelta(days=days(measure.mature, self._workspace.settings))
        if measure.window is Window.COHORT and known_on > span.closed:
            return Covered(
                Number(None, Reason.PENDING, say("not before {day}, when the data reach it", day=known_on.isoformat()))
            )
        if missing := self._missing_wholly(measure, opened, last, sources):
            table, part, hole = missing
            rejected = self.all_rejected(measure, period, sources) or lost_rows(self._data, table, {part}, opened, last)
            return Covered(rejected or Number(None, Reason.NO_DATA, hole_in_words(part, hole)))
        ends, begins = last > span.closed, first is not None and first < span.first
        notes = self._ending(measure, last, sources)
        notes += self._beginning(measure, first, sources) if begins and first else []
        tables = self._lineage.tables_of(measure)
        holes = (hole for table in tables for hole in self._holes(table, opened, last, sources))
        notes += [
            *self._past_of(measure, period),
            *(hole_in_words(part, one) for part, one in holes),
        ]
        notes += self._missing(measure, opened, last, sources)
        notes += self._without_time.in_words(measure, opened, last)
        for table in tables:
            notes += lost_sources(self._data, table, _asked(self._data.days.part_spans(table), sources), opened, last)
        notes += (one.in_words() for one in self._lines_end(measure, last, sources))
        return Covered(None, ends or begins, begins and not ends, tuple(notes), span.last.isoformat() if ends else "")

    def of_participants(self, period: Period) -> list[Covered]:
        """The same of who took part in a campaign: of the tables that say when they did."""
        time = self._workspace.facts[PARTICIPANTS].time
        found = []
        for table in (one for one in self._lineage.raw_tables(PARTICIPANTS) if self._lineage.has(one, time)):
            taking = Measure(f"{PARTICIPANTS} of {table}", table, Aggregation.COUNT, time=time)
            lost = self.all_rejected(taking, period)
            found.append(Covered(lost) if lost else self.of(taking, period))
        return found

    def nothing_known(self, measure: Measure, period: Period, sources: Sources = NO_SOURCE) -> Number | None:
        """Why a measure that counts nothing has no number: its rows were rejected, or the lines of its orders end."""
        if rejected := self.all_rejected(measure, period, sources):
            return rejected
        first, last = window_days(measure, period, self._workspace.settings)
        opened = first if first is not None else anchor_of(measure, period).start
        if last is None or measure.window is Window.ALL:
            return None
        if apart := self._lines.never_dated(self._lineage.tables_of(measure)):
            return Number(None, Reason.UNKNOWN, apart)
        ended = (one for one in self._lines_end(measure, last, sources) if one.since < opened.isoformat())
        said = [one.in_words() for one in ended]
        return Number(None, Reason.NO_DATA, said[0]) if said else None

    def all_rejected(self, measure: Measure, period: Period, sources: Sources = NO_SOURCE) -> Number | None:
        """That nothing is known of a window: all rows of a table that lie in it, or may do so, could not be read.

        Of a table that others name by its key (orders of refunds) where its other rows end before the window; of one
        without a time (lines of orders) where no order of the window has any.
        """
        first, last = window_days(measure, period, self._workspace.settings)
        opened = first if first is not None else anchor_of(measure, period).start
        if last is None or measure.window is Window.ALL:
            return None
        spans, tables = self._spans(measure, NO_SOURCE), self._lineage.tables_of(measure)
        for table in tables:
            ended = table in spans and opened > spans[table].last
            named = not ended and self._names.only_named(table, spans, measure)
            if not named and (lost := lost_rows(self._data, table, sources, opened, last)):
                return lost
        lines = self._lines.rejected(tables, measure.time, opened, last)
        return Number(None, Reason.UNKNOWN, lines) if lines else None

    def _lines_end(self, measure: Measure, last: date, sources: Sources) -> Iterator[MissingLines]:
        """Lines of orders that end before a day, of the sources asked for."""
        for one in self._lines.ended(self._lineage.tables_of(measure)):
            parts = self._data.days.part_spans(one.of)
            if one.since < last.isoformat() and (one.other not in parts or one.other in _asked(parts, sources)):
                yield one

    def past_of_cut(self, columns: Iterable[tuple[str, str]], period: Period) -> list[str]:
        """The same of columns of tables and facts that a question is cut by."""
        reads = frozenset((table, (column,)) for table, column in columns)
        tables = {raw for table, _ in reads for raw in self._lineage.raw_tables(table)}
        asked = [raw for raw in tables if not self._names.of(raw) & tables]
        return self._past.in_words(reads, period, period, asked)

    def _past_of(self, measure: Measure, period: Period) -> list[str]:
        """That the data begin not long before a period, or later than the days a measure looks back to: who was there
        before is not known."""
        spans = self._spans(measure, NO_SOURCE)
        asked = [table for table in spans if not self._names.only_named(table, spans, measure)]
        to_date = measure.window in TO_DATE and not self._lineage.is_per_period(measure.table)
        whole = [table for table in asked if to_date and self._names.says_when(table, measure)]
        anchor, reads = anchor_of(measure, period), self._past.read_by(measure)
        return [*self._past.in_words(reads, period, anchor, asked, whole), *self._later.in_words(measure, anchor)]

    def _missing_wholly(
        self, measure: Measure, first: date, last: date, sources: Sources
    ) -> tuple[str, str, Hole] | None:
        """The table, the part of it, and its hole in which a window lies wholly: nobody knows what happened there."""
        spans = self._spans(measure, sources)
        tables = (table for table in spans if not self._names.only_named(table, spans, measure))
        holes = ((table, *one) for table in tables for one in self._holes(table, first, last, sources))
        return next((one for one in holes if one[2][0] <= first and last <= one[2][1]), None)

    def _holes(self, table: str, first: date, last: date, sources: Sources) -> Iterator[tuple[str, Hole]]:
        """The days missing inside the table or one of its sources that the window touches."""
        for part, gaps in _asked(self._data.days.gaps(table), sources).items():
            yield from ((part, one) for one in gaps.holes if one[0] <= last and one[1] >= first)

    def _missing(self, measure: Measure, first: date, last: date, sources: Sources) -> Iterator[str]:
        """The single days of a window that lack rows, of every table that says when something happened."""
        spans = self._spans(measure, sources)
        for table in (table for table in spans if not self._names.only_named(table, spans, measure)):
            for part, gaps in _asked(self._data.days.gaps(table), sources).items():
                for silent, by_hand in ((gaps.missing, False), (gaps.declared, True)):
                    if missing := [day for day in silent if first <= day <= last]:
                        yield missing_in_words(part, missing, (last - first).days + 1, by_hand=by_hand)

    def _spans(self, measure: Measure, sources: Sources) -> dict[str, Span]:
        tables = self._lineage.tables_of(measure)
        spans = {table: span for table in tables if (span := self._data.days.span(table, sources)) is not None}
        counted = {table: day for table in spans if (day := self._counted.first(measure, table)) is not None}
        return spans | {
            table: replace(spans[table], first=min(spans[table].first, day)) for table, day in counted.items()
        }

    def _outermost(self, measure: Measure, ended: bool, sources: Sources) -> tuple[str, str]:
        """The table, and the part of it, whose rows end first, or begin last."""
        spans = self._spans(measure, sources)
        table = min(spans, key=lambda id_: spans[id_].last) if ended else max(spans, key=lambda id_: spans[id_].first)
        parts = _asked(self._data.days.part_spans(table), sources)
        return table, min(parts, key=lambda id_: parts[id_].last if ended else parts[id_].first)

    def _outside(self, table: str, part: str) -> str:
        """The sentence that names the table whose rows end before a window, or begin after it, and its real days."""
        parts = self._data.days.part_spans(table)
        summary = self._data.summary(table)
        rows = (summary.days.get(part) if summary else None) or parts[part]
        last = max(rows.last, parts[part].last)
        said = say("the data of {table} cover {first} … {last}", table=part, first=rows.first, last=last)
        undated = summary.undated if summary else 0
        if not undated:
            return said
        return says(
            "{said}; {count:,} row without a readable time was rejected",
            "{said}; {count:,} rows without a readable time were rejected",
            undated,
            said=said,
        )

    def _ending(self, measure: Measure, last: date, sources: Sources) -> list[str]:
        """`orders: no rows since 05-29`, for every table or source that ends before a day the others reach."""
        reached = min(last, self._data.days.as_of())
        return [
            say("{table}: no rows since {day}", table=part, day=span.last)
            for table in self._spans(measure, sources)
            for part, span in _asked(self._data.days.part_spans(table), sources).items()
            if span.last < reached
        ]

    def _beginning(self, measure: Measure, first: date, sources: Sources) -> list[str]:
        spans = self._spans(measure, sources)
        return [
            say("{table}: the data begin on {day}", table=table, day=span.first)
            for table, span in spans.items()
            if span.first > first and not self._names.only_named(table, spans, measure)
        ]


def _asked(parts: Mapping[str, Known], sources: Sources) -> Mapping[str, Known]:
    """What is known of the sources that a question is about; of all where it names none of them."""
    return {part: known for part, known in parts.items() if part in sources} or parts
