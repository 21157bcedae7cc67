"""How related tables and facts are joined to the rows of a query for its cut: by key, each once.

The keys are those the schema names (`engine/query/references.py`); of facts, those that are a `dimension`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Fact
from kpi_tui.definitions.library.table import CURRENCY_OF_ROW, Repeated
from kpi_tui.definitions.message import say
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.measure_metrics import PREFIX
from kpi_tui.engine.query.cut import PARTICIPANTS
from kpi_tui.engine.query.plan import Query
from kpi_tui.engine.query.references import references
from kpi_tui.engine.query.unknown_columns import not_supplied, several_of_a_row, unknown_column, unknown_table
from kpi_tui.sql import guard
from kpi_tui.sql.other_names import renamed
from kpi_tui.sql.quoted_text import quoted_text

Lacks = Callable[[str, str], bool]
"""Whether no file supplies a column (second) of a table or fact (first)."""


class ColumnLacking(Exception):
    """No file supplies a column that the question needs; the message says which, and where it was looked for."""


class SeveralOfARow(ColumnLacking):
    """The column is there, but a row of the asked table may have several values of it."""


@dataclass
class Joins:
    """What a query reads its rows from, and what was found to be a column of another table."""

    query: Query
    workspace: Workspace
    lineage: Lineage
    lacks: Lacks
    source: list[str]
    told: dict[str, str] = field(default_factory=dict)  # column -> whose it is, where no note says so

    def condition(self, where: str) -> str:
        """The condition of the question, its columns found as `reach` does; it is said whose they are."""
        self.told.clear()
        text = self.reach(where, guard.predicate(where).written)
        self.query.asked_of = tuple(self.told.values())
        return text

    def reach(self, text: str, columns: Sequence[str]) -> str:
        """`text` with its columns found in the table itself or, by key, in a related table (joined once).

        `columns` are as written. `users.channel_id` is that of `users` and of no other; of `channel_id` alone the
        table's own goes before that of a related table, which is said. ColumnLacking when no file supplies one;
        UsageError when nobody has it.
        """
        by_table: dict[str, list[str]] = defaultdict(list)
        for written in columns:
            table, _dot, column = written.rpartition(".")
            by_table[table].append(column)
        names: dict[str, str] = {}
        for table, wanted in by_table.items():
            found = self._of_table(table, wanted) if table else self._of_any(wanted)
            names |= {f"{table}.{column}" if table else column: name for column, name in found.items()}
        self.query.joined |= {name: written for written, name in names.items()}
        own = {written.rpartition(".")[2] for written in columns if self._is_own(names.get(written, written))}
        self.query.cut_by |= own
        self.query.cut_on |= {(self.query.table, column) for column in own}
        return renamed(text, names) if names else text

    def _is_own(self, name: str) -> bool:
        """Whether a name in the SQL is a column of the table itself."""
        return name.rpartition(".")[0] in ("", "t", self.query.table)

    def _of_any(self, columns: Sequence[str]) -> dict[str, str]:
        """Other names of columns whose table is not written: of those that the table itself does not supply."""
        own = self.lineage.outputs(self.query.table)
        wanted = tuple(column for column in columns if column not in own or self.lacks(self.query.table, column))
        if not wanted:
            return {}
        ways = [way for way in self._ways() if way[1] in self.workspace.tables and self._supplies(way[1], wanted)]
        if ways:
            (key, other, target), *more = ways
            self._say_whose(wanted, own, other, key)
            self._say_others(wanted, other, key, more)
            return self._joined(wanted, other, (target,), (key,), f"by_{key}")
        for fact in self.workspace.facts.values():
            if self._is_dimension(fact, own) and self._supplies(fact.id, wanted):
                self._tell(wanted, fact.id, " and ".join(key for key in fact.key if key != "period"))
                return self._joined(wanted, fact.id, fact.key, fact.key, f"by_{fact.id}")
        if len(wanted) > 1:  # no table has all of them: each from where it is
            return {name: new for column in wanted for name, new in self._of_any((column,)).items()}
        raise self._nowhere(wanted)

    def _of_table(self, table: str, columns: Sequence[str]) -> dict[str, str]:
        """Names of columns whose table is written: its own, those it passes on, or those a key leads to."""
        own = self.query.table
        names = {column: f"t.{column}" for column in columns if self.lineage.passes_on(own, table, column)}
        wanted = [column for column in columns if column not in names]
        ways = [way for way in self._ways() if way[1] == table]
        fact = self.workspace.facts.get(table)
        if fact and not self._is_dimension(fact, self.lineage.outputs(own)):
            fact = None
        if wanted and table != own and not (ways or fact):
            if holders := self._of_which_several(wanted, table):
                raise self._several(wanted, holders[0])
            raise unknown_table(own, table, columns, [own, *(other for _, other, _ in self._ways())])
        theirs = self.lineage.outputs(table) if ways or fact or table == own else frozenset(names)
        if unknown := [column for column in wanted if column not in theirs]:
            raise unknown_column(table, unknown, theirs)
        where = {**dict.fromkeys(names, own), **dict.fromkeys(wanted, table)}
        if lacking := [column for column, owner in where.items() if self._is_lacking(owner, column)]:
            raise ColumnLacking(not_supplied(lacking, table))
        if not wanted:
            return names
        self.query.whose |= {f"{table}.{column}": f"{table}.{column}" for column in wanted}
        if ways:
            key, _, target = ways[0]
            return names | self._joined(wanted, table, (target,), (key,), f"by_{key}")
        assert fact is not None
        return names | self._joined(wanted, table, fact.key, fact.key, f"by_{table}")

    def _ways(self) -> list[tuple[str, str, str]]:
        """(key, table it leads to, column there) of the table's own keys, in the order of the schema."""
        own = self.lineage.outputs(self.query.table)
        named = references(self.query.table, self.workspace).items()
        return [(key, other, target) for key, (other, target) in named if key in own and other != self.query.table]

    def _is_lacking(self, table: str, column: str) -> bool:
        return (table not in self.workspace.facts and table not in self.workspace.tables) or self.lacks(table, column)

    def of_campaign(self) -> str:
        """Rows of the campaign's participants; of a table that knows no users, rows noted for the campaign."""
        name = quoted_text(self.query.cut.campaign)
        known = f"p.campaign_id = {name} AND p.user_id IS NOT NULL"
        people = f"user_id IN (SELECT p.user_id FROM {PARTICIPANTS} AS p WHERE {known})"
        for column, text in (("user_id", people), ("campaign_id", f"campaign_id = {name}")):
            try:
                found = self.reach(text, (column,))
            except (UsageError, ColumnLacking):
                continue
            holders = (table for table, name in sorted(self.query.cut_on) if name == column)
            self.query.campaign_in = PARTICIPANTS if text is people else next(holders, self.query.table)
            self.query.cut_on |= {(PARTICIPANTS, column), (PARTICIPANTS, "campaign_id")} if text is people else set()
            return found
        table = self.query.table
        raise UsageError(
            say("{table} knows neither users nor campaigns, so it cannot be restricted to a campaign", table=table)
        )

    def currency_of(self, table: str) -> str:
        """What tells the currencies of a joined table apart, as the SQL names it."""
        key, _, target = next(way for way in self._ways() if way[1] == table)
        return self._joined([CURRENCY_OF_ROW], table, (target,), (key,), f"by_{key}")[CURRENCY_OF_ROW]

    def _supplies(self, other: str, wanted: Sequence[str]) -> bool:
        theirs = self.lineage.outputs(other)
        return all(column in theirs and not self.lacks(other, column) for column in wanted)

    def _is_dimension(self, fact: Fact, own: frozenset[str]) -> bool:
        """A fact breaks down what has its key; one per period only facts per period, in their own period."""
        keyed = bool(fact.key) and set(fact.key) <= own and ("period" not in fact.key or self.query.window == "own")
        supplied = set(self.lineage.raw_tables(fact.id)) <= set(self.workspace.tables)
        return fact.dimension and keyed and supplied and self.query.table != fact.id

    def _joined(
        self, wanted: Sequence[str], other: str, targets: Sequence[str], keys: Sequence[str], alias: str
    ) -> dict[str, str]:
        """The names of columns in a join by whole keys, one row for each: no row of the query comes twice."""
        self.query.reached.add(other)
        self.query.cut_by |= {*keys}
        self.query.cut_on |= {(self.query.table, key) for key in keys}
        self.query.cut_on |= {(other, column) for column in (*targets, *wanted)}
        theirs = [f"{target} AS {alias}_{key}_key" for target, key in zip(targets, keys, strict=True)]
        unique = self._is_unique(other)
        values = [f"{column if unique else f'MIN({column})'} AS {alias}_{column}" for column in wanted]
        rows = f"SELECT {', '.join([*theirs, *values])} FROM {other}"
        rows += "" if unique else f" GROUP BY {', '.join(targets)}"
        match = " AND ".join(f"t.{key} = {alias}.{alias}_{key}_key" for key in keys)
        line = f"LEFT JOIN ({rows}) AS {alias} ON {match}"
        if line not in self.source:
            if any(f") AS {alias} ON" in one for one in self.source):  # joined for other columns already
                return self._joined(wanted, other, targets, keys, f"{alias}_too")
            self.source.append(line)
        return {column: f"{alias}.{alias}_{column}" for column in wanted}

    def _is_unique(self, other: str) -> bool:
        """Whether the schema leaves one row of each key."""
        schema = self.workspace.schemas.get(other)
        return schema is not None and schema.repeated in (Repeated.FIRST, Repeated.LAST)

    def _tell(self, wanted: Sequence[str], other: str, key: str) -> None:
        for name in wanted:
            owner = f"{other}.{name}"
            self.told[name] = say("{column} is {owner}, reached by {key}", column=name, owner=owner, key=key)

    def _say_whose(self, wanted: Sequence[str], own: frozenset[str], other: str, key: str) -> None:
        self._tell(wanted, other, key)
        for column in wanted:
            self.query.whose[column] = f"{other}.{column}"
            if column in own:  # the table has such a column, but no file fills it
                self.told.pop(column)
                owner, own_column = f"{other}.{column}", f"{self.query.table}.{column}"
                said = say(
                    "{column} is {owner}, reached by {key}: no file supplies {others}",
                    column=column, owner=owner, key=key, others=own_column,
                )  # fmt: skip
                self.query.notes = tuple(dict.fromkeys((*self.query.notes, said)))

    def _say_others(self, wanted: Sequence[str], other: str, key: str, more: Sequence[tuple[str, str, str]]) -> None:
        """Two ways to a column may lead to two values: the first in the schema's order is taken, the next one named."""
        for column in wanted:
            for another, theirs in ((way, table) for way, table, _ in more[:1] if table != other):
                self.told.pop(column, None)
                taken, next_one = f"{other}.{column}", f"{theirs}.{column}"
                said = say(
                    "{column} is {owner}, reached by {key}; {others}, by {another}, is another",
                    column=column, owner=taken, key=key, others=next_one, another=another,
                )  # fmt: skip
                self.query.notes = tuple(dict.fromkeys((*self.query.notes, said)))

    def _table_behind(self, wanted: Sequence[str]) -> str:
        """The first raw table that a dimension with these columns wants and the workspace has not, or ""."""
        facts = [one for one in self.workspace.facts.values() if one.dimension]
        theirs = (one for one in facts if set(wanted) <= self.lineage.outputs(one.id))
        raw = (table for one in theirs for table in self.lineage.raw_tables(one.id))
        return next((table for table in raw if table not in self.workspace.tables), "")

    def _nowhere(self, wanted: Sequence[str]) -> Exception:
        schemas = self.workspace.schemas
        known = [schema.id for schema in schemas.values() if all(column in schema.columns for column in wanted)]
        table, columns = self.query.table, ", ".join(wanted)
        related = {other for other, _ in references(table, self.workspace).values()}
        own = self.lineage.outputs(table)
        is_own = own.issuperset(wanted)
        if not is_own and (holders := self._of_which_several(wanted)):
            return self._several(wanted, holders[0])
        if is_own or related & set(known):
            return ColumnLacking(not_supplied(wanted, table))
        if lack := self._table_behind(wanted):
            return ColumnLacking(say("{columns} rests on the table {table}", columns=columns, table=lack))
        facts = (one for one in self.workspace.facts.values() if self._is_dimension(one, own))
        if fact := next((one.id for one in facts if set(wanted) <= self.lineage.outputs(one.id)), ""):
            return ColumnLacking(
                say("no file supplies what {fact} needs to tell {columns}", fact=fact, columns=columns)
            )
        reached = [f"{other}.{column}" for _, other, _ in self._ways() for column in self.lineage.outputs(other)]
        return unknown_column(table, wanted, [*sorted(own), *sorted(reached)])

    def _of_which_several(self, wanted: Sequence[str], table: str = "") -> list[str]:
        """Tables whose rows name one of the asked table, so that it may have several, and say these columns or lead to
        them; `table`: whose the columns are, where it is written."""
        raw = self.lineage.raw_tables(self.query.table)
        found = []
        for schema in (one for one in self.workspace.schemas.values() if one.id not in raw):
            leads = {column.references.partition(".")[0] for column in schema.columns.values()}
            holders = [one for one in (schema.id, *leads) if one in self.workspace.tables and table in ("", one)]
            if leads & {*raw} and any(self._supplies(one, wanted) for one in holders if one not in raw):
                found.append(schema.id)
        return found

    def _several(self, wanted: Sequence[str], holder: str) -> SeveralOfARow:
        """That a row of the table may have several values of a column, with the metrics that can be cut by it."""
        space = self.workspace
        counted = ((one.id, space.measures.get(one.formula)) for one in space.metrics.values())
        metrics = [
            id_
            for id_, measure in counted
            if measure and not measure.where and measure.agg in (Aggregation.COUNT, Aggregation.SUM)
            if not id_.startswith(PREFIX) and holder in self.lineage.raw_tables(measure.table)
            if self._leads_to(measure.table, wanted)
        ]
        return SeveralOfARow(several_of_a_row(self.query.table, wanted, holder, metrics))

    def _leads_to(self, table: str, wanted: Sequence[str]) -> bool:
        """Whether the rows of a table say some columns, or a key of theirs leads to a table that does."""
        own = self.lineage.outputs(table)
        others = (other for key, (other, _) in references(table, self.workspace).items() if key in own)
        return set(wanted) <= own or any(self._supplies(one, wanted) for one in others if one in self.workspace.tables)
