"""`s`: by which column a sheet is sorted; pressed again the other way round, then as it came."""

from __future__ import annotations

from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.tui.host import Host
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.widgets.cells import head
from kpi_tui.tui.widgets.row_order import RowOrder, starts_down
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.cells import TextCell
from kpi_tui.views.view import Row


def sort_sheet(host: Host, sheet: SheetTable | None) -> None:
    """Ask for a column; where one was chosen, turn its order round, then give it up."""
    if sheet is None or sheet.order is None:
        _ask(host, sheet)
    elif not sheet.order.turned:
        sheet.sort(sheet.order.reversed())
    else:
        unsort(host, sheet)


def unsort(host: Host, sheet: SheetTable | None) -> None:
    """The rows as they came."""
    if sheet is not None and sheet.order is not None:
        sheet.sort(None)
        host.say(_("The rows stand in their own order again."))


def _ask(host: Host, sheet: SheetTable | None) -> None:
    titles = _titles(sheet) if sheet is not None else {}
    if sheet is None or not titles:
        host.say(_("There is nothing to sort here."))
        return
    group = _group(sheet)

    def chosen(key: str | None) -> None:
        if key is None:
            return
        place = next(n for n, column in enumerate(sheet.columns) if column.key == key)
        lines = sheet.rows[sheet.cursor :] if group else sheet.rows
        sheet.sort(RowOrder(key, starts_down(lines, place), group.key if group else ""))
        host.say(_("Sorted; s turns the order round, Esc gives it up."))

    host.push_screen(ChoiceScreen(_("Sort by which column?"), [Choice(*one) for one in titles.items()]), chosen)


def _titles(sheet: SheetTable) -> dict[str, str]:
    """Keys of the columns in sight that have a title -> the title."""
    group = _group(sheet)
    found = {}
    for slot in sheet.slots:
        column = sheet.columns[slot.index]
        cell = group.cells[slot.index] if group else None
        title = clean(translate(cell.word, brief=True)).strip("─ ") if isinstance(cell, TextCell) else head(column)
        if title and (group or sheet.header):
            found[column.key] = title
    return found


def _group(sheet: SheetTable) -> Row | None:
    """The heading above the cursor, where headings name the figures below them."""
    above = [row for row in sheet.rows[: sheet.cursor] if row.kind == "heading"] if not sheet.header else []
    return above[-1] if above and above[-1].cells else None
