"""Words that the `where` of a table asks a column of the file for, and no row has: why it keeps nothing."""

from __future__ import annotations

from kpi_tui.definitions.answers.conditions import UnheardWord
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import Message
from kpi_tui.sql import guard
from kpi_tui.sql.compared_words import compared
from kpi_tui.tables.source.raw_rows import Raw
from kpi_tui.tables.source.text_cells import tidy, to_text

MOST_WORDS = 500
"""A column of more distinct texts holds no vocabulary."""


def unheard_in_filter(raw: Raw, source: TableSource) -> tuple[Message, ...]:
    """The words with the nearest there is; of a list of words none is there. Asked where the filter keeps no row."""
    found = []
    for column, words in compared(guard.predicate(source.where).tree):
        if column.name not in raw.columns:
            continue
        heard = tidy(to_text(raw.frame[column.name])).drop_nulls().unique().sort()
        if len(heard) <= MOST_WORDS and not {word.strip() for word in words} & {*heard}:
            found += [UnheardWord(source.id, column.name, word, tuple(heard), ()) for word in words]
    return tuple(dict.fromkeys(word.with_nearest() for word in found))
