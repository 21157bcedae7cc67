"""Several files of one table put together: columns by name, whatever their order and kind in each file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from kpi_tui.definitions.message import say
from kpi_tui.tables.source.raw_rows import FILE, Raw, merged
from kpi_tui.tables.source.text_cells import to_text


def together(parts: Sequence[Raw], names: Sequence[str]) -> Raw:
    """Several files as one: columns matched by name, a column some lack is null there."""
    if len(parts) == 1:
        return parts[0]
    frames = [part.frame.with_columns(pl.lit(i, dtype=pl.Int32).alias(FILE)) for i, part in enumerate(parts)]
    wanted = dict.fromkeys(name for part in parts for name in part.columns)
    notes = [note for part in parts for note in part.notes]
    lacking = {
        name: tuple(column for column in wanted if column not in part.columns)
        for part, name in zip(parts, names, strict=True)
    }
    absent = tuple((name, columns) for name, columns in lacking.items() if columns)
    kinds = _mixed(frames)
    alike = _alike(frames, kinds, notes)
    return Raw(
        pl.concat(alike, how="diagonal_relaxed"),
        sum(part.rows_read for part in parts),
        merged(((part.rejected, name) for part, name in zip(parts, names, strict=True))),
        ", ".join(dict.fromkeys(part.encoding for part in parts if part.encoding)),
        tuple(notes),
        frozenset().union(*(part.twice for part in parts)),
        kinds,
        absent=absent,
        starts=tuple(replace(one, file=at) for at, part in enumerate(parts) for one in part.starts),
    )


def _mixed(frames: Sequence[pl.DataFrame]) -> dict[str, frozenset[pl.DataType]]:
    """The kinds of columns that are not of one kind in all files; numbers are one kind."""
    kinds: dict[str, set[pl.DataType]] = {}
    for frame in frames:
        for name, kind in frame.schema.items():
            kinds.setdefault(name, set()).add(kind)
    return {
        name: frozenset(found)
        for name, found in kinds.items()
        if len(found) > 1 and not all(kind.is_numeric() for kind in found)
    }


def _alike(
    frames: Sequence[pl.DataFrame], kinds: Mapping[str, frozenset[pl.DataType]], notes: list[str]
) -> list[pl.DataFrame]:
    """A column that is a stamp or number in one file and text in another is text in both, and read again later."""
    for name in kinds:
        texts = [frame[name] for frame in frames if frame.schema.get(name) == pl.String]
        if any(kind.is_integer() for kind in kinds[name]) and (zeros := _leading_zeros(texts)):
            notes.append(
                say(
                    "{name}: numbers in one file, text with leading zeros ({example}) in another: 123 does not meet "
                    "00123; export the column as text",
                    name=name,
                    example=zeros[0],
                )
            )
    return [frame.with_columns(_as_text(frame[name]) for name in kinds if name in frame.columns) for frame in frames]


def _leading_zeros(texts: Sequence[pl.Series]) -> list[str]:
    found = [text.filter(text.str.contains(r"^0\d+$").fill_null(False)) for text in texts]
    return [text[0] for text in found if len(text)]


def _as_text(column: pl.Series) -> pl.Series:
    stamp = isinstance(column.dtype, pl.Datetime) and column.dtype.time_zone
    return column.dt.strftime("%Y-%m-%dT%H:%M:%S%.6f%:z") if stamp else to_text(column)
