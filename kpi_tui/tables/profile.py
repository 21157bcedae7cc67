"""What was read from a table, in numbers (definitions.value.Profile)."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt, Profile, Rejected
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import Message, listed, says
from kpi_tui.tables.convert import COUNT, Converted
from kpi_tui.tables.currencies.disagreeing import disagreeing
from kpi_tui.tables.currencies.mixed_groups import in_several, mixed_groups
from kpi_tui.tables.currencies.unnamed import unnamed
from kpi_tui.tables.doubts.amounts_in_cents import amounts_in_cents
from kpi_tui.tables.doubts.columns_apart import in_some_files, lacks
from kpi_tui.tables.doubts.doubtful_files import currencies, kept_texts, unknown_words
from kpi_tui.tables.doubts.filter_words import unheard_in_filter
from kpi_tui.tables.doubts.footers import footers
from kpi_tui.tables.doubts.joins_apart import joins_apart
from kpi_tui.tables.doubts.orders_called_test import notes_on_test_orders
from kpi_tui.tables.doubts.rows_of_sums import rows_of_sums
from kpi_tui.tables.source.raw_rows import FILE, Raw, merged

_OF_A_PART = ("count", "last", "said", "example", "plain", "low", "high")
# what differs between notes that say the same; `said` names the first row, `example` a cell of it


def profile(
    source: TableSource,
    schema: TableSchema,
    paths: Sequence[Path],
    raw: Raw,
    made: Converted,
    frame: pl.DataFrame,
    today: date,
) -> Profile:
    """rows_read = rows_kept + rejected + filtered + repeated, all in rows of the files, also where rows were grouped.

    Rows whose key stands twice are looked at apart (`repeated_keys`): they may lie in another part of the table.
    """
    first, last = _span(frame, schema)
    keys, names = [key for key in schema.key if key in made.mapped], [path.name for path in paths]
    words = currencies(raw, made, source, schema)
    one_currency = all(len(counts) < 2 for counts in words.values())
    return Profile(
        table=source.id,
        files=tuple(str(path) for path in paths),
        rows_read=raw.rows_read,
        rows_kept=int(frame[COUNT].sum()),
        rejected=by_count([raw.rejected, made.rejected]),
        filtered=made.filtered,
        repeated=made.repeated,
        first_day=first,
        last_day=last,
        null_keys={key: count for key in keys if (count := frame[key].null_count())},
        encoding=raw.encoding,
        missing_columns=tuple(name for name in schema.columns if name not in made.mapped),
        notes=(
            *(lacks(file, columns) for file, columns in raw.absent),
            *raw.notes,
            *made.notes,
            *notes_on_test_orders(raw, made),
            *_notes(source, schema, frame, today),
        ),
        doubts=tuple(_doubts(source, schema, names, raw, made, one_currency=one_currency)),
        unheard=unheard_in_filter(raw, source) if source.where and made.filtered == raw.rows_read > 0 else (),
        currencies=words,
        currencies_apart=not mixed_groups(made.frame),
    )


def _doubts(
    source: TableSource,
    schema: TableSchema,
    files: Sequence[str],
    raw: Raw,
    made: Converted,
    *,
    one_currency: bool,
) -> Iterator[FileDoubt]:
    """What is asked about, in the order in which it is told."""
    texts = partial(kept_texts, raw, made)
    yield from unknown_words(raw, source)
    yield from joins_apart(raw, source)
    yield from in_some_files(raw, source, schema)
    yield from made.damaged
    yield from made.totals
    summed = footers(made, source, schema, files)
    yield from summed
    yield from rows_of_sums(made, source, schema, files, footers=bool(summed))
    if one_currency:
        yield from amounts_in_cents(made.frame, FILE, dict(enumerate(files)), source, schema)
    yield from in_several(made.frame, raw.columns, made.mapped, source, schema)
    yield from disagreeing(texts, raw.columns, made.mapped, source, schema)
    yield from unnamed(raw.frame, texts, made.mapped, source, schema)


def by_count(parts: Sequence[Sequence[Rejected]]) -> tuple[Rejected, ...]:
    """Rejections by reason, the most frequent first."""
    return tuple(sorted(merged((part, "") for part in parts), key=lambda rejected: -rejected.count))


def _span(frame: pl.DataFrame, schema: TableSchema) -> tuple[date | None, date | None]:
    day = f"{schema.time}_day"
    if not schema.time or day not in frame.columns:
        return None, None
    first, last = frame[day].min(), frame[day].max()
    return (first if isinstance(first, date) else None), (last if isinstance(last, date) else None)


def together(parts: Sequence[Profile]) -> Profile:
    """The profile of a table from those of its parts, in the order of the files."""
    first, days = parts[0], [day for part in parts for day in (part.first_day, part.last_day) if day]
    return dataclasses.replace(
        first,
        rows_read=sum(part.rows_read for part in parts),
        rows_kept=sum(part.rows_kept for part in parts),
        rejected=by_count([part.rejected for part in parts]),
        filtered=sum(part.filtered for part in parts),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        null_keys=dict(sum((Counter(part.null_keys) for part in parts), Counter())),
        notes=_counted_together(note for part in parts for note in part.notes),
        doubts=_doubts_together(parts),
        currencies=_added(part.currencies for part in parts),
    )


def _added(parts: Iterable[Mapping[str, Mapping[str, int]]]) -> dict[str, dict[str, int]]:
    """Rows per currency of all parts, the most frequent first."""
    found: dict[str, Counter[str]] = {}
    for part in parts:
        for column, words in part.items():
            found.setdefault(column, Counter()).update(words)
    return {column: dict(words.most_common()) for column, words in found.items()}


def _doubts_together(parts: Sequence[Profile]) -> tuple[FileDoubt, ...]:
    """Doubts that say the same of several parts, once."""
    alike: dict[FileDoubt, list[str]] = {}
    for doubt in (doubt for part in parts for doubt in part.doubts):
        alike.setdefault(dataclasses.replace(doubt, said=""), []).append(doubt.said)
    return tuple(
        dataclasses.replace(doubt, said=said) for doubt, several in alike.items() for said in _counted_together(several)
    )


def _counted_together(notes: Iterable[str]) -> tuple[str, ...]:
    """Notes that say the same of several parts, once: their counts added up, the last day the latest one."""
    found: dict[object, str] = {}
    for note in notes:
        if not isinstance(note, Message):
            found.setdefault(note, note)
            continue
        fields = {name: value for name, value in note.values.items() if name not in _OF_A_PART}
        key = (note.template, *sorted(fields.items(), key=str))
        before = found.get(key)
        found[key] = _joined(before, note) if isinstance(before, Message) else note
    return tuple(found.values())


def _joined(before: Message, note: Message) -> Message:
    values = dict(before.values)
    if "count" in values:
        values["count"] = int(str(values["count"])) + int(str(note.values["count"]))
    if "last" in values:
        values["last"] = max(str(values["last"]), str(note.values["last"]))
    return Message(before.template, values, before.many, int(str(values.get("count", 0))))


def _notes(source: TableSource, schema: TableSchema, frame: pl.DataFrame, today: date) -> list[str]:
    notes: list[str] = []
    if source.group_by:
        notes.append(
            says(
                "{count} row after grouping by {columns}",
                "{count} rows after grouping by {columns}",
                frame.height,
                columns=listed(source.group_by),
            )
        )
    day = f"{schema.time}_day"
    if schema.time and day in frame.columns:
        future = frame[day].filter(frame[day] > today)
        if len(future):
            notes.append(
                says(
                    "{count} row lies after today ({today}), on {last}",
                    "{count} rows lie after today ({today}), the last on {last}",
                    len(future),
                    today=today,
                    last=future.sort()[-1],
                )
            )
    return notes
