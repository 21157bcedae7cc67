"""What the cells of a file column look like, and the SQL that reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import polars as pl

from kpi_tui.definitions.library.file_reading import ORDERS_OF_DATES
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.message import Message, either, listed, say, says
from kpi_tui.sql.quoted_text import quoted_text
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.mapping.mixed_stamps import bad_of, forms_together
from kpi_tui.tables.mapping.plain_numbers import to_number
from kpi_tui.tables.mapping.printed_numbers import currencies_in, unprinted
from kpi_tui.tables.mapping.suggested_stamp_forms import common_forms
from kpi_tui.tables.mapping.timestamps import EPOCHS, SERIAL, Zones, to_stamp
from kpi_tui.tables.mapping.truth_values import to_bool
from kpi_tui.tables.source.numeric_columns import is_numeric
from kpi_tui.tables.source.text_cells import tidy

LOOKED = 5_000  # rows of a file that say what its cells look like
_TOTALS = r"(?i)合计|总计|小计|汇总|^(grand |sub)?totals?\b"
_TRIED = 50  # cells that must be able to be of a form before the whole sample is looked at
_FEW = 0.05  # a column with this share of unreadable cells is dirty, not of another kind
_UNIX = r"^[12345]\d{9}$|^[12345]\d{12}$|^[12345]\d{15}$|^[12345]\d{18}$"  # 2001 to 2160 in s, ms, µs, ns
_NOTHING = ("-", "--", "—", "——", "/", r"\N")  # what stands in an empty cell of a number or date
_NONE = Zones("", "UTC")
_DAY = r"^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
_RUNS = {
    "%Y%m%d%H": _DAY + r"([01]\d|2[0-3])$",
    "%Y%m%d%H%M": _DAY + r"([01]\d|2[0-3])[0-5]\d$",
    "%Y%m%d%H%M%S": _DAY + r"([01]\d|2[0-3])[0-5]\d[0-5]\d$",
}
_NARROW = 4  # a reading whose days span this many times less than every other's is the likely one


@dataclass(frozen=True, slots=True)
class Shape:
    """Which types the cells can be read as, with the SQL to do so; `note` asks what cannot be known.

    `odd`: what to say when a type is chosen that a few of the cells cannot be read as.
    """

    sql: dict[ColumnType, str]
    note: str = ""
    odd: dict[ColumnType, str] = field(default_factory=dict)
    empty: bool = False  # no cell says anything
    orders: tuple[str, ...] = ()  # `day`, `month`: which may stand first in its dates, where both may
    masked: float = 0.0  # share of the filled cells in which a star hides something (张*, 138****0000)

    def notes(self, kind: ColumnType) -> list[str]:
        """What a person should know before the column is read as `kind`."""
        return [text for text in (self.note, self.odd.get(kind, "")) if text]


def shape_of(name: str, cells: pl.Series, sql: str = "", nothing: tuple[str, ...] = (), *, first: str = "") -> Shape:
    """Look at the cells (a sample of at least some hundred rows is enough); `sql` gives them where no column does.

    `nothing`: further words that stand for an empty cell of a number or date. `first`: what a person says stands first
    in dates such as 03/04/2026, `day` or `month`.
    """
    quoted = sql or sql_name(name)
    if cells.dtype.is_nested() or cells.dtype == pl.Duration:
        return Shape({}, say("{name}: lists and records inside a cell are not read", name=name))
    known = (tidy(cells) if cells.dtype == pl.String else cells).drop_nulls()
    plain, known = _without_words(quoted, known, (*_NOTHING, *nothing))
    if not len(known):
        return Shape({**dict.fromkeys(ColumnType, plain), ColumnType.STR: quoted}, empty=True)
    stars = int(known.str.contains("*", literal=True).sum()) if known.dtype == pl.String else 0
    shape = Shape({ColumnType.STR: quoted}, masked=stars / len(known))
    are_words = known.dtype == pl.String and int(known.str.contains(r"\d").sum()) * 2 <= len(known)
    if not are_words:
        _numbers(shape, name, plain, known)
    if not to_bool(known, is_tidy=True).bad.any():
        shape.sql[ColumnType.BOOL] = plain
    if are_words:  # no number and no form of a date reads half of them
        return shape
    dated = _without_totals(known)
    stamp, note, bad = _stamp(plain, dated, first)
    orders = _orders(plain, dated) if (first or note) and not sql else ()
    if note:
        way = say("{way}. {sql}", way=way_of_dates(name), sql=note) if orders and stamp == plain else note
        note = say("{asked} {way}", asked=day_or_month(name, cells), way=way)
    if stamp:
        shape.sql[ColumnType.DATE] = shape.sql[ColumnType.DATETIME] = stamp
        shape.odd.update(dict.fromkeys((ColumnType.DATE, ColumnType.DATETIME), _odd(name, dated, bad)))
    return Shape(shape.sql, note, shape.odd, orders=orders)


def _without_words(quoted: str, known: pl.Series, words: tuple[str, ...]) -> tuple[str, pl.Series]:
    """The SQL and the cells without words that stand for an empty cell."""
    if known.dtype != pl.String or not (found := set(known.filter(known.is_in(words)))):
        return quoted, known
    for word in words:
        if word in found:
            quoted = f"nullif({quoted}, {quoted_text(word)})"
    return quoted, known.filter(~known.is_in(words))


def _without_totals(known: pl.Series) -> pl.Series:
    """The cells without the names of total rows (合计, Total: Account), which stand where a day should."""
    return known if known.dtype != pl.String else known.filter(~known.str.contains(_TOTALS))


def _numbers(shape: Shape, name: str, quoted: str, known: pl.Series) -> None:
    """Plain numbers, else numbers with signs that SQL can take away."""
    sql, number = quoted, to_number(known, is_tidy=True)
    if number.bad.any() and known.dtype == pl.String:
        plain = unprinted(quoted, known)
        if (cleaned := to_number(plain.text, is_tidy=True)).bad.sum() < number.bad.sum():
            sql, number = plain.sql, cleaned
    if not _few(number.bad):
        if known.dtype == pl.String and len(codes := currencies_in(known)) > 1:
            shape.odd[ColumnType.FLOAT] = say(
                "{name}: amounts in several currencies ({codes}) are not read: keep one by `where`, or give a rate",
                name=name,
                codes=listed(sorted(codes)),
            )
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


def _stamp(quoted: str, known: pl.Series, first: str) -> tuple[str, str, pl.Series]:
    """SQL of a date or stamp and its unreadable cells; several forms that all fit are said, not chosen between.

    `first`: of such forms the one that a person meant.
    """
    good = pl.repeat(False, len(known), dtype=pl.Boolean, eager=True)
    if known.dtype.is_temporal():
        return quoted, "", good
    if not (known.dtype == pl.String or known.dtype.is_numeric()):
        return "", "", good
    text = known if known.dtype == pl.String else tidy(known)
    if known.dtype == pl.String and _few(iso := to_stamp(known, _NONE, is_tidy=True).bad):
        return _mixed(quoted, text, iso, first) or (quoted, "", iso)
    if run := _digits_alone(text):
        return f"strptime({quoted}, '{run}')", "", good
    if unix := _unix(text):
        return f"strptime({quoted}, '{unix}')", "", good
    if _is_serial(text):
        return f"strptime({quoted}, '{SERIAL}')", "", good
    head = text.head(_TRIED)
    forms = [form for form in common_forms(head) if not to_stamp(head, _NONE, form).bad.all()]
    tried = {form: to_stamp(text, _NONE, form).bad for form in forms}
    least = min((int(bad.sum()) for bad in tried.values()), default=0)
    fits = [fmt for fmt, bad in tried.items() if int(bad.sum()) == least and _few(bad)]
    fits = [fmt for fmt in fits if ("%y" in fmt) == any("%y" in other for other in fits)]
    if is_numeric(known) and not _looks_like_days(text):
        return "", "", good
    if not fits:
        return _mixed(quoted, text, ~good, first) or ("", "", good)
    if len({_order(fmt) for fmt in fits}) == 1:
        bad = tried[fits[0]]
        return _mixed(quoted, text, bad, first) or (_strptime(quoted, fits[:1]), "", bad)
    if meant := [form for form in fits if _begins_with(first, form)]:
        return _strptime(quoted, meant[:1]), "", tried[meant[0]]
    if likely := _likely(fits, text):
        said = say("{asked}; it is read as {taken}", asked=_write(quoted, [[f] for f in fits]), taken=likely)
        return _strptime(quoted, [likely]), said, tried[likely]
    return quoted, _write(quoted, [[fmt] for fmt in fits]), good


def _orders(quoted: str, known: pl.Series) -> tuple[str, ...]:
    """What may stand first, where reading the cells either way makes a difference."""
    ways = {_stamp(quoted, known, one)[0] for one in ORDERS_OF_DATES}
    return ORDERS_OF_DATES if len(ways) == len(ORDERS_OF_DATES) else ()


def _likely(fits: Sequence[str], text: pl.Series) -> str:
    """Of forms with two digits of a year the one that keeps the days together and out of the future; else "".

    Years told, day and month are never guessed (docs/tables.md).
    """
    now = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=2)
    spans: dict[str, timedelta] = {}
    for form in fits:
        days = to_stamp(text, _NONE, form).values.drop_nulls().dt.replace_time_zone(None)
        first, last = days.min(), days.max()
        if isinstance(first, datetime) and isinstance(last, datetime) and last <= now:
            spans[form] = last - first
    if not spans or not all("%y" in form for form in fits):
        return ""
    best = min(spans, key=lambda form: spans[form])
    others = [span for form, span in spans.items() if _order(form) != _order(best)]
    return best if all(span > _NARROW * spans[best] for span in others) else ""


def _mixed(quoted: str, text: pl.Series, bad: pl.Series, first: str) -> tuple[str, str, pl.Series] | None:
    """The same with a list of forms, where it reads cells that are `bad`; None where it does not."""
    lists = forms_together(text) if bad.any() else []
    lists = [forms for forms in lists if any(_begins_with(first, form) for form in forms)] or lists
    rest = [bad_of(text, forms) for forms in lists]
    if not lists or min(int(one.sum()) for one in rest) >= int(bad.sum()):
        return None
    if len(lists) > 1:
        return quoted, _write(quoted, lists), pl.repeat(False, len(text), dtype=pl.Boolean, eager=True)
    return _strptime(quoted, lists[0]), "", rest[0]


def _strptime(quoted: str, forms: Sequence[str]) -> str:
    listed = ", ".join(quoted_text(form) for form in forms)
    return f"strptime({quoted}, {listed if len(forms) == 1 else f'[{listed}]'})"


def _write(quoted: str, lists: Sequence[Sequence[str]]) -> str:
    return say("Write {sql}", sql=either(_strptime(quoted, forms) for forms in lists))


def day_or_month(name: str, cells: pl.Series) -> Message:
    """What is asked of a column in whose dates day or month may stand first."""
    return say("{column} holds {text!r}: day or month first?", column=name, text=tidy(cells).drop_nulls()[0])


def _digits_alone(text: pl.Series) -> str:
    """Day and clock without a sign between them; ten such digits would be Unix time of 2033 and later."""
    return next((form for form, digits in _RUNS.items() if text.str.contains(digits).all()), "")


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


def _begins_with(first: str, form: str) -> bool:
    """Whether day or month stands first in a form that has both as numbers, and the year is not before them."""
    order = _order(form).lower()
    return bool(first) and sorted(order) == ["d", "m", "y"] and order.startswith(first[0])


def _looks_like_days(text: pl.Series) -> bool:
    """19970101, not 12345678: every number begins with a year between 1900 and 2099."""
    return bool(text.str.contains(r"^(19|20)\d{2}(0[1-9]|1[0-2])\d{2}$").all())


def way_of_dates(column: str) -> Message:
    """How that is answered where nobody has."""
    return say(
        "`init … --dates {column}=day` (or `=month`) says it (in step 1 of the wizard Space on its line)", column=column
    )
