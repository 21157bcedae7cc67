"""Sentences about data for people: what is called by a name says it, and an id only where nothing else calls it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import overload

from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.message import Message
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined
from kpi_tui.views.names import column_name

NAMED = frozenset(("table", "measure", "measures", "metric", "other", "fact", "list"))
"""Fields of the sentences of an answer that hold ids of the library."""
_COLUMNS = frozenset(("column", "columns", "key", "another"))
_OWNERS = frozenset(("owner", "others"))
"""`orders.channel_id`: a column with its table."""
_PARTS = frozenset(("left", "right"))
"""Fields of a list: what they hold is what the list stands for."""
Called = Callable[[str, str], object]
"""What the text of a field is called; the text itself where nothing else calls it."""


def names_of(space: Workspace) -> dict[str, Text]:
    """The names of metrics, tables and facts, and what measures count, by id; of one id the table's before all."""
    found = {id_: measure.about for id_, measure in space.measures.items()}
    found |= {id_: metric.name for id_, metric in space.metrics.items()}
    found |= {id_: fact.name for id_, fact in space.facts.items()}
    found |= {id_: schema.name for id_, schema in space.schemas.items()}
    return {id_: name for id_, name in found.items() if name.en or name.zh}


@overload
def with_names(said: str, names: Mapping[str, Text], keys: Collection[str] = ()) -> str: ...
@overload
def with_names(said: Word, names: Mapping[str, Text], keys: Collection[str] = ()) -> Word: ...
def with_names(said: Word, names: Mapping[str, Text], keys: Collection[str] = ()) -> Word:
    """A sentence with every id in it that has a name said by that name; with `keys` only what stands in those fields.

    What is to be written in a file (`[tables.orders]`, `paid_amount = …`) stays as it is written, with all that is said
    of it.
    """
    return _told(said, lambda key, value: _named(value, names) if not keys or key in keys else value)


def in_names(said: Word, space: Workspace) -> Word:
    """A sentence of the core about numbers, with names instead of the ids of what it is about."""
    return _told(said, partial(_called, space))


def owned_column(space: Workspace, id_: str) -> Text:
    """`Customers · Channel`: what a column is called, with its table where the id names that."""
    table, _dot, column = id_.rpartition(".")
    name = column_name(space, column)
    return _beside(_of_library(space, table), name) if table else name


def _told(said: Word, called: Called, of: str = "") -> Word:
    """`of`: the field that a list stands in."""
    if not isinstance(said, Message):
        return said
    kept = {key: value for key, value in said.values.items() if not _is_written(key, said.template)}
    return said.with_values({**said.values, **{key: _field(key, value, called, of) for key, value in kept.items()}})


def _field(key: str, value: object, called: Called, of: str) -> object:
    field = of if of and key in _PARTS else key
    if isinstance(value, Message):
        return _told(value, called, field)
    return called(field, value) if isinstance(value, str) else value


def _is_written(key: str, template: str) -> bool:
    return f".{{{key}}}" in template or f"{{{key}}} = " in template


def _called(space: Workspace, field: str, value: str) -> object:
    if field in _COLUMNS:
        return column_name(space, value)
    if field in _OWNERS:
        return owned_column(space, value)
    return _of_library(space, value) if field in NAMED else value


def _of_library(space: Workspace, id_: str) -> Text:
    """The name of a table, a fact, a metric, or what a measure counts; of one id the table's before all."""
    table, _sources, source = id_.partition(".sources.")
    if source and table in space.schemas:
        return _of_source(space.schemas[table].name, source)
    found = [one[id_].name for one in (space.schemas, space.facts, space.metrics) if id_ in one]
    found += [space.measures[id_].about] if id_ in space.measures else []
    return next((name for name in found if name.en or name.zh), Text(id_))


def _named(value: str, names: Mapping[str, Text]) -> object:
    table, _sources, source = value.partition(".sources.")
    return _of_source(names[table], source) if source and table in names else names.get(value, value)


def _of_source(table: Text, source: str) -> Text:
    return _beside(table, Text(source))


def _beside(one: Text, other: Text) -> Text:
    return Text(*(f"{one.get(language)} · {other.get(language)}" for language in ("en", "zh")))


def part_name(id_: str, schemas: Mapping[str, TableSchema], source: str = "") -> Word:
    """`Orders · taobao`: a table, or one of its sources (`orders.sources.taobao`); the id of one that has no name."""
    table, _dot, rest = id_.partition(".")
    source = source or rest.removeprefix("sources.")
    name = schemas[table].name if table in schemas else Text()
    return joined(name if name.en or name.zh else table, source, between=" · ")
