"""A View as an Excel workbook: numbers stay numbers, bars are data bars, trends are sparklines, text stays text."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from kpi_tui.definitions.change import POINTS
from kpi_tui.definitions.issue import UsageError
from kpi_tui.render.drawn import drawn, exact, marks, shade, tone
from kpi_tui.render.numbers_sheet import numbers_sheet
from kpi_tui.text.clean import clean
from kpi_tui.text.format import AMOUNT
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.text.sparks import NARROW, axis
from kpi_tui.views.cells import (
    AttainmentCell,
    BarCell,
    Cell,
    ChangeCell,
    NumberCell,
    SignedBarCell,
    SparkCell,
    TextCell,
    Tone,
    whole_values,
)
from kpi_tui.views.charts import LineChart
from kpi_tui.views.view import Column, Row, Sheet, View

_COLOURS: dict[Tone, str] = {"good": "#1A7F4B", "near": "#9A6700", "weak": "#C0392B", "muted": "#5B6570"}
_FORMATS = {
    "percent": "0.0%",
    "attainment": "0.0%",
    "effect": "0.0%",
    "currency": "#,##0.00",
    AMOUNT: "#,##0.00",
    "ratio": "0.00",
    "score": "0.00",
    "days": "0.0",
    "seconds": "0",
    "weight": "0.##",
    "exact": "General",
    POINTS: '+0.0" pp";-0.0" pp";0.0" pp"',
}
_SHADES = ("#EDF3F9", "#D9E6F2", "#BFD5E9", "#A1C1DE", "#82ACD2")
_DATA_BAR = {"type": "data_bar", "bar_solid": True, "bar_only": True}
_CHANGE = '"▲" 0.0%;"▼" 0.0%;"▬" 0.0%'
_POINTS = '"▲" 0.0;"▼" 0.0;"▬" 0.0'
_OF_RATES = '"▲" 0.0" pp";"▼" 0.0" pp";"▬" 0.0" pp"'
_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
MOST_TEXT, MOST_NAME, WIDEST, MARKS_WIDE = 32_000, 31, 60, 6


def render(views: Sequence[View], origin: Sheet | None = None) -> bytes:
    """The workbook: a worksheet a sheet, all numbers, where they come from. UsageError without xlsxwriter."""
    try:
        import xlsxwriter
    except ImportError:
        raise UsageError(_("Excel files need xlsxwriter: pip install 'kpi-tui[xlsx]'")) from None
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        writer = _Writer(book)
        for view in views:
            for sheet in view.sheets:
                writer.sheet(sheet, view)
            for chart in view.charts:
                if isinstance(chart, LineChart):  # the sheets hold the numbers of all others
                    writer.chart(chart, view)
        if (numbers := numbers_sheet(views)).rows:
            writer.sheet(numbers, View())
        if origin is not None:
            writer.sheet(origin, View())
        writer.finish()
    return out.getvalue()


class _Slot(NamedTuple):
    """Where a column of the sheet (`place`) stands; `marks`: those beside its numbers stand in the next column."""

    place: int
    column: int
    marks: bool


class _Writer:
    """Puts sheets into a workbook; formats are made once, series of sparklines lie on a sheet of their own."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats: dict[tuple[str, Tone, bool, bool, int], Any] = {}
        self._names: set[str] = set()
        self._series: list[list[float | None]] = []
        self._series_name = "series"

    def sheet(self, sheet: Sheet, view: View) -> None:
        """Title, header, rows, notes."""
        title = clean(translate(sheet.title) or translate(view.title))
        page = self._book.add_worksheet(self._name(_tab(sheet, view)))
        places = [place for place in sheet.shown() if sheet.columns[place].title or _has_content(sheet, place)]
        places += [place for place, column in enumerate(sheet.columns) if column.back]
        at = 0
        for text in filter(None, (title, *_sentences(view, sheet))):
            page.write_string(at, 0, text[:MOST_TEXT], self._format("", "", bold=at == 0))
            at += 1
        at += bool(at)
        slots = _slots(sheet, places)
        first = at + 1
        last = first + len(sheet.rows) - 1
        for slot in slots:
            column, heading = sheet.columns[slot.place], self._format("", "", bold=True)
            title = column.key if column.back else translate(column.title)
            page.write_string(at, slot.column, clean(title), heading)
            hidden = {"hidden": True} if column.back else {}
            page.set_column(slot.column, slot.column, _wide(sheet, slot.place), None, hidden)
            _bars(page, sheet, slot.place, (first, slot.column, last, slot.column))
            if slot.marks:
                page.write_string(at, slot.column + 1, _("Mark"), heading)
                page.set_column(slot.column + 1, slot.column + 1, MARKS_WIDE)
        page.freeze_panes(first, 0)
        for number, row in enumerate(sheet.rows):
            self._row(page, first + number, row, slots)
        for number, note in enumerate(sheet.notes):
            text = clean(translate(note.word))
            page.write_string(last + 2 + number, 0, text[:MOST_TEXT], self._format("", note.tone))
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)

    def chart(self, chart: LineChart, view: View) -> None:
        """A series as a table of its own: period, value, target."""
        unit = chart.series.unit
        rows = tuple(
            Row(
                str(n),
                (
                    TextCell(point.period),
                    NumberCell(point.value, unit, partial=point.partial),
                    NumberCell(point.target, unit, blank=True),
                ),
            )
            for n, point in enumerate(chart.series.points)
        )
        columns = (Column("period"), Column("value", right=True), Column("target", right=True))
        alone = not view.sheets and len(view.charts) == 1
        self.sheet(Sheet(columns, rows, chart.title, tab=view.title if alone else ""), View())

    def finish(self) -> None:
        """The values behind the sparklines, on a hidden sheet."""
        if not self._series:
            return
        page = self._book.add_worksheet(self._series_name)
        for row, values in enumerate(self._series):
            for column, value in enumerate(values):
                if value is not None:
                    page.write_number(row, column, value)
        page.hide()

    def _row(self, page: Any, at: int, row: Row, slots: Sequence[_Slot]) -> None:
        if not row.cells:
            page.write_string(at, 0, clean(translate(row.heading)), self._format("", "", bold=True))
            return
        for slot in slots:
            cell = row.cells[slot.place]
            self._cell(page, at, slot.column, cell, bold=row.kind != "line")
            if said := clean(marks(cell)):
                page.write_string(at, slot.column + 1, said, self._format("", tone(cell)))

    def _cell(self, page: Any, row: int, column: int, cell: Cell, bold: bool) -> None:
        if isinstance(cell, SparkCell):
            self._spark(page, row, column, cell)
            return
        value, meant = exact(cell), tone(cell)
        numeric = isinstance(cell, NumberCell | ChangeCell | AttainmentCell | BarCell | SignedBarCell)
        if numeric and isinstance(value, int | float):
            in_points = isinstance(cell, NumberCell | ChangeCell) and cell.unit == POINTS
            value = value * 100 if in_points else value  # a format of ours cannot scale it
            page.write_number(
                row, column, value, self._format(_number_format(cell), meant, bold, right=True, dark=shade(cell))
            )
            return
        text = clean(drawn(cell)) if not isinstance(cell, BarCell | SignedBarCell) else ""
        if text.strip():
            page.write_string(row, column, text[:MOST_TEXT], self._format("", meant, bold, right=numeric))

    def _spark(self, page: Any, row: int, column: int, cell: SparkCell) -> None:
        """A narrow band begins where it does everywhere, and the `~` that says so lies in the cell below the line."""
        values = [point.value for point in cell.series.points]
        known = [value for value in values if value is not None]
        if not known:
            return
        span = axis(whole_values(cell.series))
        if span.narrow:
            page.write_string(row, column, NARROW, self._format("", "muted"))
        self._series.append(values)
        end = self._letter(len(values) - 1)
        at = len(self._series)
        spark: dict[str, object] = {"range": f"{self._series_name}!A{at}:{end}{at}", "markers": True}
        page.add_sparkline(row, column, spark if min(known) < 0 else spark | {"min": span.low})

    @staticmethod
    def _letter(column: int) -> str:
        from xlsxwriter.utility import xl_col_to_name

        return str(xl_col_to_name(column))

    def _format(self, number: str, meant: Tone, bold: bool = False, right: bool = False, dark: int = 0) -> Any:
        key = (number, meant, bold, right, dark)
        if key not in self._formats:
            wanted: dict[str, object] = {"bold": bold or meant in ("weak", "strong"), "valign": "top"}
            if number:
                wanted["num_format"] = number
            if meant in _COLOURS:
                wanted["font_color"] = _COLOURS[meant]
            if right:
                wanted["align"] = "right"
            if dark:
                wanted["bg_color"] = _SHADES[dark - 1]
            self._formats[key] = self._book.add_format(wanted)
        return self._formats[key]

    def _name(self, title: str) -> str:
        """A name Excel takes: at most 31 letters, none of its signs, once in a workbook."""
        base = " ".join(_NAME.sub(" ", title).split()) or "Sheet"
        base = base if len(base) <= MOST_NAME else base[: MOST_NAME - 1].rstrip() + "…"
        base = base if base.lower() not in ("history", self._series_name) else f"{base} 1"
        name, count = base, 2
        while name.lower() in self._names:
            tail = f" ({count})"
            name, count = base[: MOST_NAME - len(tail)] + tail, count + 1
        self._names.add(name.lower())
        return name


def _tab(sheet: Sheet, view: View) -> str:
    """What the sheet holds: its own short name, the title of a view that is this sheet alone, its title, its key."""
    alone = len(view.sheets) == 1 and not any(isinstance(chart, LineChart) for chart in view.charts)
    words = (sheet.tab, view.title if alone else "", sheet.title, view.title, sheet.key)
    return next((said for word in words if (said := clean(translate(word)))), "")


def _slots(sheet: Sheet, places: Sequence[int]) -> list[_Slot]:
    """The columns from left to right; only one with marks has a column for them."""
    slots: list[_Slot] = []
    for place in places:
        column = slots[-1].column + 1 + slots[-1].marks if slots else 0
        slots.append(_Slot(place, column, any(marks(row.cells[place]) for row in sheet.rows if row.cells)))
    return slots


def _sentences(view: View, sheet: Sheet) -> list[str]:
    """The sentences of a view stand above its first sheet."""
    first = bool(view.sheets) and view.sheets[0] is sheet
    return [clean(translate(sentence.word)) for sentence in view.sentences] if first else []


def _has_content(sheet: Sheet, place: int) -> bool:
    cells = (row.cells[place] for row in sheet.rows if row.cells)
    return any(isinstance(cell, SparkCell) or drawn(cell).strip() for cell in cells)


def _number_format(cell: Cell) -> str:
    match cell:
        case NumberCell():
            whole = cell.value is not None and float(cell.value).is_integer()
            return _FORMATS.get(cell.unit, "#,##0" if whole else "#,##0.##")
        case ChangeCell():
            return _POINTS if cell.points else _OF_RATES if cell.unit == POINTS else _CHANGE
        case AttainmentCell() | BarCell():
            return "0.0%"
        case _:
            return "#,##0.##"


def _wide(sheet: Sheet, place: int) -> float:
    from kpi_tui.text.fit import width

    cells = [row.cells[place] for row in sheet.rows if row.cells]
    texts = [clean(translate(sheet.columns[place].title)), *(clean(drawn(cell)) for cell in cells)]
    return min(max(max(map(width, texts), default=8) + 2, 8), WIDEST)


def _bars(page: Any, sheet: Sheet, place: int, area: tuple[int, int, int, int]) -> None:
    """Shares as data bars; those left or right of zero with an axis between."""
    cells = [row.cells[place] for row in sheet.rows if row.cells]
    if any(isinstance(cell, BarCell) for cell in cells):
        span = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
        page.conditional_format(*area, {**_DATA_BAR, "bar_color": "#79B0E6", **span})
    elif any(isinstance(cell, SignedBarCell) for cell in cells):
        page.conditional_format(*area, {**_DATA_BAR, "bar_axis_position": "middle"})
