"""y and Y: a row or a sheet of the screen as text on the clipboard."""

from __future__ import annotations

import os

from kpi_tui.render.copied_text import row_text, sheet_text
from kpi_tui.text.i18n import _
from kpi_tui.tui.host import Host
from kpi_tui.tui.terminal.clipboard import copy
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.view_content import parts_of
from kpi_tui.views.view import View


def copy_row(app: Host, sheet: SheetTable | None) -> None:
    """The row under the cursor."""
    if sheet is None or sheet.row is None:
        app.say(_("There is no row to copy."))
    else:
        whole = next((row for row in sheet.whole_rows if row.key == sheet.row_key), sheet.row)
        _copy(app, row_text(whole, sheet.whole_rows or sheet.rows, sheet.columns), _("The row is copied."))


def copy_sheet(app: Host, sheet: SheetTable | None) -> None:
    """Every row of the sheet, with its titles."""
    if sheet is None or not sheet.rows:
        app.say(_("There is no sheet to copy."))
    else:
        _copy(app, sheet_text(sheet.whole_rows or sheet.rows, sheet.columns), _("The sheet is copied."))


def copy_view(app: Host, view: View | None) -> None:
    """The text of a page."""
    if view is None:
        app.say(_("There is nothing to copy here."))
    else:
        _copy(app, "".join(text for text, _style in parts_of(view)), _("The text is copied."))


def _copy(app: Host, text: str, told: str) -> None:
    if copy(app, text, os.environ):
        app.say(told, "done")
    else:
        app.say(_("That is too long for a clipboard over the terminal; E writes a file."), "warning")
