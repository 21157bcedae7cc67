"""How far into the past the number of a period rests: something in it is somebody's first, or is looked back for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

from kpi_tui.definitions.library.metric import ANY_COLUMN, EVERY_DAY, Measure
from kpi_tui.definitions.library.table import Repeated
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.days.days_covered import hole_in_words
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.windows import looked_back_to

LAPSED, LAPSED_DAYS = "churn_days", 90
"""Setting and its default: who was not here for so long counts as lost, so that a past of as many days is enough."""
A_YEAR = timedelta(days=366)
"""So long after its first row a table whose people are older is told for first times."""
Reads = frozenset[tuple[str, tuple[str, ...]]]
"""Tables or facts, and the columns that are read of each."""


class PastAsked:
    """Answers for the facts of one workspace (`history`, `looks_back` of facts.toml, followed into what is made of
    them)."""

    def __init__(self, workspace: Workspace, data: Data, lineage: Lineage) -> None:
        self._workspace = workspace
        self._data = data
        self._facts = workspace.facts
        self._lineage = lineage
        self._reads: dict[str, Reads] = {}  # by measure
        self._known: dict[Reads, tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]] = {}

    def first_times(self, measure: Measure) -> tuple[str, ...]:
        """The raw tables whose whole past decides a measure: something in it is somebody's first (`history`)."""
        return self.of(self.read_by(measure))[0]

    def looked_back(self, measure: Measure) -> Mapping[str, tuple[str, ...]]:
        """Raw table -> how far back a measure rests on it: periods, or settings of them or days (`looks_back`)."""
        return self.of(self.read_by(measure))[1]

    def read_by(self, measure: Measure) -> Reads:
        """The table of a measure, and those its condition asks in sub-queries, with the columns that are named."""
        if measure.id not in self._reads:
            inner = self._lineage.condition(measure)
            own = (measure.table, self._lineage.columns_of(measure))
            self._reads[measure.id] = frozenset({own, *((table, inner.columns) for table in inner.tables)})
        return self._reads[measure.id]

    def in_words(
        self, reads: Reads, period: Period, anchor: Period, asked: Collection[str], whole: Iterable[str] = ()
    ) -> list[str]:
        """That the data begin not long before a period, for what counts first times or from the beginning on, or later
        than the days that are looked back to from `anchor` in the tables `asked`. `whole`: tables of a window to date.
        """
        new, back = self.of(reads)
        back = {**back, **{table: (*back.get(table, ()), EVERY_DAY) for table in whole}}
        enough = period.start - timedelta(days=int(self._workspace.number(LAPSED, LAPSED_DAYS)))
        spans = {table: span for table in (*new, *back) if (span := self._data.days.span(table)) is not None}
        said: list[str] = []
        for table in (table for table in new if table in spans):
            first = spans[table].first
            if first > enough or (period.start <= first + A_YEAR and self._began_before(table, first)):
                said.append(
                    say(
                        "{table}: history begins on {day}; whoever came before that counts as new",
                        table=table, day=first,
                    )
                )  # fmt: skip
            said += self._holes(table, enough, period)
        for table in (table for table in back if table in spans and table in asked and table not in new):
            since = min(looked_back_to(anchor, one, self._workspace.settings) for one in back[table])
            if since == date.min:
                first = spans[table].first
                if first > enough or self._began_before(table, first):
                    said.append(
                        say(
                            "{table}: history begins on {day}, and this counts all that was before",
                            table=table, day=first,
                        )
                    )  # fmt: skip
            elif (first := spans[table].first) > since:
                said.append(
                    say(
                        "{table}: history begins on {day}, and this looks back to {since}",
                        table=table, day=first, since=since,
                    )
                )  # fmt: skip
            said += self._holes(table, since, period)
        return said

    def _began_before(self, table: str, first: date) -> bool:
        """Whether the people a table names were there long before its first row: then so was what it tells of."""
        named = {column.references.partition(".")[0] for column in self._workspace.schemas[table].columns.values()}
        people = (self._workspace.schemas[one] for one in named - {"", table})
        known = (self._data.summary(one.id) for one in people if one.repeated is Repeated.FIRST)
        days = [one.profile.first_day for one in known if one and one.profile.first_day]
        lapsed = timedelta(days=int(self._workspace.number(LAPSED, LAPSED_DAYS)))
        return any(day < first - lapsed for day in days)

    def _holes(self, table: str, since: date, period: Period) -> Iterator[str]:
        """The days missing before a period on which it rests: whoever was there then is not seen."""
        for part, gaps in self._data.days.gaps(table).items():
            yield from (hole_in_words(part, one) for one in gaps.holes if one[1] >= since and one[0] < period.start)

    def of(self, reads: Reads) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
        """Both of columns of tables and facts: tables that first times rest on, and how far back others do."""
        if reads not in self._known:
            facts = [fact for read in sorted(reads) for fact in self._with_history(*read)]
            raw = (table for fact in facts for table in self._lineage.raw_tables(fact))
            back: dict[str, dict[str, None]] = {}
            for fact, names in (one for read in sorted(reads) for one in self._looking_back(*read)):
                for table in self._lineage.raw_tables(fact):
                    back.setdefault(table, {}).update(dict.fromkeys(names))
            self._known[reads] = tuple(dict.fromkeys(raw)), {table: tuple(names) for table, names in back.items()}
        return self._known[reads]

    def _looking_back(self, table: str, columns: Iterable[str]) -> Iterator[tuple[str, Iterable[str]]]:
        if table in self._facts:
            own, seen = self._facts[table].looks_back, self._lineage.made_of(table, columns)
            yield from ((table, own[name]) for name in (*columns, ANY_COLUMN) if name in own)
            for read in self._lineage.shape(table).reads:
                yield from self._looking_back(read, seen)

    def _with_history(self, table: str, columns: Iterable[str]) -> list[str]:
        if table not in self._facts:
            return []
        if set(columns) & set(self._facts[table].history):
            return [table]
        seen = self._lineage.made_of(table, columns)
        return [fact for read in self._lineage.shape(table).reads for fact in self._with_history(read, seen)]
