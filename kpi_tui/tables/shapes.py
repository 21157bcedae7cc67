"""What the cells of a file column look like, and the SQL that reads them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from sqlglot import exp

from kpi_tui.definitions.table import ColumnType
from kpi_tui.sql import guard
from kpi_tui.tables.reading import is_numeric, tidy, to_bool, to_number
from kpi_tui.tables.stamps import Zones, to_stamp

_DATES = (
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y%m%d",
    "%Y年%m月%d日",
    "%m/%d/%y",
    "%d/%m/%y",
)
_CLOCKS = ("", " %H:%M:%S", " %H:%M")
_GROUPED = r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"
_NONE = Zones("", "UTC")


@dataclass(frozen=True, slots=True)
class Shape:
    """Which types the cells can be read as, with the SQL to do so; `note` asks what cannot be known."""

    sql: dict[ColumnType, str]
    note: str = ""


def shape_of(name: str, cells: pl.Series) -> Shape:
    """Look at the cells (a sample of at least some hundred rows is enough)."""
    quoted = sql_name(name)
    sql = {ColumnType.STR: quoted}
    known = cells.drop_nulls()
    if not len(known):
        return Shape(dict.fromkeys(ColumnType, quoted))
    number = to_number(known)
    if not number.bad.any():
        sql[ColumnType.FLOAT] = quoted
        if number.values.drop_nulls().cast(pl.Float64).round().equals(number.values.drop_nulls().cast(pl.Float64)):
            sql[ColumnType.INT] = quoted
    elif known.dtype == pl.String and tidy(known).str.replace_all(",", "").str.len_chars().min():
        text = tidy(known).drop_nulls()
        if (text.str.contains(_GROUPED) | ~to_number(text).bad).all():
            sql[ColumnType.FLOAT] = sql[ColumnType.INT] = f"replace({quoted}, ',', '')"
    if not to_bool(known).bad.any():
        sql[ColumnType.BOOL] = quoted
    stamp, note = _stamp(quoted, known)
    if stamp:
        sql[ColumnType.DATE] = sql[ColumnType.DATETIME] = stamp
    return Shape(sql, note)


def sql_name(name: str) -> str:
    """A column name as SQL wants it: quoted only when it must be (`order`, `unit price`)."""
    quoted = '"' + name.replace('"', '""') + '"'
    try:
        tree = guard.expression(name).tree
    except guard.FragmentError:
        return quoted
    return name if isinstance(tree, exp.Column) and tree.sql() == name else quoted


def _stamp(quoted: str, known: pl.Series) -> tuple[str, str]:
    """SQL of a date or stamp; several forms that all fit are said, not chosen between."""
    if known.dtype.is_temporal() or (known.dtype == pl.String and not to_stamp(known, _NONE).bad.any()):
        return quoted, ""
    if not (known.dtype == pl.String or known.dtype.is_integer()):
        return "", ""
    text = known.cast(pl.String)
    fits = [day + clock for day in _DATES for clock in _CLOCKS if not to_stamp(text, _NONE, day + clock).bad.any()]
    fits = [fmt for fmt in fits if ("%y" in fmt) == any("%y" in other for other in fits)]
    if not fits or (is_numeric(known) and not _looks_like_days(text)):
        return "", ""
    if len({_order(fmt) for fmt in fits}) == 1:
        return f"strptime({quoted}, '{fits[0]}')", ""
    asked = " or ".join(f"strptime({quoted}, '{fmt}')" for fmt in fits)
    return quoted, f"{quoted} holds {text[0]!r}: day or month first? Write {asked}"


def _order(fmt: str) -> str:
    return "".join(letter for letter in fmt if letter in "dmyY")


def _looks_like_days(text: pl.Series) -> bool:
    """19970101, not 12345678: every number begins with a year between 1900 and 2099."""
    return bool(text.str.contains(r"^(19|20)\d{2}(0[1-9]|1[0-2])\d{2}$").all())
