"""A file of a table whose amounts are a hundred times those of another: it may write cents (分)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import say
from kpi_tui.tables.currencies.currency_of_row import amounts

_LEAST_ROWS = 10  # amounts of either file
_CENTS = 100
_NEAR = (60, 170)  # times the other, at each of three quartiles: other customers and other months differ less
_QUARTILES = (0.25, 0.5, 0.75)


def amounts_in_cents(
    rows: pl.DataFrame, by: str, names: Mapping[object, str], source: TableSource, schema: TableSchema
) -> list[FileDoubt]:
    """One doubt per part (`by`: a file, a source; `names` says how it is called) that may write its amounts in cents.

    `1990` beside `19.90`, or `2000` beside `20`: no amount of the part is finer than a hundredth of the other's.
    """
    money = [name for name in amounts(source, schema) if name in rows.columns and rows.schema[name].is_numeric()]
    if len(names) < 2:
        return []
    found: dict[object, tuple[object, list[str]]] = {}
    for name in money:
        known = rows.filter(pl.col(name) > 0).group_by(by, maintain_order=True)
        parts = known.agg(
            pl.len().alias("rows"),
            *(pl.col(name).quantile(at).alias(str(at)) for at in _QUARTILES),
            _is_whole(pl.col(name)).alias("whole"),
            _is_whole(pl.col(name) / _CENTS).alias("hundreds"),
        ).filter(pl.col("rows") >= _LEAST_ROWS)
        for large, small in _pairs(parts.sort("0.5").to_dicts()):
            if _is_hundredfold(large, small):
                found.setdefault(large[by], (small[by], []))[1].append(name)
    return [_doubt(names[part], names[other], columns, source) for part, (other, columns) in found.items()]


def _pairs(parts: Sequence[dict[str, object]]) -> list[tuple[dict[str, object], dict[str, object]]]:
    """Each part but the one of the smallest amounts, with that one."""
    return [(large, parts[0]) for large in parts[1:]]


def _is_whole(amount: pl.Expr) -> pl.Expr:
    return ((amount - amount.round()).abs() < 1e-9).all()


def _is_hundredfold(large: Mapping[str, object], small: Mapping[str, object]) -> bool:
    times = [float(str(large[str(at)])) / float(str(small[str(at)])) for at in _QUARTILES]
    finer = large["whole"] if not small["whole"] else large["hundreds"]
    return bool(finer) and all(_NEAR[0] <= one <= _NEAR[1] for one in times)


def _doubt(part: str, other: str, columns: Sequence[str], source: TableSource) -> FileDoubt:
    said = say(
        "{part}: {column} is about a hundred times that of {other}, and whole: it may be in cents (分)",
        part=part,
        column=columns[0],
        other=other,
    )
    lines = ", ".join(f'{name} = "COLUMN / 100.0"' for name in columns)
    if part in source.sources:
        write = say(
            "if it is, [tables.{table}.columns] {lines}",
            table=source.sources[part].id,
            lines=lines,
        )
    else:
        write = say(
            "if it is, give it a source of its own, [tables.{table}.sources.NAME], with {lines}",
            table=source.id.partition(".")[0],
            lines=lines,
        )
    return FileDoubt("cents", said, write, columns=tuple(columns))
