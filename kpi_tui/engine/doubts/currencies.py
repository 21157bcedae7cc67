"""Amounts in several currencies: which measures would add them up, and how their rows are told apart (docs/data.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.library.table import CURRENCY_OF_ROW
from kpi_tui.definitions.message import Message, both, say
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.amounts.amounts_asked import AmountsAsked
from kpi_tui.sql import guard
from kpi_tui.sql.parameters import bind
from kpi_tui.tables.currencies.currency_of_row import amounts, unconverted
from kpi_tui.tables.home_currency import DATED_BY, key_of_order

_COUNTS = (Aggregation.COUNT, Aggregation.COUNT_DISTINCT, Aggregation.MEAN_DAILY_DISTINCT)


class Currencies:
    """Answers for the measures of one workspace. Where every table has one currency, nothing is looked at."""

    def __init__(self, workspace: Workspace, data: Data, lineage: Lineage) -> None:
        self._workspace = workspace
        self._data = data
        self._lineage = lineage
        self._asked = AmountsAsked(workspace, lineage)

    def told_apart(self, measure: Measure) -> tuple[str, str]:
        """The column that tells currencies of the measure's rows apart, and in which of them it is asked."""
        column = self._column(measure)
        return column, self._where(measure) if column else ""

    def _column(self, measure: Measure) -> str:
        """The column of the measure's rows that tells currencies apart; "" where one currency is all there is."""
        tables = self._tables(measure)
        return CURRENCY_OF_ROW if tables and self._tells_apart(measure, tables) else ""

    def _where(self, measure: Measure) -> str:
        """The rows of a table that may hold an amount, where words of them say that others hold none; "" for all."""
        from kpi_tui.tables.currencies.amounts_by_word import by_word, may_be_amount

        source = self._workspace.tables.get(measure.table)
        if source is None:
            return ""
        schema, touched = self._workspace.schemas[measure.table], set(self._added(measure))
        held = [name for name in self._amounts(measure.table) if name in touched]
        words = [by_word(name, source, schema) for name in held]
        return " OR ".join(dict.fromkeys(may_be_amount(one) for one in words if one)) if all(words) else ""

    def refusal(self, measure: Measure) -> Message | None:
        """Why the measure has no number at all: currencies that its rows no longer tell apart, nor its days."""
        tables = self._tables(measure)
        apart = tables and self._tells_apart(measure, tables) and not measure.agg.traits.by_day
        return self.in_words(measure) if tables and not apart else None

    def rates_behind(self, measures: Iterable[Measure]) -> tuple[str, ...]:
        """By which rates amounts behind measures were counted in the workspace's currency."""
        tables = [table for one in measures if one.agg not in _COUNTS for table in self._lineage.tables_of(one)]
        known = {table: self._data.summary(table) for table in tables}
        found = [(table, said) for table, one in known.items() if one for said in one.profile.converted]
        return tuple(say("{table}: {note}", table=table, note=said) for table, said in found)

    def in_words(self, measure: Measure) -> Message:
        """The first table with several currencies, and how many rows are in each."""
        table = self._tables(measure)[0]
        if self._ordered_in(table):
            return say(
                "amounts of {table} say no currency, and their orders are in {currencies}: "
                "give [rates], or write currency in [tables.{table}]",
                table=table, currencies=both(f"{word} ({rows:,})" for word, rows in self._several(table).items()),
            )  # fmt: skip
        currencies = both(f"{word} ({rows:,})" for word, rows in self._several(table).items())
        if own := self._own_alone(measure, table):
            return say(
                "{column} of {table}: an amount or not? Rows in {currencies} are added up when [tables.{table}] says "
                "money = {{ {column} = false }}, else never: filter one, or give a rate in tables.toml",
                table=table, column=own, currencies=currencies,
            )  # fmt: skip
        if measure.agg in _COUNTS:
            return say(
                "amounts of {table} in {currencies} are never held against one number ({where}): "
                "filter one, or give a rate in tables.toml",
                table=table, currencies=currencies, where=measure.where,
            )  # fmt: skip
        return say(
            "amounts of {table} in {currencies} are never added up: filter one, or give a rate in tables.toml",
            table=table, currencies=currencies,
        )  # fmt: skip

    def mixed_amounts(self) -> dict[tuple[str, str], bool]:
        """Raw tables and columns whose amounts are in several currencies -> whether each row still says its own."""
        found: dict[tuple[str, str], bool] = {}
        for table in (one for one in self._workspace.tables if self._data.has(one) and self._several(one)):
            summary = self._data.summary(table)
            apart = summary is not None and summary.profile.currencies_apart and not self._ordered_in(table)
            found |= {(table, column): apart for column in self._amounts(table)}
        return found

    def held_against(self, table: str, where: str) -> Message:
        """That a condition of the question holds amounts of a table in several currencies against one number."""
        return say(
            "amounts of {table} in {currencies} are never held against one number ({where}): "
            "filter one, or give a rate in tables.toml",
            table=table, currencies=both(f"{word} ({rows:,})" for word, rows in self._several(table).items()),
            where=where,
        )  # fmt: skip

    def _own_alone(self, measure: Measure, table: str) -> str:
        """The own column a measure adds, where no column of its table that it reads is known to be an amount."""
        columns = self._added(measure)
        read = {name for of, name in self._lineage.raw_columns(measure.table, columns) if of == table}
        source, schema = self._workspace.tables[table], self._workspace.schemas[table]
        known = read & {name for part in source.parts() for name in amounts(part, schema)}
        return "" if known else next((name for name in self._own(table) if name in read), "")

    def _added(self, measure: Measure) -> tuple[str, ...]:
        """The columns whose numbers a measure adds, averages or divides, and those it holds against a number."""
        added = "" if measure.agg in _COUNTS else measure.column
        columns = guard.expression(bind(added, self._workspace.settings)).columns if added else ()
        return (*columns, *self._asked.compared(measure))

    def _tables(self, measure: Measure) -> list[str]:
        """Tables of several currencies whose amounts a measure adds or compares."""
        mixed = [table for table in self._lineage.tables_of(measure) if self._several(table)]
        if not mixed:
            return []
        made_of = self._lineage.raw_columns(measure.table, self._added(measure))
        return [table for table in mixed if any((table, column) in made_of for column in self._amounts(table))]

    def _several(self, table: str) -> dict[str, int]:
        """The currencies of a table and their rows, where there are several."""
        return next((dict(words) for _, words in self._mixed(table)), {})

    def _mixed(self, table: str) -> list[tuple[str, Mapping[str, int]]]:
        summary = self._data.summary(self._ordered_in(table) or table)
        found = summary.profile.currencies.items() if summary else ()
        return [(column, words) for column, words in found if len(words) > 1]

    def _ordered_in(self, table: str) -> str:
        """The table of orders, where rows of this one say no currency but name their order; else ""."""
        summary = self._data.summary(table) if key_of_order(self._workspace, table) else None
        return DATED_BY if summary and not summary.profile.currencies else ""

    def _amounts(self, table: str) -> list[str]:
        """Columns of a table with amounts in several currencies."""
        source, schema = self._workspace.tables[table], self._workspace.schemas[table]
        mixed = [column for column, _ in self._mixed(table)]
        found = [
            unconverted((*amounts(part, schema), *self._own(table)), column, part)
            for part in source.parts()
            for column in mixed
        ]
        return list(dict.fromkeys(name for names in found for name in names))

    def _own(self, table: str) -> tuple[str, ...]:
        """Own columns of a table of which nobody says whether they are amounts."""
        summary = self._data.summary(table)
        return summary.profile.own_fractions if summary else ()

    def _tells_apart(self, measure: Measure, tables: Sequence[str]) -> bool:
        """Whether the rows of a measure still carry the currency of the one table its amounts are of."""
        sources = self._workspace.tables
        summary = self._data.summary(tables[0])
        if len(tables) > 1 or summary is None or not summary.profile.currencies_apart or self._ordered_in(tables[0]):
            return False
        named = replace(sources[tables[0]], columns={**sources[tables[0]].columns, CURRENCY_OF_ROW: CURRENCY_OF_ROW})
        asked = Lineage(replace(self._workspace, tables={**sources, tables[0]: named}))
        return CURRENCY_OF_ROW in asked.outputs(measure.table)
