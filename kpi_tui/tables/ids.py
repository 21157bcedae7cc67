"""Ids as every file of a workspace writes them, and what is said about those that look like damaged numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import ColumnType, TableSchema
from kpi_tui.definitions.message import Message, say, says

_POINT_ZERO = r"^[+-]?\d+\.0+$"  # 17850.0: pandas, where a column has empty cells
_WHOLE = r"^[+-]?\d+(?:\.0+)?$"
_SHORTENED = r"^[+-]?\d(?:\.\d+)?[eE]\+\d+$"  # 1.03E+19: a spreadsheet, where a number is too long
_SHORTENED_FLOAT = r"^[+-]?\d(?:\.\d+)?[eE]\+?\d+$"
_DIGITS = 15  # what a spreadsheet keeps of a number
_LONG = rf"^\d{{{_DIGITS + 1},}}$"
_ROUNDED = rf"^\d{{{_DIGITS}}}0+$"
_WIDE = r"[０-９Ａ-Ｚａ-ｚ]"  # letters and digits as wide as a Chinese character
_FIRST = 100  # looked at before all others
_CODES = 1000
_CHANCE = 4  # so many digits that are all 0 by chance: once in ten thousand


@dataclass(frozen=True, slots=True)
class IdForm:
    """How the ids of one column are written: some with `.0`, all as whole numbers; `damaged`: digits are lost."""

    notes: tuple[str, ...] = ()
    damaged: tuple[FileDoubt, ...] = ()
    pointed: bool = False
    whole: bool = True


def is_id(name: str, kind: ColumnType | None, schema: TableSchema) -> bool:
    """Whether a column is compared with the ids of other rows: a key, a reference, or named as an id."""
    if kind is not ColumnType.STR and not (kind is None and name not in schema.columns):
        return False
    return is_joined(name, schema) or name == "id" or name.endswith("_id")


def is_joined(name: str, schema: TableSchema) -> bool:
    """Whether a column is the key of its table, or refers to another."""
    column = schema.columns.get(name)
    return name in schema.key or bool(column and column.references)


def as_ids(text: pl.Series, *, floats: bool = False) -> tuple[pl.Series, IdForm]:
    """`1.0` and `1` are one id when all of a column are whole numbers; `floats`: they were numbers in the file."""
    if text.dtype != pl.String or text.null_count() == len(text):
        return text, IdForm()
    damaged = (*_shortened(text, floats), *_rounded(text), *_in_two_widths(text))
    dotted = text.str.contains(".0", literal=True).any()
    pointed = text.filter(text.str.contains(_POINT_ZERO).fill_null(False)) if dotted else text.clear()
    whole = _all_whole(text)
    if pointed.is_empty():
        return text, IdForm(damaged=damaged, whole=whole)
    plain = text.str.replace(r"\.0+$", "") if whole else text
    said = () if whole and floats else (_pointed(pointed, whole),)
    return plain, IdForm(said, damaged, True, whole)


def unlike(parts: Iterable[IdForm]) -> bool:
    """Whether parts of one column were read differently: `.0` may go only where all of the column is whole."""
    known = list(parts)
    return any(part.pointed for part in known) and not all(part.whole for part in known)


def digits_note(numbers: pl.Series, *, joined: bool) -> list[str]:
    """Whole numbers used as text: they may have begun with zeros, which a number cannot keep.

    Numbers counted up one by one (most between the first and the last are there) never had any; of columns that are
    not `joined` only codes are doubted, which are few.
    """
    low, high = numbers.min(), numbers.max()
    if not isinstance(low, int) or not isinstance(high, int) or low < 0 or len(str(low)) == len(str(high)):
        return []
    different = numbers.n_unique()
    if 2 * different > high - low + 1 or not (joined or different <= _CODES):
        return []
    said = say(
        "{name}: whole numbers of {low} to {high} digits are used as text; zeros they may have begun with are lost, "
        "and 123 does not meet 00123: export the column as text",
        name=numbers.name,
        low=len(str(low)),
        high=len(str(high)),
    )
    return [said]


def _pointed(pointed: pl.Series, whole: bool) -> str:
    example = pointed[0]
    plain = example.partition(".")[0]
    if whole:
        return says(
            "{name}: {count} id looks like a number ({example}), read as {plain}; export the column as text",
            "{name}: {count} ids look like numbers ({example}), read as {plain}; export the column as text",
            pointed.n_unique(),
            name=pointed.name,
            example=example,
            plain=plain,
        )
    return says(
        "{name}: {count} id looks like a number ({example}) beside others that are none; it meets no {plain}: "
        "export the column as text",
        "{name}: {count} ids look like numbers ({example}) beside others that are none; they meet no {plain}: "
        "export the column as text",
        pointed.n_unique(),
        name=pointed.name,
        example=example,
        plain=plain,
    )


def _all_whole(text: pl.Series) -> bool:
    first = text.head(_FIRST)
    return all(re.fullmatch(_WHOLE, one) for one in first if one is not None) and (
        len(text) == len(first) or bool(text.str.contains(_WHOLE).all())
    )


def _shortened(text: pl.Series, floats: bool) -> list[FileDoubt]:
    """Ids whose last digits are gone: `1.03E+19` may have been any of ten million billion ids."""
    if not floats and not text.str.contains("+", literal=True).any():
        return []
    found = text.filter(text.str.contains(_SHORTENED_FLOAT if floats else _SHORTENED).fill_null(False))
    if found.is_empty():
        return []
    said = says(
        "{name}: {count:,} id is a shortened number ({example}), {rows}: digits are lost, and different ids may have "
        "become one",
        "{name}: {count:,} ids are shortened numbers ({example}), {rows}: digits are lost, and different ids may have "
        "become one",
        found.n_unique(),
        name=text.name,
        rows=_in_rows(found),
        example=found[0],
    )
    return [_lost(text.name, said)]


def _rounded(text: pl.Series) -> list[FileDoubt]:
    """Long ids that all end in zeros from the sixteenth digit on: a spreadsheet kept fifteen."""
    if (text.str.len_bytes().max() or 0) <= _DIGITS:  # type: ignore[operator]
        return []
    for seen in (text.drop_nulls().head(1000), text.drop_nulls()):
        long = seen.filter(seen.str.contains(_LONG))
        if not long.str.contains(_ROUNDED).all():
            return []
    digits = int(long.unique().str.len_bytes().sum()) - _DIGITS * long.n_unique()
    if digits < _CHANCE:
        return []
    said = says(
        "{name}: the only id of more than 15 digits ends in zeros ({example}, {rows}), as spreadsheets round it: "
        "different ids may have become one",
        "{name}: all {count:,} ids of more than 15 digits end in zeros ({example}, {rows}), as spreadsheets round "
        "them: different ids may have become one",
        long.n_unique(),
        name=text.name,
        example=long[0],
        rows=_in_rows(long),
    )
    return [_lost(text.name, said)]


def _in_two_widths(text: pl.Series) -> list[FileDoubt]:
    """Ids in full width beside the same in plain letters (`u１２`, `u12`): one to whoever typed them."""
    known = text.drop_nulls()
    if known.str.len_bytes().sum() == known.str.len_chars().sum() or not known.str.contains(_WIDE).any():
        return []
    wide = known.filter(known.str.contains(_WIDE))
    pairs = wide.to_frame("wide").with_columns(pl.col("wide").str.normalize("NFKC").alias("plain"))
    found = pairs.join(known.unique().to_frame("plain"), on="plain", how="semi", maintain_order="left")
    if found.is_empty():
        return []
    one = found.row(0, named=True)
    said = says(
        "{name}: {count:,} id is written in full width ({wide!r}) where others write {plain!r}: two ids here",
        "{name}: {count:,} ids are written in full width ({wide!r}) where others write {plain!r}: two ids here",
        found["wide"].n_unique(),
        name=text.name,
        wide=one["wide"],
        plain=one["plain"],
    )
    return [FileDoubt("wide-id", said, say("write them alike in the file"), columns=(text.name,))]


def _in_rows(found: pl.Series) -> Message:
    """In how many rows: one id may stand in many."""
    return says("in {count:,} row", "in {count:,} rows", len(found))


def _lost(name: str, said: str) -> FileDoubt:
    return FileDoubt("damaged-id", said, say("export the column as text"), columns=(name,))
