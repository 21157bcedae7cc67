"""Questions put to an engine, so that one that cannot run takes no other along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kpi_tui.definitions.issue import EngineError, UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query import plan, statement
from kpi_tui.engine.rows_asked.plain_rows import Engine

Answer = list[plan.QueryRow] | EngineError
"""The rows of a query, or why it could not run."""


class Questions:
    """Runs what was planned through an engine; `lacks` says whether no file supplies a column."""

    def __init__(
        self, workspace: Workspace, data: Data, lineage: Lineage, engine: Engine, lacks: Callable[[str, str], bool]
    ) -> None:
        self._workspace, self._data, self._lineage, self._engine, self._lacks = workspace, data, lineage, engine, lacks

    def run(self, run: plan.Run, *, rows: bool) -> Iterable[tuple[plan.Query, int, Period, Answer]]:
        """The answer of each measure (by its place in its query) at each period; UsageError for a bad condition."""
        for query, answer in zip(run.queries, self._answers(run.queries, run.asked), strict=True):
            if isinstance(answer, EngineError) and len(query.asks) > 1:
                yield from self.run(self._one_by_one(run, query, rows), rows=rows)
                continue
            if isinstance(answer, EngineError) and query.cut.where:
                self._blame(query.cut.where, answer, run, query)
            keys = run.keys(query)
            placed: dict[object, list[plan.QueryRow]] = defaultdict(list)
            for row in answer if isinstance(answer, list) else ():
                placed[row["w_period"]].append(row)
            for index, ask in enumerate(query.asks):
                for anchor in ask.anchors:
                    failed = answer if isinstance(answer, EngineError) else None
                    yield query, index, anchor, failed or placed.get(keys[anchor], [])

    def _blame(self, where: str, error: EngineError, run: plan.Run, query: plan.Query) -> None:
        """UsageError when the condition of the question is what cannot run: without it the query can."""
        free = replace(query, cut=replace(query.cut, where=None), sql="", whose={}, asked_of=(), cut_on=set())
        written = self._written(plan.Run(run.asked, (free,)))
        (answer,) = self._answers(written.queries, written.asked)
        if not isinstance(answer, EngineError):
            raise UsageError(say("--where {where!r}: {error}", where=where, error=query.in_words(error.why)))

    def _one_by_one(self, run: plan.Run, query: plan.Query, rows: bool) -> plan.Run:
        """A query that failed, a query for each measure."""
        alone = tuple(replace(query, asks=[ask], sql="") for ask in query.asks)
        return self._written(plan.Run(run.asked, alone), rows)

    def _written(self, run: plan.Run, rows: bool = False) -> plan.Run:
        return statement.write(run, self._workspace, self._lineage, self._lacks, rows=rows)

    def _answers(self, queries: Sequence[plan.Query], asked: Sequence[Period]) -> list[Answer]:
        """All queries together; one by one when that fails, so that one bad query spoils no other number."""
        if lacking := [query for query in queries if query.lacks]:
            known = iter(self._answers([query for query in queries if not query.lacks], asked))
            return [[] if query in lacking else next(known) for query in queries]
        if not queries:
            return []
        try:
            return list(self._engine.run(list(queries), list(asked), self._data.days.earliest() or asked[0].start))
        except EngineError as error:
            if len(queries) == 1:
                return [error]
        return [answer for query in queries for answer in self._answers([query], asked)]
