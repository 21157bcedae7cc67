"""The rows behind a number: which measure counted them, how many there are, and a line for each (R172)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from kpi_tui.definitions.answers.rows.counted_rows import COUNTED, COUNTED_IN, CountedRows, RowCell, RowColumn, RowsWish
from kpi_tui.definitions.answers.rows.refused_rows import FILE_NAME, FILE_ROW, REASON, WHOLE_LINE, RefusedRows
from kpi_tui.definitions.answers.value import Reading
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import in_full
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import Cell, NumberCell, finite, text
from kpi_tui.views.library.explanation import counted_as
from kpi_tui.views.names import column_name, factor_name
from kpi_tui.views.reasons import reason
from kpi_tui.views.record import Record, plain, record
from kpi_tui.views.view import Column, Columns, Row, Sentence, Sheet, View, listed, pairs, sheet

MOST_DIGITS = 6
"""Decimals of numbers that stand below each other; a number with more is told as it is."""
ROW = "row "
"""Before the key of a row: its place among all rows, from 0."""
_OWN: dict[str, Word] = {
    COUNTED: phrase("Counted"),
    COUNTED_IN: phrase("Period"),
    REASON: phrase("Reason"),
    FILE_NAME: phrase("File"),
    FILE_ROW: phrase("Row"),
    WHOLE_LINE: phrase("Line"),
}
"""Titles of columns that no table has."""
_READING = ("id", "value=number.value", "reason=number.reason", "detail=number.detail", "table", "agg", "column")
_WINDOW = ("where", "time", "window", "first_day", "last_day", "rows")


def counted_rows(found: CountedRows, space: Workspace) -> View:
    """A page of rows under the number they make up."""
    name = f"rows-{found.metric}-{found.measure.id}-{found.period.id}"
    rows = rows_sheet(found.columns, found.rows, found.wish)
    return View(
        joined(number_shown(found, space), found.period.said),
        sentences(found, space),
        (rows,),
        data=rows_data(found),
        name=name,
    )


def number_shown(found: CountedRows, space: Workspace) -> Word:
    """`Refund rate › refunds of paid orders = 1489.17`: the number, and the measure whose rows these are."""
    number = found.measure.number
    made = in_full(number.value) if number.value is not None else ""
    measure = joined(factor_name(space, found.measure.id), made, between=" = ")
    return joined(factor_name(space, found.metric), measure, between=" › ")


def sentences(found: CountedRows, space: Workspace) -> tuple[Sentence, ...]:
    """How many rows there are, what was counted of them, what was not."""
    measure, wish = found.measure, found.wish
    why = reason(measure.number.reason, measure.number.detail, space)
    said = [
        Sentence(why, "weak", key="reason"),
        Sentence(how_many(found.total, len(found.rows), wish), "strong", key="count"),
        Sentence(joined(measure.id, counted_as(measure), between=": "), key="measure"),
        Sentence(phrase("Only rows where {condition}.", condition=found.where) if found.where else "", key="where"),
    ]
    if found.without:
        many = phrases(
            "{count} row more has no value in {column} and is not counted.",
            "{count} rows more have no value in {column} and are not counted.",
            found.without,
            column=column_name(space, measure.column),
        )
        said.append(Sentence(many, "near", key="without"))
    return tuple(one for one in said if one.word)


def how_many(total: int, shown: int, wish: RowsWish) -> Word:
    """How many rows there are, which of them are shown, in which order."""
    there = phrases("{count} row", "{count} rows", total)
    if wish.only:
        there = phrases("{count} row with “{text}”", "{count} rows with “{text}”", total, text=wish.only)
    span: Word = phrase("shown: {first}–{last}", first=wish.first + 1, last=wish.first + shown) if shown < total else ""
    if not shown and total:
        span = phrase("none from row {first} on", first=wish.first + 1)
    order: Word = phrase("by {column}", column=wish.sort) if wish.sort else ""
    if wish.sort and wish.descending:
        order = phrase("by {column}, descending", column=wish.sort)
    return joined(there, span, order, between=" · ")


def rows_sheet(columns: Sequence[RowColumn], rows: Sequence[Sequence[RowCell]], wish: RowsWish) -> Sheet:
    """A line per row; of columns that find no room the last ones leave first."""
    digits = [_digits([row[place] for row in rows]) for place in range(len(columns))]
    heads = [_head(column, place, [row[place] for row in rows]) for place, column in enumerate(columns)]
    lines = [
        Row(
            f"{ROW}{wish.first + n}",
            tuple(_cell(value, digits[place], columns[place]) for place, value in enumerate(row)),
        )
        for n, row in enumerate(rows)
    ]
    return sheet(heads, lines, key="rows")


def one_row(found: CountedRows | RefusedRows, key: str) -> Sheet | None:
    """Every column of a row, also those that found no room; None for another key."""
    place = int(key.removeprefix(ROW)) - found.wish.first if key.startswith(ROW) else -1
    if not 0 <= place < len(found.rows):
        return None
    told = zip(found.columns, found.rows[place], strict=True)
    return pairs("", [(title(column), "" if value is None else _said(value)) for column, value in told], "row")


def title(column: RowColumn) -> Word:
    """As the workspace calls it, and beside it as the file does."""
    if (own := _OWN.get(column.name)) is not None and not column.of_file:
        return own
    return f"{column.name} ({column.of_file})" if column.of_file and column.of_file != column.name else column.name


def _head(column: RowColumn, place: int, values: Sequence[RowCell]) -> Column:
    numbers = any(_is_number(value) for value in values)
    return Column(column.name, title(column), least=4, most=28, right=numbers, drop=0 if place < 2 else place)


def _cell(value: RowCell, digits: int, column: RowColumn) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return text(f"{value:.{digits}f}" if digits <= MOST_DIGITS else repr(value), exact=finite(value))
    if value is None:
        return text("—" if column.counted else "", "muted", exact=None)
    return text(_said(value), exact=_exact(value))


def _exact(value: RowCell) -> str | bool | None:
    return value if isinstance(value, str | bool) else _said(value) if value is not None else None


def _said(value: RowCell) -> str:
    """As a file writes it: ISO days, whole seconds, digits without separators."""
    match value:
        case bool():
            return str(value).lower()
        case datetime():
            return value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
        case float():
            return f"{value:.15g}"
    return str(value)


def _is_number(value: RowCell) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _digits(values: Sequence[RowCell]) -> int:
    """As many decimals as any of the numbers has."""
    written = (f"{value:.12g}" for value in values if isinstance(value, float) and value == value)
    return max((99 if "e" in one else len(one.partition(".")[2]) for one in written), default=0)


def rows_data(found: CountedRows) -> Record:
    """The JSON: the measure, what was asked, how many rows there are, and the rows by their columns."""
    return {
        **record(found, "metric", "period"),
        "measure": measure_data(found.measure),
        "measures": [one.id for one in found.measures],
        "where": found.where or None,
        "without_value": found.without,
        **json_rows(found.columns, found.rows, found.total, found.wish),
    }


def json_rows(columns: Sequence[RowColumn], rows: Sequence[Sequence[RowCell]], total: int, wish: RowsWish) -> Record:
    """What was asked of the rows, how many there are, and those of this page by their columns."""
    names = [column.name for column in columns]
    return {
        "filter": wish.only or None,
        "sort": wish.sort or None,
        "descending": wish.descending,
        "total": total,
        "from": wish.first + 1,
        "columns": [record(column, "name", "of_file", "counted") for column in columns],
        "rows": [dict(zip(names, map(_json, row), strict=True)) for row in rows],
    }


def _json(value: RowCell) -> object:
    return _said(value) if isinstance(value, date) else plain(value)


def measures_behind(found: CountedRows, space: Workspace) -> View:
    """The measures that a number is made of, each with its own rows."""
    count = phrases(
        "{count} measure; Enter shows its rows", "{count} measures; Enter shows the rows of one", len(found.measures)
    )
    columns: Columns[Reading] = [
        (Column("measure", phrase("Measure"), least=12), lambda one: text(one.id)),
        (Column("value", phrase("Number"), right=True), lambda one: text(_made(one), exact=finite(one.number.value))),
        (Column("rows", phrase("Rows"), right=True), lambda one: NumberCell(one.rows, digits=0, blank=True)),
        (Column("about", phrase("About"), least=10, flex=1, drop=1), lambda one: text(one.about, "muted")),
    ]
    return View(
        joined(factor_name(space, found.metric), found.period.said),
        (Sentence(count, "strong", key="count"),),
        (listed(found.measures, columns, lambda one: one.id, name="measures"),),
        data=[measure_data(one) for one in found.measures],
        name=f"measures-{found.metric}-{found.period.id}",
    )


def measures_to_choose(found: CountedRows, space: Workspace) -> View:
    """The same for a screen: what a measure counts stands first, its id last."""
    view = measures_behind(found, space)
    return replace(view, sheets=tuple(one.only("about", "value", "rows", "measure") for one in view.sheets))


def _made(one: Reading) -> Word:
    return in_full(one.number.value) if one.number.value is not None else reason(one.number.reason)


def measure_data(one: Reading) -> Record:
    """The JSON of a measure: its number and how it was read."""
    return {**record(one, *_READING, *_WINDOW), "about": plain(one.about)}
