"""Rows of one product, user … with other values, of which one counts: a price list with its past, a person twice."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import Repeated, TableSchema, TableSource
from kpi_tui.definitions.message import listed, say, says


def versions(
    count: int, columns: Sequence[str], example: str, source: TableSource, schema: TableSchema
) -> list[FileDoubt]:
    """A doubt about the columns in which the rows differ; none where they do in none that is mapped."""
    if not count or not columns:
        return []
    shown, key = listed(columns), listed(schema.key)
    latest = says(
        "{count:,} row repeats {key} with another {columns} ({example}): the latest row counts",
        "{count:,} rows repeat {key} with another {columns} (e.g. {example}): the latest row counts",
        count,
        key=key,
        columns=shown,
        example=example,
    )
    earliest = says(
        "{count:,} row repeats {key} with another {columns} ({example}): the earliest row counts",
        "{count:,} rows repeat {key} with another {columns} (e.g. {example}): the earliest row counts",
        count,
        key=key,
        columns=shown,
        example=example,
    )
    write = say("leave out those that are not meant: [tables.{table}] where", table=source.id)
    said = earliest if schema.repeated is Repeated.FIRST else latest
    return [FileDoubt("versions", said, write, columns=tuple(columns))]
