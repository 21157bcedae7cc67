"""What `init` assumed and nobody has confirmed: the sentences, and the values that rest on what each is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpi_tui.definitions.library.table import ColumnType, TableSchema, TableSource
from kpi_tui.definitions.message import Message, say

_ABOUT = re.compile(
    r'no column was found for (\w+):|(\w+) is taken to be |write (\w+) = "|--column \'\w+\.(\w+)=|define set (\w+) '
)
"""The column that a sentence of `init` is about, as `confirm` has it in English; the first one is what was assumed."""
_CURRENCY, _EVENTS, _NAMES = "currency", "events get the names", "buyers are told apart by"


def unconfirmed(source: TableSource, schema: TableSchema, columns: frozenset[tuple[str, str]]) -> Iterator[Message]:
    """The sentences of a table that concern a value which rests on these columns (raw table, column)."""
    rests = {name for table, name in columns if table == schema.id}
    for part in source.parts():
        for text, of in part.confirm.items():
            about = {*of} or _about(text.en, schema)
            if not about or about & rests:
                yield say("{table}: not confirmed yet: {text}", table=part.id, text=text)


def _about(text: str, schema: TableSchema) -> set[str]:
    """Columns that a sentence is about; none where it concerns every row: keys, zones, rows that are left out."""
    found = _ABOUT.search(text)
    name = next(filter(None, found.groups()), "") if found else ""
    if name == _CURRENCY and name not in schema.columns:
        return {one.name for one in schema.columns.values() if one.type is ColumnType.FLOAT and one.money}
    if text.startswith(_EVENTS):
        name = "event"
    elif text.startswith(_NAMES):
        name = "user_id"
    return {name} if name in schema.columns and name not in schema.key else set()
