"""Rows of files into the columns of a table: filter, map, group, type; every row left out is in the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt, Rejected
from kpi_tui.definitions.library.table import CURRENCY_OF_ROW, ColumnType, TableSchema, TableSource
from kpi_tui.definitions.message import say
from kpi_tui.tables.copied_lines import without_copies
from kpi_tui.tables.currencies.currency_of_order import with_currency_of_order
from kpi_tui.tables.currencies.currency_of_row import currency_columns, currency_of_row
from kpi_tui.tables.currencies.own_numbers import own_fractions
from kpi_tui.tables.ids import IdForm, as_ids, digits_note, is_id, is_joined
from kpi_tui.tables.left_out import Ledger
from kpi_tui.tables.mapping.cell_types import WANT_OF_TYPE, TypedCell
from kpi_tui.tables.mapping.mapping import ParsedMapping, judge
from kpi_tui.tables.mapping.parquet_types import finite, normal
from kpi_tui.tables.mapping.run_sql import run
from kpi_tui.tables.mapping.timestamps import Zones
from kpi_tui.tables.mapping.typed_columns import Filled, Pointed, fill, read, reason, rejections, unreadable
from kpi_tui.tables.mapping.used_as_text import text_notes
from kpi_tui.tables.source.files import fail
from kpi_tui.tables.source.numeric_columns import is_numeric
from kpi_tui.tables.source.raw_rows import FILE, NAME, ROW, Raw
from kpi_tui.tables.source.text_cells import to_text
from kpi_tui.tables.total_rows import total_rows

COUNT = "kpi:rows"
_PLACE = {FILE: f'"{FILE}"', ROW: f'"{ROW}"'}
DTYPES: Mapping[ColumnType, pl.DataType] = {
    ColumnType.STR: pl.String(),
    ColumnType.INT: pl.Int64(),
    ColumnType.FLOAT: pl.Float64(),
    ColumnType.BOOL: pl.Boolean(),
    ColumnType.DATE: pl.Date(),
    ColumnType.DATETIME: pl.Datetime("us"),
}


@dataclass(frozen=True, slots=True)
class Converted:
    """Typed rows (hidden ROW, FILE and COUNT still there) and what became of the others."""

    frame: pl.DataFrame
    kept: pl.DataFrame  # FILE and ROW of the rows of the files that count; where rows were grouped, what by
    filtered: int
    rejected: tuple[Rejected, ...]
    mapped: frozenset[str]
    notes: tuple[str, ...]
    read_as: Mapping[str, pl.DataType]  # what every column and cell of the file was taken for
    ids: Mapping[str, IdForm]
    totals: tuple[FileDoubt, ...] = ()  # rows that sum up others, and count
    repeated: int = 0  # rows that another file has too
    damaged: tuple[FileDoubt, ...] = ()  # ids that lost digits


def convert(
    raw: Raw,
    source: TableSource,
    schema: TableSchema,
    zones: Zones,
    files: Sequence[str],
    numeric: Callable[[str], bool] | None = None,
    wide: frozenset[str] = frozenset(),
    ledger: Ledger | None = None,
    pointed: Pointed | None = None,
) -> Converted:
    """The rows of a source as its schema wants them. TableError carries every issue of the mapping.

    `numeric` says whether a whole column of text holds numbers (default: judged by the rows at hand);
    cells named in `wide` have fractions somewhere else in the table; `ledger` takes what does not arrive;
    `pointed`: which cells of a part are of a column that writes points between thousands.
    """
    source = _with_id_types(source, schema)
    once = without_copies(raw, source, schema, zones)
    frame, notes = normal(once.frame, zones)
    frame, grouped = _grouped_ids(_named(frame, source, files), source, schema)
    kinds = _kinds(frame, raw.columns)
    plan = judge(raw, kinds, source, schema, numeric or lru_cache(maxsize=None)(lambda name: is_numeric(frame[name])))
    ids = [name for name, kind in plan.types.items() if is_id(name, kind, schema)]
    filled = fill(frame, plan.cells, source, zones, wide, pointed)
    ledger = ledger or Ledger(files, raw.starts)
    if ledger.every is not None:
        ledger.keep(say("a copy of another row"), raw.frame.join(once.frame, on=[FILE, ROW], how="anti"))
    kept, filtered = _kept(filled, plan, source, ledger, lambda rows: _days_of(rows, plan, source, schema, zones))
    table, infinite = finite(_with_currency(kept, plan, raw, source, schema))
    numbers = {name: kind for name, kind in table.schema.items() if kind.is_numeric()}
    lost = [*_lost_digits(table, plan, numbers, schema), *text_notes(source, kinds)]
    table, forms = _with_ids(_typed(table, plan, source, schema, zones, ledger), ids, numbers)
    table = _with_time(table, schema, plan, ledger)
    totals = total_rows(kept, files, None if source.group_by else table.select(FILE, ROW))
    of_ids = [note for form in forms.values() for note in form.notes]
    damaged = tuple(one for form in forms.values() for one in form.damaged)
    summed, spoilt = (one.in_words() for one in totals), (one.in_words() for one in damaged)
    return Converted(
        frame=table,
        kept=run(kept, _PLACE | plan.group_columns, source) if plan.groups else table.select(FILE, ROW),
        filtered=filtered + once.left_out,
        rejected=ledger.rejected,
        mapped=frozenset(plan.columns),
        notes=(*notes, *once.notes, *summed, *filled.notes, *grouped, *infinite, *lost, *of_ids, *spoilt),
        read_as=dict(filled.frame.schema),
        ids=forms,
        totals=tuple(one for one in totals if one.counts),
        repeated=once.in_other_files,
        damaged=damaged,
    )


def _kinds(frame: pl.DataFrame, columns: Sequence[str]) -> dict[str, pl.DataType]:
    """What columns are taken for; a frame makes its schema anew at every look, and a sheet may have thousands."""
    schema = frame.schema
    return {name: schema[name] for name in columns}


def _with_currency(
    kept: pl.DataFrame, plan: ParsedMapping, raw: Raw, source: TableSource, schema: TableSchema
) -> pl.DataFrame:
    """The mapped columns, and the currency of every row where its amounts have one of their own."""
    table = _mapped(kept, plan, source, currency_of_row(raw.columns, plan.columns, source, schema))
    table = _without_decimals(table, plan)
    fractions = own_fractions(table.schema, source, schema)
    if not currency_columns(raw.columns, plan.columns, source, schema, fractions):
        table = table.drop(CURRENCY_OF_ROW, strict=False)
    return with_currency_of_order(table, schema)


def _lost_digits(
    table: pl.DataFrame, plan: ParsedMapping, numbers: Mapping[str, pl.DataType], schema: TableSchema
) -> Iterator[str]:
    """That columns of text were whole numbers in the file, where zeros in front are gone."""
    texts = (name for name, kind in plan.types.items() if kind is ColumnType.STR)
    for name in texts:
        if name in numbers and numbers[name].is_integer():
            yield from digits_note(table[name], joined=is_joined(name, schema))


def _named(frame: pl.DataFrame, source: TableSource, files: Sequence[str]) -> pl.DataFrame:
    """The rows with the name of their file, where the mapping asks for it; the second of one name is called `…~2`."""
    if not any(NAME in sql for sql in (source.where, *source.group_by, *source.columns.values())):
        return frame
    seen: Counter[str] = Counter()
    told = []
    for file in (name.rpartition("/")[2] for name in files):
        seen[file] += 1
        told.append(file if seen[file] == 1 else f"{file}~{seen[file]}")
    names = pl.Series(NAME, told, dtype=pl.String)
    return frame.with_columns(names.gather(frame[FILE]).alias(NAME))


def _with_id_types(source: TableSource, schema: TableSchema) -> TableSource:
    """Extra columns named as ids are text, whatever their cells look like: an id is never turned into a number."""
    extra = [name for name in source.columns if name not in schema.columns and is_id(name, None, schema)]
    return replace(source, types={**dict.fromkeys(extra, ColumnType.STR), **source.types})


def _grouped_ids(frame: pl.DataFrame, source: TableSource, schema: TableSchema) -> tuple[pl.DataFrame, list[str]]:
    """Rows of one id are grouped together, also when some write it `1` and some `1.0`."""
    ids = {sql.strip('"') for name, sql in source.columns.items() if is_id(name, ColumnType.STR, schema)}
    keys = [name for name in source.group_by if name in frame.columns and name in (ids | {*schema.key})]
    made = [as_ids(frame[name]) for name in keys]
    return frame.with_columns(values for values, _ in made), [note for _, form in made for note in form.notes]


def _with_ids(
    table: pl.DataFrame, ids: Sequence[str], numbers: Mapping[str, pl.DataType]
) -> tuple[pl.DataFrame, dict[str, IdForm]]:
    """Ids written alike, and how each column wrote them."""
    made = {name: as_ids(table[name], floats=name in numbers) for name in ids}
    return table.with_columns(values for values, _ in made.values()), {name: form for name, (_, form) in made.items()}


def _kept(
    filled: Filled,
    plan: ParsedMapping,
    source: TableSource,
    ledger: Ledger,
    days_of: Callable[[pl.DataFrame], pl.Series | None],
) -> tuple[pl.DataFrame, int]:
    """Rows the filter keeps and whose cells can be read, and how many rows the filter left out.

    A row whose filter is unknown because of an unreadable cell is rejected, not filtered.
    """
    no = pl.repeat(False, filled.frame.height, dtype=pl.Boolean, eager=True)
    out = no
    if plan.where:
        passes = run(filled.frame, {"where": plan.where}, source)["where"].cast(pl.Boolean)
        unclear = no
        for name in plan.where_cells:
            unclear = unclear | filled.bad[name]
        out = ~passes.fill_null(unclear)
    ledger.keep(say("left out by the mapping: where {where}", where=source.where), filled.frame.filter(out))
    issues = []
    seen = no
    for cell in plan.cells:
        bad = filled.bad[cell.name] & ~out
        key = plan.key_of_cell.get(cell.name, "")
        if found := unreadable(cell, filled.text[cell.name].filter(~out), bad.filter(~out), key, source):
            issues.append(found)
        new = bad & ~seen
        for why, rows, text in rejections(cell, filled.frame.filter(new), filled.text[cell.name].filter(new)):
            ledger.reject(why, rows, text, days=days_of(rows))
        seen = seen | bad
    if issues:
        raise fail(issues)
    return filled.frame.filter(~out & ~seen), int(out.sum())


def _days_of(
    rows: pl.DataFrame, plan: ParsedMapping, source: TableSource, schema: TableSchema, zones: Zones
) -> pl.Series | None:
    """When rows happened that are left out for another reason; None where no column says it."""
    if rows.is_empty() or schema.time not in plan.columns:
        return None
    alone = [f'"{ROW}"', f'"{FILE}"'] if plan.groups else []
    made = run(rows, {schema.time: plan.columns[schema.time]}, source, alone)[schema.time]
    kind = schema.columns[schema.time].type
    return made if made.dtype == DTYPES[kind] else _as_type(made, kind, zones)[0]


def _mapped(frame: pl.DataFrame, plan: ParsedMapping, source: TableSource, more: Mapping[str, str]) -> pl.DataFrame:
    """SELECT … [GROUP BY …], in the order of the file."""
    if not plan.groups:
        return run(frame, {**plan.columns, **_PLACE, COUNT: "1", **more}, source)
    keys = plan.group_columns
    grouped = run(frame, {name: f'"{name}"' for name in frame.columns} | keys, source)
    hidden = {ROW: f'min("{ROW}")', FILE: f'min("{FILE}")', COUNT: "count(*)", **more}
    return run(grouped, {**plan.columns, **hidden}, source, [f'"{key}"' for key in keys]).sort(FILE, ROW)


def _without_decimals(table: pl.DataFrame, plan: ParsedMapping) -> pl.DataFrame:
    """Own columns of `cast(… as decimal(10, 2))` are doubles from here on, as decimals of a Parquet file are."""
    made = [name for name, dtype in table.schema.items() if dtype.is_decimal() and plan.types.get(name) is None]
    return table.with_columns(pl.col(made).cast(pl.Float64))


def _typed(
    table: pl.DataFrame, plan: ParsedMapping, source: TableSource, schema: TableSchema, zones: Zones, ledger: Ledger
) -> pl.DataFrame:
    """Declared types; a value that is none of its type rejects its row."""
    issues = []
    seen = pl.repeat(False, table.height, dtype=pl.Boolean, eager=True)
    rejected: list[tuple[str, pl.Series, pl.Series]] = []  # why, which rows, what stood there
    for name, kind in plan.types.items():
        if kind is None or table.schema[name] == DTYPES[kind]:
            continue
        before = table[name]
        values, bad = _as_type(before, kind, zones)
        cell = TypedCell(name, "", name, WANT_OF_TYPE[kind])
        why = (
            say("{name}: no whole number", name=name)
            if kind is ColumnType.INT and before.dtype.is_numeric()
            else reason(cell)
        )
        if found := unreadable(cell, before, bad, name, source):
            issues.append(found)
        new = bad & ~seen
        rejected.append((why, new, before))
        seen = seen | bad
        table = table.with_columns(values.alias(name))
    if issues:
        raise fail(issues)
    for why, new, before in rejected:
        rows = table.filter(new)
        days = rows[schema.time] if schema.time in plan.columns else None
        ledger.reject(why, rows, before.filter(new), int(rows[COUNT].sum()), days)
    return table.filter(~seen)


def _as_type(values: pl.Series, kind: ColumnType, zones: Zones) -> tuple[pl.Series, pl.Series]:
    """Values of the declared type, and which could not become one."""
    if kind is ColumnType.STR:
        return to_text(values), pl.repeat(False, len(values), dtype=pl.Boolean, eager=True)
    # stamps are local already: only text may still carry a zone
    reading = read(values, WANT_OF_TYPE[kind], zones if values.dtype == pl.String else Zones("", zones.target))
    made = reading.values
    if kind is ColumnType.INT and made.dtype.is_float():
        made = made.set((made != made.round()).fill_null(False), None)
    made = made.cast(DTYPES[kind], strict=False)
    return made, reading.bad | (values.is_not_null() & made.is_null() & reading.values.is_not_null())


def _with_time(table: pl.DataFrame, schema: TableSchema, plan: ParsedMapping, ledger: Ledger) -> pl.DataFrame:
    """A row that says no time belongs to no period: rejected, when the schema wants one."""
    time = schema.time
    if time not in plan.columns or schema.columns[time].nullable:
        return table
    none = table.filter(pl.col(time).is_null())
    waits = (pl.col(schema.paid) == 0).fill_null(False) if schema.paid in plan.columns else pl.lit(False)
    waiting, none = none.filter(waits), none.filter(~waits)
    ledger.reject(say("no time ({time} is empty)", time=time), none, "", int(none[COUNT].sum()))
    said = say("not paid yet, and no time ({time} is empty)", time=time)
    ledger.reject(said, waiting, "", int(waiting[COUNT].sum()))
    return table.filter(pl.col(time).is_not_null())
