"""What the cells of a file column look like, and the SQL that reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.message import either, say, says
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.mapping.plain_numbers import to_number
from kpi_tui.tables.mapping.printed_numbers import unprinted
from kpi_tui.tables.mapping.suggested_stamp_forms import CLOCKS, DATES
from kpi_tui.tables.mapping.timestamps import EPOCHS, SERIAL, Zones, to_stamp
from kpi_tui.tables.mapping.truth_values import to_bool
from kpi_tui.tables.source.numeric_columns import is_numeric
from kpi_tui.tables.source.text_cells import tidy

LOOKED = 5_000  # rows of a file that say what its cells look like
_TRIED = 50  # cells that must be able to be of a form before the whole sample is looked at
_FEW = 0.05  # a column with this share of unreadable cells is dirty, not of another kind
_UNIX = r"^[12345]\d{9}$|^[12345]\d{12}$|^[12345]\d{15}$|^[12345]\d{18}$"  # 2001 to 2160 in s, ms, µs, ns
_NONE = Zones("", "UTC")
_DASHES = ("--", "-", "—", "–")  # how reports write that there is nothing to say
_ZONED = tuple(
    day + clock + zone for zone in (" %z", " %Z", "%z") for day in (*DATES, "%Y-%m-%d") for clock in CLOCKS[1:]
)


@dataclass(frozen=True, slots=True)
class Shape:
    """Which types the cells can be read as, with the SQL to do so; `note` asks what cannot be known.

    `odd`: what to say when a type is chosen that a few of the cells cannot be read as.
    """

    sql: dict[ColumnType, str]
    note: str = ""
    odd: dict[ColumnType, str] = field(default_factory=dict)

    def notes(self, kind: ColumnType) -> list[str]:
        """What a person should know before the column is read as `kind`."""
        return [text for text in (self.note, self.odd.get(kind, "")) if text]


def shape_of(name: str, cells: pl.Series, sql: str = "") -> Shape:
    """Look at the cells (a sample of at least some hundred rows is enough); `sql` gives them where no column does."""
    quoted = sql or sql_name(name)
    known = cells.drop_nulls()
    if known.dtype.is_nested() or known.dtype == pl.Duration:
        return Shape({}, say("{name}: lists and records inside a cell are not read", name=name))
    if known.dtype == pl.String:
        known = known.filter(tidy(known).is_not_null())
    if not len(known):
        return Shape(dict.fromkeys(ColumnType, quoted))
    shape = Shape({ColumnType.STR: quoted})
    quoted, known = _without_dashes(quoted, known)
    _numbers(shape, name, quoted, known)
    if not to_bool(known).bad.any():
        shape.sql[ColumnType.BOOL] = quoted
    stamp, note, bad = _stamp(quoted, known)
    if stamp:
        shape.sql[ColumnType.DATE] = shape.sql[ColumnType.DATETIME] = stamp
        shape.odd.update(dict.fromkeys((ColumnType.DATE, ColumnType.DATETIME), _odd(name, known, bad)))
    return Shape(shape.sql, note, shape.odd)


def _without_dashes(quoted: str, known: pl.Series) -> tuple[str, pl.Series]:
    """A dash for what is unknown is no cell of any other kind; a column of nothing else stays as it is."""
    if known.dtype != pl.String:
        return quoted, known
    text = tidy(known)
    dashes = [dash for dash in _DASHES if (text == dash).any()]
    if not dashes or text.is_in(dashes).all():
        return quoted, known
    for dash in dashes:
        quoted = f"nullif({quoted}, '{dash}')"
    return quoted, known.filter(~text.is_in(dashes))


def _numbers(shape: Shape, name: str, quoted: str, known: pl.Series) -> None:
    """Plain numbers, else numbers with signs that SQL can take away."""
    sql, number = quoted, to_number(known)
    if number.bad.any() and known.dtype == pl.String:
        plain = unprinted(quoted, known)
        if (cleaned := to_number(plain.text)).bad.sum() < number.bad.sum():
            sql, number = plain.sql, cleaned
    if not _few(number.bad):
        return
    values = number.values.drop_nulls().cast(pl.Float64)
    kinds = [ColumnType.FLOAT]
    if values.round().equals(values) and not sql.endswith(" / 100.0"):
        kinds.append(ColumnType.INT)
    shape.sql.update(dict.fromkeys(kinds, sql))
    shape.odd.update(dict.fromkeys(kinds, _odd(name, known, number.bad)))


def _few(bad: pl.Series) -> bool:
    return int(bad.sum()) <= _FEW * len(bad)


def _odd(name: str, known: pl.Series, bad: pl.Series) -> str:
    """Nothing when all cells can be read."""
    if not (count := int(bad.sum())):
        return ""
    return says(
        "{name}: the only cell looked at cannot be read: {example!r}",
        "{name}: {count} of {all} cells looked at cannot be read, e.g. {example!r}",
        len(known),
        name=name,
        count=count,
        all=len(known),
        example=known.filter(bad)[0],
    )


def _stamp(quoted: str, known: pl.Series) -> tuple[str, str, pl.Series]:
    """SQL of a date or stamp and its unreadable cells; several forms that all fit are said, not chosen between."""
    good = pl.repeat(False, len(known), dtype=pl.Boolean, eager=True)
    if known.dtype.is_temporal():
        return quoted, "", good
    if not (known.dtype == pl.String or known.dtype.is_numeric()):
        return "", "", good
    if known.dtype == pl.String and _few(iso := to_stamp(known, _NONE).bad):
        return quoted, "", iso
    text = tidy(known)
    if unix := _unix(text):
        return f"strptime({quoted}, '{unix}')", "", good
    if _is_serial(text):
        return f"strptime({quoted}, '{SERIAL}')", "", good
    head = text.head(_TRIED)
    forms = _possible(head, [day + clock for day in DATES for clock in CLOCKS])
    if not forms and head.str.contains(r"\d:\d").any():
        forms = _possible(head, _ZONED)
    tried = {form: to_stamp(text, _NONE, form).bad for form in forms}
    least = min((int(bad.sum()) for bad in tried.values()), default=0)
    fits = [fmt for fmt, bad in tried.items() if int(bad.sum()) == least and _few(bad)]
    fits = [fmt for fmt in fits if ("%y" in fmt) == any("%y" in other for other in fits)]
    if not fits or (is_numeric(known) and not _looks_like_days(text)):
        return "", "", good
    if len({_order(fmt) for fmt in fits}) == 1:
        return f"strptime({quoted}, '{fits[0]}')", "", tried[fits[0]]
    asked = either(f"strptime({quoted}, '{fmt}')" for fmt in fits)
    return (
        quoted,
        say("{quoted} holds {text!r}: day or month first? Write {asked}", quoted=quoted, text=text[0], asked=asked),
        good,
    )


def _possible(head: pl.Series, forms: Sequence[str]) -> list[str]:
    return [form for form in forms if not to_stamp(head, _NONE, form).bad.all()]


def _unix(text: pl.Series) -> str:
    """The format of Unix time when every cell is one, told by its digits; all of one length."""
    digits = text.str.len_chars()
    if not text.str.contains(_UNIX).all() or digits.min() != digits.max():
        return ""
    return next(fmt for fmt, more in EPOCHS.items() if 10 + more == digits[0])


def _is_serial(text: pl.Series) -> bool:
    """Day numbers of a spreadsheet whose cells lost their format: 1982 to 2064."""
    days = text.cast(pl.Float64, strict=False)
    return not days.has_nulls() and bool(days.is_between(30_000, 60_000).all())


def _order(fmt: str) -> str:
    return "".join(letter for letter in fmt if letter in "dmyY")


def _looks_like_days(text: pl.Series) -> bool:
    """19970101, not 12345678: every number begins with a year between 1900 and 2099."""
    return bool(text.str.contains(r"^(19|20)\d{2}(0[1-9]|1[0-2])\d{2}$").all())
