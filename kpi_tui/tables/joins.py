"""Columns of other files put beside the rows of a table, one row per key: `[tables.orders.join.payments]`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
from sqlglot import exp

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import ColumnType, Join, TableSchema, TableSource
from kpi_tui.definitions.message import listed, say, says
from kpi_tui.definitions.text import Text
from kpi_tui.sql import guard
from kpi_tui.tables.convert import COUNT, convert
from kpi_tui.tables.ids import as_ids
from kpi_tui.tables.mapping.mapping import several_values
from kpi_tui.tables.mapping.parquet_types import normal
from kpi_tui.tables.mapping.timestamps import Zones
from kpi_tui.tables.repeated_keys import copies_note
from kpi_tui.tables.source.files import fail, issue, resolve, unreadable_told
from kpi_tui.tables.source.raw_rows import FILE, ROW, MetJoin, Raw
from kpi_tui.tables.source.reader import read_file
from kpi_tui.tables.source.several_files import together
from kpi_tui.tables.source.text_cells import to_text

_NOTHING = TableSchema("", Text(), {})
_FOUND = "kpi:found"


@dataclass(frozen=True, slots=True)
class Lookup:
    """Rows of a join, each key once; keys are text."""

    name: str
    join: Join
    frame: pl.DataFrame
    notes: tuple[str, ...]


def read_lookups(source: TableSource, data: Path, roots: Sequence[Path], zones: Zones) -> tuple[Lookup, ...]:
    """The other files of a source, read whole. TableError when a key does not tell their rows apart."""
    return tuple(_read(name, join, data, roots, zones) for name, join in source.joins.items())


def looked_up(raw: Raw, lookups: Sequence[Lookup], source: TableSource) -> Raw:
    """The rows with the columns of every lookup; a row without a match has them empty, and is counted in a note."""
    for lookup in lookups:
        raw = _joined(raw, lookup, source)
    return raw


def _joined(raw: Raw, lookup: Lookup, source: TableSource) -> Raw:
    on = list(lookup.join.on)
    _expect(lookup.join.source, on, raw.columns, say("the file of {source}", source=source.id))
    if twice := [name for name in lookup.frame.columns if name in raw.columns and name not in on]:
        said = say("both files have a column {name!r}", name=twice[0])
        hint = say(
            'name the columns that are wanted, e.g. columns = {{ {join}_{name} = "{name}" }}',
            join=lookup.name,
            name=twice[0],
        )
        raise fail([issue(lookup.join.source, "columns", said, hint)])
    keys = [f"kpi:key{at}" for at in range(len(on))]
    left = raw.frame.with_columns(_ids(raw.frame[name]).alias(key) for name, key in zip(on, keys, strict=True))
    right = lookup.frame.rename(dict(zip(on, keys, strict=True))).with_columns(pl.lit(True).alias(_FOUND))
    made = left.join(right, on=keys, how="left", maintain_order="left")
    alone = made[_FOUND].null_count()
    met = MetJoin(
        lookup.name,
        ", ".join(on),
        tuple(name for name in lookup.frame.columns if name not in on),
        rows=made.height,
        found=made.height - alone,
        share=_share(left, right, keys),
        example=_unmet(made, on[0]),
        beside=str(next(iter(lookup.frame[on[0]].head(1)), "")),
    )
    notes = [*raw.notes, *lookup.notes]
    if alone:
        notes.append(
            says(
                "join {name}: {count} row has no match by {keys}; its columns are empty there",
                "join {name}: {count} rows have no match by {keys}; its columns are empty there",
                alone,
                name=lookup.name,
                keys=listed(on),
            )
        )
    return replace(raw, frame=made.drop(*keys, _FOUND), notes=tuple(notes), joined=(*raw.joined, met))


def _share(left: pl.DataFrame, right: pl.DataFrame, keys: Sequence[str]) -> float:
    """The share of the keys that meet, of the side that has fewer: either file may be of a longer time."""
    ours, theirs = left.select(keys).drop_nulls().unique(), right.select(keys).unique()
    fewer = min(ours.height, theirs.height)
    return ours.join(theirs, on=keys, how="semi").height / fewer if fewer else 0.0


def _unmet(made: pl.DataFrame, key: str) -> str:
    """The first key of a row without a match."""
    alone = made.filter(pl.col(_FOUND).is_null() & pl.col(key).is_not_null())[key]
    return str(alone[0]) if len(alone) else ""


def _read(name: str, join: Join, data: Path, roots: Sequence[Path], zones: Zones) -> Lookup:
    source = join.source
    paths = resolve(source, data, roots)
    files = [path.name for path in paths]
    raw = together([_file(path, source) for path in paths], files)
    _expect(source, join.on, raw.columns, ", ".join(files))
    if several := [name for name in join.on if raw.frame.schema[name].is_nested()]:
        raise fail([issue(source, "on", *several_values(several[0]))])
    notes = [*raw.notes]
    raw = replace(raw, frame=raw.frame.with_columns(_ids(raw.frame[column]) for column in join.on))
    if source.columns or source.where:
        made = convert(raw, _mapping(join, raw.columns), _NOTHING, zones, files)
        frame = made.frame.drop(ROW, FILE, COUNT)
        notes += [
            *made.notes,
            *(
                says(
                    "{count} row left out ({reason})",
                    "{count} rows left out ({reason})",
                    item.count,
                    reason=item.reason,
                )
                for item in made.rejected
            ),
        ]
    else:
        frame = normal(raw.frame, zones)[0].drop(ROW, FILE)
    frame = frame.drop_nulls(list(join.on))
    once = frame.unique(maintain_order=True)  # what is added up has each key once already
    if copies := frame.height - once.height:
        notes.append(copies_note(copies))
    frame = once
    if len(twice := frame.filter(frame.select(join.on).is_duplicated())):
        said = say(
            "several rows have {key} = {value!r}; which one belongs to a row is unknown",
            key=join.on[0],
            value=twice[join.on[0]][0],
        )
        raise fail([issue(source, "on", said, say('add them up, e.g. columns = {{ paid = "sum(amount)" }}'))])
    return Lookup(name, join, frame, tuple(say("join {name}: {note}", name=name, note=note) for note in notes))


def _ids(column: pl.Series) -> pl.Series:
    """The cells of a key as text that is the same in every file."""
    return as_ids(to_text(column), floats=column.dtype.is_float())[0].alias(column.name)


def _mapping(join: Join, names: Sequence[str]) -> TableSource:
    """The source with its keys among its columns, grouped by them when something is added up."""
    source = join.source
    keys = {name: _quoted(name) for name in join.on}
    columns = {**keys, **(source.columns or {name: _quoted(name) for name in names})}
    types: Mapping[str, ColumnType] = dict.fromkeys(join.on, ColumnType.STR)
    grouped = any(_adds_up(sql) for sql in source.columns.values() if sql not in names)
    return replace(source, columns=columns, types=types, group_by=tuple(keys.values()) if grouped else ())


def _adds_up(sql: str) -> bool:
    try:
        found = guard.expression(sql).tree.find_all(exp.AggFunc)
    except guard.FragmentError:
        return False  # said with its reason when the mapping is judged
    return any(not isinstance(node.parent, exp.Window) for node in found)


def _file(path: Path, source: TableSource) -> Raw:
    try:
        with unreadable_told(source, path):
            return read_file(path, source)
    except TableError as error:
        raise fail(error.issues or [issue(source, "path", str(error))]) from None


def _expect(source: TableSource, on: Sequence[str], names: Sequence[str], where: str) -> None:
    if absent := [name for name in on if name not in names]:
        raise fail(
            [
                issue(
                    source,
                    "on",
                    say("{where} has no column {name!r}", where=where, name=absent[0]),
                    say("it has {names}", names=listed(names[:12])),
                )
            ]
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
