"""Sentences about data for people: what is called by a name says it, and an id only where nothing else calls it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import overload

from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.message import Message
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined

NAMED = frozenset(("table", "measure", "metric", "other", "list"))
"""What ids of the library are called in the sentences of an answer."""


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
    if not isinstance(said, Message):
        return said
    kept = {key: value for key, value in said.values.items() if not _is_written(key, said.template)}
    named = {key: _named(key, value, names, keys) for key, value in kept.items()}
    return said.with_values({**said.values, **named})


def in_names(said: str, space: Workspace) -> Word:
    """A sentence of the core about numbers, with names instead of the ids of what it is about."""
    return with_names(said, names_of(space), NAMED)


def _is_written(key: str, template: str) -> bool:
    return f".{{{key}}}" in template or f"{{{key}}} = " in template


def _named(key: str, value: object, names: Mapping[str, Text], keys: Collection[str]) -> object:
    if isinstance(value, Message):
        return with_names(value, names, keys)
    if not isinstance(value, str) or (keys and key not in keys):
        return value
    table, _sources, source = value.partition(".sources.")
    if source and table in names:
        return Text(*(f"{names[table].get(language)} · {source}" for language in ("en", "zh")))
    return names.get(value, value)


def part_name(id_: str, schemas: Mapping[str, TableSchema], source: str = "") -> Word:
    """`Orders · taobao`: a table, or one of its sources (`orders.sources.taobao`); the id of one that has no name."""
    table, _dot, rest = id_.partition(".")
    source = source or rest.removeprefix("sources.")
    name = schemas[table].name if table in schemas else Text()
    return joined(name if name.en or name.zh else table, source, between=" · ")
