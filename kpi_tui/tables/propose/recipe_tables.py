"""The tables that a known export fills, and what a person should confirm of them, its doubtful rows counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.recipe import RecipeTable, Told, placeholders
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import say
from kpi_tui.definitions.text import Text
from kpi_tui.tables.prepare import prepare
from kpi_tui.tables.prepared import Prepared
from kpi_tui.tables.propose.by_recipe import Recognised
from kpi_tui.tables.propose.currency import currency_of
from kpi_tui.tables.propose.sheet_totals import told_totals, without_totals

_REFUNDS = "refunds"
_SPARE = 0.9  # confidence of a table that another file may fill better
_FIELD = re.compile(r"\{(count|made|sum)(?::([^|{}]*)\|([^|{}]*))?\}")  # {count}, {count:order was|orders were}
_SUM = "{sum}"


def fills_a_table(one: Recognised, schemas: Mapping[str, TableSchema]) -> bool:
    """Whether the file has what a table of its recipe needs."""
    return any(part.id in schemas and _table(one, part, schemas) for part in one.recipe.tables.values())


def recipe_tables(one: Recognised, schemas: Mapping[str, TableSchema], timezone: str) -> list[TableProposal]:
    """The tables of the export that have all they need; what a person should confirm stands at each."""
    made = [
        table for part in one.recipe.tables.values() if part.id in schemas and (table := _table(one, part, schemas))
    ]
    words = known_words(one)
    return [_confirmed(table, one, schemas[table.table], timezone, words) for table in made]


def known_words(one: Recognised) -> dict[str, tuple[str, ...]]:
    """Of each column of words those that are known."""
    return {one.columns[name]: one.known(name) for name in one.recipe.words if name in one.columns}


def _table(one: Recognised, part: RecipeTable, schemas: Mapping[str, TableSchema]) -> TableProposal | None:
    where = one.first(part.where)
    groups = tuple(one.sql(key) for key in part.group_by)
    if (part.where and not where) or not all(groups):
        return None
    columns = one.columns_of(part.id)
    schema = schemas[part.id]
    if not columns.keys() >= ({schema.time} if schema.time else set(schema.key)):
        return None
    missing = tuple(c.name for c in schema.columns.values() if not c.nullable and c.name not in columns)
    return TableProposal(
        part.id,
        one.path,
        columns,
        tuple(name for name in one.headers if name not in one.used),
        missing,
        _SPARE if part.spare else 1.0,
        info=(say("recognised as: {name}", name=one.recipe.name), *told_totals(one.totals)),
        where=without_totals(where, one.totals),
        totals=without_totals("", one.totals),
        group_by=groups,
        options={"timezone": part.timezone} if part.timezone else {},
        distinct=part.distinct,
        latest_by=tuple(one.columns[name] for name in one.recipe.latest_by if name in one.columns),
        recipe=one.recipe.id,
        recipe_name=one.recipe.name,
        source=one.recipe.source,
        currency=currency_of(one),
        spare=part.spare,
        told_by=part.told_by,
        more=one.more,
        strange=one.strange,
        unanswered=_unanswered(one, part, schemas),
    )


def _unanswered(one: Recognised, part: RecipeTable, schemas: Mapping[str, TableSchema]) -> TableProposal | None:
    """The table without what a person said of words that the recipe does not know."""
    plain = one.unanswered
    made = _table(plain, part, schemas) if plain else None
    return replace(made, words=known_words(plain)) if plain and made else None


def _confirmed(
    table: TableProposal, one: Recognised, schema: TableSchema, timezone: str, words: Mapping[str, tuple[str, ...]]
) -> TableProposal:
    part = one.recipe.tables[table.table]
    told = [
        said
        for said in one.recipe.told
        if said.table == table.table and (not said.name or _reads(one, part, said.name))
    ]
    zone = _zone(table, timezone)
    if not told:
        return replace(table, words=words, confirm=zone)
    source = TableSource(
        table.table,
        tuple(str(path.resolve()) for path in (table.path, *table.more)),
        columns=table.columns,
        where=table.where,
        group_by=table.group_by,
        latest_by=table.latest_by,
        distinct=table.distinct,
        timezone=table.options.get("timezone", ""),
    )
    folders = tuple(path.resolve().parent for path in (table.path, *table.more))
    try:
        rows = prepare(source, schema, data=folders[0], roots=folders, timezone=timezone)
    except (TableError, OSError) as error:  # `check` says the same when the workspace is there
        return replace(table, words=words, confirm=zone, notes=(*table.notes, str(error)))
    said = {text: one_told.columns for one_told in told if (text := _said(one_told, rows, one))}
    about = {str(text): columns for text, columns in said.items() if columns}
    back = _given_back(rows) if table.table == _REFUNDS and len(one.currencies()) < 2 else None
    return replace(table, words=words, confirm=(*said, *zone), about=about, given_back=back)


def _given_back(rows: Prepared) -> float | None:
    """The sum of refunds; None where one has no amount."""
    amount = pl.col("amount")
    total, unknown = rows.frame.select(amount.sum(), amount.null_count().alias("unknown")).collect().row(0)
    return None if unknown else float(total)


def _reads(one: Recognised, part: RecipeTable, name: str) -> bool:
    """Whether a column of the table is filled by a name of the recipe, or would be if its cells were not masked."""
    for ways in part.columns.values():
        asked = [name in {asked.name for asked in placeholders(sql)} for sql in ways]
        if next((by_name for by_name, sql in zip(asked, ways, strict=True) if by_name or one.sql(sql)), False):
            return name in one.columns
    return False


def _zone(table: TableProposal, timezone: str) -> tuple[str, ...]:
    """The zone of the export, where the workspace has another: days begin elsewhere."""
    zone = table.options.get("timezone", timezone)
    if zone == timezone:
        return ()
    return (
        say(
            "times without an offset are taken for {zone}, the zone of this export, and counted as {timezone}",
            zone=zone,
            timezone=timezone,
        ),
    )


def _said(told: Told, rows: Prepared, one: Recognised) -> Text | str | None:
    """The sentence with its numbers; None where there are no such rows. Several currencies have no sum."""
    profile = rows.profile
    totals = pl.any_horizontal(False, *(pl.col(name).is_in(words) for name, words in one.totals.items()))
    left_out = profile.filtered - one.frame.filter(totals).height
    count = left_out if told.of == "left_out" else profile.rows_kept
    if not count:
        return None
    made, total = rows.frame.select(pl.len(), pl.col(told.sum).sum() if told.sum else pl.lit(0)).collect().row(0)
    numbers = {"count": count, "made": made}
    filled = {name: f"{number:,}" for name, number in numbers.items()}
    mixed = len(one.currencies()) > 1 and _SUM in told.text.en and _SUM in told.text.zh
    words = {**filled, "sum": _SUM if mixed else format(float(total or 0), ",.2f")}

    def text(said: str) -> str:
        return _FIELD.sub(lambda f: (f[2] if numbers[f[1]] == 1 else f[3]) if f[3] is not None else words[f[1]], said)

    said = Text(text(told.text.en), text(told.text.zh))
    return _of_several_currencies(said) if mixed else said


def _of_several_currencies(said: Text) -> str:
    """The sentence with words where the sum would stand."""
    before, after = zip(*(one.split(_SUM, 1) for one in (said.en, said.zh)), strict=True)
    left = say("{left}{right}", left=Text(*before), right=say("an amount of several currencies"))
    return say("{left}{right}", left=left, right=Text(*after))
