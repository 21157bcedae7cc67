"""recipes/*.toml: exports that `kpi-tui init` recognises."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.library.recipe import KINDS, TOLD_BY, Recipe, RecipeTable, Told, placeholders
from kpi_tui.definitions.message import say
from kpi_tui.workspace.parse.collected import collect
from kpi_tui.workspace.parse.layer import toml_files
from kpi_tui.workspace.toml.fields import Fields


def read_recipes(folder: Path, issues: list[Issue], prefix: str = "recipes/") -> dict[str, Recipe]:
    """Every recipe of a folder; spoilt ones are left out and stand in `issues`."""
    return collect(toml_files(folder, prefix, ("recipes",), issues), "recipes", read_recipe, issues).items


def read_recipe(key: str, fields: Fields) -> Recipe:
    """One `[recipes.id]`."""
    recipe = Recipe(
        id=key,
        name=fields.text("name", required=True),
        source=fields.string("source", required=True),
        names=_lists(fields, "names"),
        needs=fields.strings("needs", required=True),
        without=fields.strings("without"),
        words=_words(fields),
        empty=fields.strings("empty"),
        currency=fields.string("currency"),
        tables=_tables(fields, _parts(fields)),
        told=_all_told(fields),
        latest_by=fields.strings("latest_by"),
        no_table=fields.text("no_table") if "no_table" in fields.data else None,
        place=fields.place,
    )
    _check(recipe, fields)
    return recipe


def _lists(fields: Fields, key: str) -> dict[str, tuple[str, ...]]:
    table = fields.table(key)
    found = {} if table is None else {name: table.strings(name) for name in table.data}
    fields.join(table)
    return found


def _words(fields: Fields) -> dict[str, dict[str, tuple[str, ...]]]:
    table = fields.table("words")
    found = {} if table is None else {name: _lists(table, name) for name in table.data}
    fields.join(table)
    return found


def _parts(fields: Fields) -> dict[str, str]:
    """`[parts]`: SQL that several tables and columns say, written once; a part may hold those above it."""
    found: dict[str, str] = {}
    for name, sql in fields.string_map("parts").items():
        found[name] = f"({_with_parts(sql, found)})"
    return found


def _with_parts(sql: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        sql = sql.replace(f"{{{name}}}", part)
    return sql


def _tables(fields: Fields, parts: Mapping[str, str]) -> dict[str, RecipeTable]:
    table = fields.table("tables")
    if table is None:
        return {}
    inner = {name: table.table(name) for name in table.data}
    found = {name: _table(name, one, parts) for name, one in inner.items() if one is not None}
    table.join(*inner.values())
    fields.join(table)
    return found


def _table(name: str, fields: Fields, parts: Mapping[str, str]) -> RecipeTable:
    columns = {column: [_with_parts(sql, parts) for sql in ways] for column, ways in _lists(fields, "columns").items()}
    return RecipeTable(
        id=name,
        columns={column: tuple(ways) for column, ways in columns.items()},
        where=tuple(_with_parts(sql, parts) for sql in fields.strings("where")),
        group_by=fields.strings("group_by"),
        distinct=fields.boolean("distinct"),
        timezone=fields.string("timezone"),
        spare=fields.boolean("spare"),
        told_by=fields.choice("told_by", TOLD_BY) or TOLD_BY[0],
        place=fields.place,
    )


def _told(fields: Fields) -> Told:
    return Told(
        fields.string("table", required=True),
        fields.text("text", required=True),
        fields.choice("of", ("kept", "left_out")),
        fields.string("sum"),
        fields.string("name"),
        fields.strings("columns"),
    )


def _all_told(fields: Fields) -> tuple[Told, ...]:
    inner = fields.tables("told")
    found = tuple(_told(one) for one in inner)
    fields.join(*inner)
    return found


def _check(recipe: Recipe, fields: Fields) -> None:
    """Every placeholder is a name or a group of words of this recipe, every name that is needed has header words."""
    groups = {group for words in recipe.words.values() for group in words}
    known = recipe.names.keys() | groups
    sqls = [sql for table in recipe.tables.values() for sql in table.sqls()]
    sqls.append(recipe.currency)
    for one in (found for sql in sqls for found in placeholders(sql)):
        if one.name not in known or one.kind not in KINDS:
            fields.problem("tables", say("{name!r} is no name or group of words of this recipe", name=one.name))
    for name in sorted(groups & recipe.names.keys()):
        fields.problem("words", say("{name!r} is a name and a group of words of this recipe", name=name))
    for told in recipe.told:
        if told.table not in recipe.tables:
            fields.problem("told", say("{name!r} is no table of this recipe", name=told.table))
            continue
        for name in (one for one in told.columns if one not in recipe.tables[told.table].columns):
            fields.problem("told", say("{table} of this recipe fills no column {name!r}", table=told.table, name=name))
    filling = [one.name for one in recipe.told if one.name]
    for name in (*recipe.needs, *recipe.words, *recipe.latest_by, *filling):
        if name not in recipe.names:
            fields.problem("needs", say("{name!r} has no header words under `names`", name=name))
