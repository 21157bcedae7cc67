"""Sentences about data for people: what is called by a name says it, and an id only where nothing else calls it."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.message import Message
from kpi_tui.definitions.text import Text
from kpi_tui.text.phrase import Word, joined


def with_names(said: Word, names: Mapping[str, Text]) -> Word:
    """A sentence with every id in it that has a name said by that name.

    What is to be written in a file (`[tables.orders]`) stays as it is written.
    """
    if not isinstance(said, Message):
        return said
    kept = {key: value for key, value in said.values.items() if f".{{{key}}}" not in said.template}
    named = {key: _named(value, names) for key, value in kept.items()}
    return said.with_values({**said.values, **named})


def _named(value: object, names: Mapping[str, Text]) -> object:
    if isinstance(value, Message):
        return with_names(value, names)
    return names.get(value, value) if isinstance(value, str) else value


def part_name(id_: str, schemas: Mapping[str, TableSchema], source: str = "") -> Word:
    """`Orders · taobao`: a table, or one of its sources (`orders.sources.taobao`); the id of one that has no name."""
    table, _dot, rest = id_.partition(".")
    source = source or rest.removeprefix("sources.")
    name = schemas[table].name if table in schemas else Text()
    return joined(name if name.en or name.zh else table, source, between=" · ")
