"""Facts: their SQL is judged, reads only known relations and columns, and runs in no circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kpi_tui.definitions.library.metric import ANY_COLUMN, EVERY_DAY, Fact
from kpi_tui.definitions.message import say
from kpi_tui.definitions.workspace import Setting
from kpi_tui.sql import guard
from kpi_tui.sql.parameters import bind
from kpi_tui.workspace.check.contradiction import Contradictions
from kpi_tui.workspace.check.procedures import check_procedure
from kpi_tui.workspace.check.relations import MADE, Columns, Relations, fact_outputs, unknown_column
from kpi_tui.workspace.parse.collected import Collected

_PER_PERIOD = {"periods", "period_days"}


class FactCheck:
    """Walks facts in the order they need each other, adding each sound one to the relations."""

    def __init__(
        self, collected: Collected[Fact], relations: Relations, settings: Mapping[str, Setting], report: Contradictions
    ) -> None:
        self._collected = collected
        self._relations = relations
        self._settings = settings
        self._report = report
        self._open: list[str] = []
        self._done: set[str] = set()

    def run(self, facts: Iterable[str]) -> None:
        """Check some facts, and those they read; each once."""
        for key in facts:
            if key in self._collected.items:
                self._visit(key)

    def _visit(self, key: str) -> None:
        if key in self._done:
            return
        fact = self._collected.items[key]
        self._open.append(key)
        try:
            fragment = guard.query(bind(fact.sql, self._settings))
            if self._reads_are_known(fact, fragment.tables):
                self._add(fact, fragment)
        except guard.FragmentError as error:
            self._report.error(fact, "sql", str(error), say("correct the SQL of this fact"), "sql")
        except RecursionError:
            self._report.error(fact, "sql", say("the query is nested too deeply"), say("simplify it"), "sql")
        self._open.pop()
        self._done.add(key)

    def _reads_are_known(self, fact: Fact, reads: tuple[str, ...]) -> bool:
        sound = True
        for name in reads:
            if name in self._open:
                circle = " → ".join([*self._open[self._open.index(name) :], name])
                self._report.error(
                    fact,
                    "sql",
                    say("facts read each other in a circle: {circle}", circle=circle),
                    say("break it"),
                    "cycle",
                )
                sound = False
            elif name in self._collected.items:
                self._visit(name)
            if name in self._open or name in self._relations.columns or name in MADE:
                continue
            sound = False
            if name in self._collected.broken or name in self._report.spoilt:
                self._report.follows(fact, "sql", say("fact"), name)
            else:
                known = [*self._relations.columns, *self._collected.items, *MADE]
                self._report.unknown(fact, "sql", say("table or fact"), name, known)
        return sound

    def _add(self, fact: Fact, fragment: guard.Fragment) -> None:
        outputs, problems = fact_outputs(fragment.sql, self._relations.readable)
        for problem in dict.fromkeys(problems):
            self._report.error(fact, "sql", problem, say("correct the SQL of this fact"), "column")
        for name in fact.without:
            if name not in fact.optional:
                self._report.unknown(fact, "without", say("optional table"), name, fact.optional)
        if fact.procedure:
            outputs = check_procedure(fact, outputs, self._settings, self._report)
        if outputs is not None:
            self._check_outputs(fact, fragment, outputs)
        if fact.id not in self._report.spoilt:
            self._relations.columns[fact.id] = outputs
            self._relations.times[fact.id] = fact.time

    def _check_outputs(self, fact: Fact, fragment: guard.Fragment, outputs: Columns) -> None:
        assert outputs is not None
        back = tuple(name for name in fact.looks_back if name != ANY_COLUMN)
        named = (("time", (fact.time,) if fact.time else ()), ("key", fact.key), ("history", fact.history))
        for key, names in (*named, ("looks_back", back)):
            for name in names:
                if name not in outputs:
                    self._report.error(fact, key, unknown_column(name, outputs), say("select it in the SQL"), "column")
        for name in dict.fromkeys(part for parts in fact.looks_back.values() for part in parts):
            is_days = name == EVERY_DAY or name.removesuffix("d").isdigit()
            if not is_days and not isinstance(self._settings.get(name), int):
                self._report.unknown(fact, "looks_back", say("setting"), name, self._settings)
        if _PER_PERIOD & set(fragment.tables) and "period" not in outputs:
            hint = say("select the column `period`")
            self._report.error(fact, "sql", say("it is computed per period but has no column 'period'"), hint, "column")
