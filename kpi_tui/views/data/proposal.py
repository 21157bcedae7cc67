"""The mapping that `init` proposes: which file fills which canonical table, column by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from kpi_tui.definitions.answers.proposal import CURRENCY_GUESSED, Proposal, TableProposal, currency_of_most
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.message import Message, listed
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.written.file_names import names_beside
from kpi_tui.text.i18n import in_both
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.cells import Cell, text
from kpi_tui.views.named_ids import with_names
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Sheet, View, sheet

_NAMED = frozenset(("table", "schema", "name", "other"))
"""Fields of what is asked that hold ids of tables and columns."""


def proposal(found: Proposal, written: Sequence[Path] = ()) -> View:
    """One sheet per table, then what was left out, then the files written (none: only proposed)."""
    times = Counter(table.table for table in found.tables)
    names = names_beside(path for table in found.tables for path in (table.path, *table.more))
    sheets = [
        _table(table, table.source if times[table.table] > 1 else "", names[table.path]) for table in found.tables
    ]
    sheets += [_table(found.rates, "", found.rates.path.name)] if found.rates else []
    if found.skipped:
        rows = [[text(str(path)), text(why)] for path, why in found.skipped]
        sheets.append(sheet([Column("file"), Column("why")], rows, phrase("Left out")))
    if notes := (*found.notes, *found.asked):
        sheets.append(sheet([Column("note")], [], notes=notes))
    if written:
        sheets.append(sheet([Column("file")], [[text(str(path))] for path in written], phrase("Written")))
    return View(sheets=tuple(sheets), data=_data(found, written))


def with_questions(found: Proposal, schemas: Mapping[str, TableSchema] = MappingProxyType({})) -> Proposal:
    """The proposal whose notes a workspace keeps in both languages until a person has agreed: `check` repeats them.

    In Chinese they say the names of tables and columns.
    """
    asked = tuple(map(in_both, _of_currency(found)))
    zone = found.zone_asked if isinstance(found.zone_asked, Text) else in_both(found.zone_asked)
    tables = tuple(_asking(table, schemas) for table in found.tables)
    return replace(found, tables=tables, confirm=asked, zone_asked=zone if found.zone_asked else "")


def _of_currency(found: Proposal) -> Iterator[Message]:
    """What was assumed of the workspace's currency."""
    if found.currencies:
        yield currency_of_most(found.currencies, found.currency)
    elif not found.currency and not any(table.currency for table in found.tables):
        yield CURRENCY_GUESSED


def _asking(table: TableProposal, schemas: Mapping[str, TableSchema]) -> TableProposal:
    columns = schemas[table.table].columns.values() if table.table in schemas else ()
    names = {one.name: one.said for one in columns} | {id_: one.name for id_, one in schemas.items()}

    def both(one: Text | str) -> Text:
        return one if isinstance(one, Text) else Text(str(one), in_both(with_names(one, names, _NAMED)).zh)

    return replace(table, confirm=tuple(both(one) for one in (*table.confirm, *dict.fromkeys(table.notes))), notes=())


def _table(table: TableProposal, source: str, file: str) -> Sheet:
    """Canonical column and the expression that fills it; columns of the same name are taken as they are."""
    rows: list[list[Cell]] = [[text(name), text(name)] for name in table.same if name not in table.columns]
    rows += [[text(name), text(sql)] for name, sql in table.columns.items()]
    rows += [[text(name), text(phrase("not found: please add"), "weak")] for name in table.missing]
    name = f"{table.table}.{source}" if source else table.table
    file += f" + {len(table.more)}" if table.more else ""
    share = Quantity(table.confidence, "percent")
    title = phrase("{table} from {file} ({share} recognised)", table=name, file=file, share=share)
    if table.by_hand:
        title = phrase("{table} from {file}", table=name, file=file)
    columns = [Column("column", phrase("Column")), Column("sql", phrase("Taken from"))]
    return sheet(columns, rows, title, [*_conditions(table), *table.how_read, *table.notes, *table.confirm])


def _conditions(table: TableProposal) -> list[Word]:
    said: list[Word] = [phrase("Rows kept: {where}", where=table.where)] if table.where else []
    if table.group_by:
        said.append(phrase("One row per {columns}", columns=listed(table.group_by)))
    if table.unmapped:
        said.append(phrase("Not used: {columns}", columns=listed(table.unmapped)))
    return said


# --- data --------------------------------------------------------------------------------------------
def _data(found: Proposal, written: Sequence[Path]) -> Record:
    return {
        "written": [str(path) for path in written],
        "tables": [_table_data(table) for table in found.tables],
        "skipped": [{"file": str(path), "why": why} for path, why in found.skipped],
        **({"rates": _table_data(found.rates)} if found.rates else {}),
        **record(found, "timezone"),
        "notes": [*found.notes, *map(str, found.asked)],
    }


def _table_data(table: TableProposal) -> Record:
    joins = {name: {"file": str(join.path), **record(join, "on", "columns")} for name, join in table.joins.items()}
    return {
        **record(table, "table", "source"),
        "file": str(table.path),
        "more_files": [str(path) for path in table.more],
        **record(table, "columns", "same", "where", "group_by", "options", "currency"),
        "joins": joins,
        **record(table, "unmapped", "missing", "confidence"),
        "notes": [*table.how_read, *table.notes, *map(str, table.confirm)],
    }
