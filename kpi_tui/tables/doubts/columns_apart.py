"""Columns that some files or sources of a table have and others lack: in those rows no condition on them holds."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping

from kpi_tui.definitions.answers.value import NO_COLUMN, FileDoubt, Profile
from kpi_tui.definitions.library.table import ColumnType, TableSchema, TableSource
from kpi_tui.definitions.message import Message, listed, say
from kpi_tui.tables.doubts.joins_apart import made_of
from kpi_tui.tables.source.raw_rows import Raw


def in_some_files(raw: Raw, source: TableSource, schema: TableSchema) -> list[FileDoubt]:
    """A doubt for every file that lacks what others have, at the columns of the table that are made of it."""
    made = {name: {name} for name in schema.columns if name not in source.columns} | dict(made_of(source))
    found = []
    for file, absent in raw.absent:
        columns = [name for name, names in made.items() if names & {*absent}]
        if told := _told_here(columns, schema):
            found.append(FileDoubt(NO_COLUMN, lacks(file, absent), _write(), columns=told))
    return found


def at_their_sources(parts: Mapping[str, Profile], schema: TableSchema) -> tuple[dict[str, Profile], list[Message]]:
    """The profiles of sources with a doubt at each that lacks what another has; what is a note of the table alone."""
    everywhere = frozenset.intersection(*(frozenset(part.missing_columns) for part in parts.values()))
    made, notes = dict(parts), []
    for name, part in parts.items():
        absent = [column for column in part.missing_columns if column not in everywhere]
        if told := _told_here(absent, schema):
            doubt = FileDoubt(NO_COLUMN, lacks(name, absent), _write(), columns=told)
            made[name] = dataclasses.replace(part, doubts=(*part.doubts, doubt))
        elif absent:
            notes.append(lacks(name, absent))
    return made, notes


def lacks(name: str, columns: Iterable[str]) -> Message:
    """Which file or source, and what it lacks."""
    return say("{table} has no column {columns}", table=name, columns=listed(columns))


def _told_here(columns: Collection[str], schema: TableSchema) -> tuple[str, ...]:
    """Those by which rows are told apart; that a row has no amount is told where amounts are added."""
    numbers = (ColumnType.INT, ColumnType.FLOAT)
    return tuple(one for one in columns if one not in schema.columns or schema.columns[one].type not in numbers)


def _write() -> Message:
    return say("its rows are in no part and under no condition of it: map what says the same there")
