"""What was read from a table, in numbers (definitions.value.Profile)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from kpi_tui.definitions.message import say
from kpi_tui.definitions.table import TableSchema, TableSource
from kpi_tui.definitions.value import Profile
from kpi_tui.tables.convert import COUNT, Converted
from kpi_tui.tables.raw import Raw, merged


def profile(
    source: TableSource,
    schema: TableSchema,
    paths: Sequence[Path],
    raw: Raw,
    made: Converted,
    frame: pl.DataFrame,
    today: date,
) -> Profile:
    """rows_read = rows_kept + rejected + filtered, all in rows of the files, also where rows were grouped."""
    first, last = _span(frame, schema)
    keys = [key for key in schema.key if key in made.mapped]
    return Profile(
        table=source.id,
        files=tuple(str(path) for path in paths),
        rows_read=raw.rows_read,
        rows_kept=int(frame[COUNT].sum()),
        rejected=merged(((raw.rejected, ""), (made.rejected, ""))),
        filtered=made.filtered,
        first_day=first,
        last_day=last,
        null_keys={key: count for key in keys if (count := frame[key].null_count())},
        duplicate_keys=_duplicates(frame, keys) if len(keys) == len(schema.key) else 0,
        encoding=raw.encoding,
        missing_columns=tuple(name for name in schema.columns if name not in made.mapped),
        notes=(*raw.notes, *made.notes, *_notes(source, schema, frame, today)),
    )


def _span(frame: pl.DataFrame, schema: TableSchema) -> tuple[date | None, date | None]:
    day = f"{schema.time}_day"
    if not schema.time or day not in frame.columns:
        return None, None
    first, last = frame[day].min(), frame[day].max()
    return (first if isinstance(first, date) else None), (last if isinstance(last, date) else None)


def _duplicates(frame: pl.DataFrame, keys: Sequence[str]) -> int:
    """Rows beyond the first of their key; rows without a whole key are counted in null_keys instead."""
    if not keys:
        return 0
    known = frame.lazy().select(keys).drop_nulls()
    rows, different = (part.collect().height for part in (known, known.unique()))
    return rows - different


def _notes(source: TableSource, schema: TableSchema, frame: pl.DataFrame, today: date) -> list[str]:
    notes: list[str] = []
    if source.group_by:
        notes.append(
            say("{count} rows after grouping by {columns}", count=frame.height, columns=", ".join(source.group_by))
        )
    day = f"{schema.time}_day"
    if schema.time and day in frame.columns:
        future = frame[day].filter(frame[day] > today)
        if len(future):
            notes.append(
                say(
                    "{count} rows lie after today ({today}), the last on {last}",
                    count=len(future),
                    today=today,
                    last=future.sort()[-1],
                )
            )
    return notes
