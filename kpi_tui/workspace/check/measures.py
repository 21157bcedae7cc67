"""Measures: table, column, filter and time exist, and the SQL in them is judged (R006)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlglot import exp

from kpi_tui.definitions.library.metric import Measure, Window
from kpi_tui.definitions.message import say
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.definitions.workspace import Setting
from kpi_tui.sql import guard
from kpi_tui.sql.parameters import bind
from kpi_tui.workspace.check.contradiction import Contradictions
from kpi_tui.workspace.check.relations import Columns, Relations, query_outputs, unknown_column

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class MeasureCheck:
    """Checks measures against the relations that proved sound."""

    def __init__(
        self, relations: Relations, broken_tables: set[str], settings: Mapping[str, Setting], report: Contradictions
    ) -> None:
        self._relations = relations
        self._readable = relations.readable
        self._broken = broken_tables
        self._settings = settings
        self._report = report

    def run(self, measure: Measure) -> None:
        """Report everything wrong with one measure."""
        columns = self._table(measure)
        self._fragment(measure, "column", measure.column, columns)
        self._fragment(measure, "where", measure.where, columns)
        if measure.provisional:
            self._fragment(measure, "provisional", measure.provisional.where, columns)
            self._fragment(measure, "provisional", measure.provisional.until, columns)
        if measure.apart:
            self._fragment(measure, "apart", measure.apart.where, columns)
        if measure.spread:
            self._fragment(measure, "spread", measure.spread.where, columns)
            for column in measure.spread.by:
                self._fragment(measure, "spread", column, columns)
        self._time(measure, columns)
        self._setting(measure, "days", measure.days)
        self._setting(measure, "mature", measure.mature)
        for table in measure.needs:
            if table not in self._relations.columns and table not in self._broken:
                self._report.unknown(measure, "needs", say("table"), table, self._relations.columns)

    def _table(self, measure: Measure) -> Columns:
        table = measure.table
        if table in self._relations.columns:
            return self._relations.columns[table]
        if not table:
            return None  # reported as missing
        if table in self._broken:
            self._report.follows(measure, "table", say("table or fact"), table)
        else:
            self._report.unknown(measure, "table", say("table or fact"), table, self._relations.columns)
        return None

    def _fragment(self, measure: Measure, key: str, sql: str, columns: Columns) -> None:
        if not sql:
            return
        try:
            names, problems = self._names(key, sql)
        except guard.FragmentError as error:
            self._report.error(
                measure,
                key,
                say("{key} = {sql!r:.60}: {problem}", key=key, sql=sql, problem=error),
                say("correct the SQL"),
                "sql",
            )
            return
        for problem in problems:
            self._report.error(
                measure,
                key,
                say("{key} = {sql!r:.60}: {problem}", key=key, sql=sql, problem=problem),
                say("correct the SQL"),
                "sql",
            )
        for name in names:
            if columns is not None and name not in columns:
                message = unknown_column(name, columns, measure.table)
                self._report.error(measure, key, message, say("correct the column's name"), "column")

    def _names(self, key: str, sql: str) -> tuple[tuple[str, ...], list[str]]:
        """Columns a fragment reads of its own table, and problems of its sub-queries. Raises FragmentError."""
        if _NAME.fullmatch(sql):
            return (sql,), []  # most columns are plain names: no parser needed
        bound = bind(sql, self._settings)
        if key in ("provisional", "apart", "spread"):
            fragment = guard.row_condition(bound)  # counted beside the measure: it may not read other tables
        elif key == "where":
            fragment = guard.predicate(bound)
            if fragment.aggregates:
                raise guard.FragmentError(say("a condition is asked of every row, and an aggregate looks at many"))
        else:
            fragment = guard.expression(bound)
            if fragment.aggregates:
                raise guard.FragmentError(say("an aggregate is not allowed here; `agg` names it"))
        return own_columns(fragment, self._readable)

    def _time(self, measure: Measure, columns: Columns) -> None:
        time = measure.time or self._relations.times.get(measure.table, "")
        if columns is None:
            return
        if time and time not in columns:
            message = unknown_column(time, columns, measure.table)
            self._report.error(measure, "time", message, say("name a column with a day or time"), "column")
        elif not time and measure.window is not Window.ALL:
            message = say("no time column: neither the measure nor {table} names one", table=measure.table)
            self._report.error(measure, "time", message, say("add a line `time = …`"), "column")

    def _setting(self, measure: Measure, key: str, value: str) -> None:
        if not value.startswith(":"):
            return
        name = value[1:]
        if name not in self._settings:
            self._report.unknown(measure, key, say("setting"), name, self._settings)
        elif isinstance(self._settings[name], bool | str):
            self._report.error(
                measure,
                key,
                say("setting {name!r} is no number of days", name=name),
                say("name another one"),
                "setting",
            )


def own_columns(fragment: guard.Fragment, relations: Mapping[str, Columns]) -> tuple[tuple[str, ...], list[str]]:
    """Columns outside sub-queries, and what is wrong with those inside."""
    problems: list[str] = []
    otherwise = say("define it, or correct the name")
    for select in fragment.selects:
        tables = [table.name for table in select.find_all(exp.Table)]
        unknown = [name for name in tables if name not in relations]
        problems += [
            say(
                "unknown table or fact {name!r}; {hint}",
                name=name,
                hint=did_you_mean(name, relations, otherwise),
            )
            for name in unknown
        ]
        problems += [] if unknown else query_outputs(select, relations)[1]
    problems += [
        say(
            "{column}: only columns of its own table are read here; write {name} alone",
            column=guard.as_written(node),
            name=node.name,
        )
        for node in fragment.with_table
    ]
    return fragment.outer_names, list(dict.fromkeys(problems))
