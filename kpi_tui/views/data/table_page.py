"""Everything about one table: what was read and left out, or what it would need and unlock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, repeat
from pathlib import Path

from kpi_tui.definitions.answers.value import Profile
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH, decimals
from kpi_tui.text.phrase import BothNames, Word, is_empty, joined, phrase
from kpi_tui.views.cells import text
from kpi_tui.views.data.table_json import table_data
from kpi_tui.views.data.table_state import LOST, STATES, age, rejected_rows, rejection, state
from kpi_tui.views.data.tables import TablesFound
from kpi_tui.views.names import metric_name
from kpi_tui.views.reasons import known
from kpi_tui.views.view import Column, View, pairs, sheet

Field = tuple[Word, Word]
"""Label and text."""


def table(profile: Profile, schema: TableSchema | None, as_of: date | None) -> View:
    """What a profile knows, for a command."""
    title = joined(profile.table, schema.name.both() if schema else "")
    rows = [[text(label, "muted"), text(word)] for label, word in _told(_profile(profile, schema, as_of))]
    told = sheet([Column("what"), Column("is", flex=1)], rows, title, key="table")
    return View(sheets=(told,), data=table_data(profile, schema, as_of))


def table_page(id_: str, found: TablesFound, space: Workspace) -> View:
    """Everything about one table for a pane: read, unreadable or absent; and the metrics it would bring to life."""
    schema = space.schemas.get(id_)
    fields = [*_about(id_, schema, found), *_asked(id_, space), *_wanted(id_, found, space)]
    title = joined(id_, BothNames(schema.name)) if schema else id_
    return View(title, sheets=(pairs("", _told(fields), id_),), name=f"table-{id_}")


def _about(id_: str, schema: TableSchema | None, found: TablesFound) -> list[Field]:
    if id_ in found.profiles:
        profile = found.profiles[id_]
        return [_state(state(profile)), *_profile(profile, schema, found.as_of)]
    about: Field = (phrase("About"), schema.about if schema else "")
    if id_ in found.lost:
        return [_state(LOST), (phrase("because"), found.lost[id_]), about]
    hint = phrase("name its file in tables.toml under [tables.{table}]", table=id_)
    return [about, (phrase("To do"), hint), *_needed(schema)]


def _asked(id_: str, space: Workspace) -> Iterator[Field]:
    """What `init` took for granted of the table and nobody has agreed with."""
    for part in space.tables[id_].parts() if id_ in space.tables else ():
        for said in part.confirm:
            yield phrase("To be confirmed"), said if part.id == id_ else joined(part.id, said, between=": ")


def _state(sign: str) -> Field:
    return phrase("State"), joined(sign, known(STATES[sign]), between=" ")


def _profile(profile: Profile, schema: TableSchema | None, as_of: date | None) -> list[Field]:
    """Everything worth saying, in reading order; an empty text is nothing to say."""
    nulls = (f"{name}: {decimals(rows, 0)}" for name, rows in profile.null_keys.items())
    return [
        (phrase("About"), schema.about if schema else ""),
        (phrase("Files"), ", ".join(Path(file).name for file in profile.files)),
        (phrase("Read"), decimals(profile.rows_read, 0)),
        (phrase("Kept"), decimals(profile.rows_kept, 0)),
        *((name, _source(part)) for name, part in profile.sources.items()),
        (phrase("Filtered"), _count(profile.filtered)),
        (phrase("Left out"), _count(rejected_rows(profile))),
        *((phrase("because"), rejection(rejected)) for rejected in profile.rejected),
        (phrase("Days"), f"{profile.first_day} … {profile.last_day}" if profile.first_day else DASH),
        (phrase("Age"), age(profile, as_of)),
        (phrase("Key"), ", ".join(schema.key) if schema else ""),
        (phrase("Null keys"), ", ".join(nulls)),
        (phrase("Doubled keys"), _count(profile.duplicate_keys)),
        (phrase("Encoding"), profile.encoding),
        (phrase("Missing"), ", ".join(profile.missing_columns)),
        *((phrase("Note"), note) for note in _notes(profile)),
    ]


def _source(part: Profile) -> Word:
    """`5 of 6 · 1 filtered · 2026-10-01 … 2026-10-31 · taobao.csv`: what was read of one source."""
    lost = rejected_rows(part)
    return joined(
        phrase("{kept} of {read}", kept=decimals(part.rows_kept, 0), read=decimals(part.rows_read, 0)),
        phrase("{count} filtered", count=decimals(part.filtered, 0)) if part.filtered else "",
        phrase("{count} left out", count=decimals(lost, 0)) if lost else "",
        f"{part.first_day} … {part.last_day}" if part.first_day else "",
        ", ".join(Path(file).name for file in part.files),
        between=" · ",
    )


def _notes(profile: Profile) -> Iterator[Word]:
    """What is worth noting of the table, then of each source."""
    yield from profile.notes
    for name, part in profile.sources.items():
        yield from (joined(name, note, between=": ") for note in part.notes)


def _told(fields: Iterable[Field]) -> list[Field]:
    return [(label, word) for label, word in fields if not is_empty(word)]


def _count(number: int) -> str:
    """1,234; a blank for none, so that what is there stands out."""
    return decimals(number, 0) if number else ""


def _needed(schema: TableSchema | None) -> Iterator[Field]:
    """The columns a table cannot do without, a line each, and what they hold."""
    columns = (column for column in schema.columns.values() if not column.nullable) if schema else ()
    labels: Iterable[Word] = chain([phrase("Columns")], repeat(""))
    for label, column in zip(labels, columns, strict=False):
        yield label, joined(column.name, column.about, between=": ")


def _wanted(id_: str, found: TablesFound, space: Workspace) -> Iterator[Field]:
    """The metrics this table, or one more column of it, would bring to life."""
    if id_ in found.unlocks:
        yield phrase("Unlocks"), _names(found.unlocks[id_], space)
    for unlock in found.coverage.unlocks if found.coverage else ():
        if unlock.missing.column and unlock.missing.table == id_:
            yield phrase("Unlocks"), joined(unlock.missing.column, _names(unlock.metrics, space), between=": ")


def _names(metrics: Iterable[str], space: Workspace) -> Word:
    return joined(*(metric_name(space, id_) for id_ in metrics), between=", ")
