"""A View as CSV: numbers stay numbers, text can never become a formula."""

from __future__ import annotations

import csv
import io

from kpi_tui.render.drawn import exact
from kpi_tui.text.clean import clean
from kpi_tui.views.cells import Plain
from kpi_tui.views.view import Sheet, View

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(view: View) -> str:
    """Every sheet with its header line, an empty line between two; sheets of one key that follow are one table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    before: Sheet | None = None
    for sheet in view.sheets:
        places = [place for place, column in enumerate(sheet.columns) if column.csv]
        if before is None or not sheet.key or sheet.key != before.key:
            if before is not None:
                out.write("\n")
            writer.writerow([sheet.columns[place].key for place in places])
        before = sheet
        for row in sheet.rows:
            if row.kind != "heading":
                writer.writerow([safe(exact(row.cells[place])) for place in places])
    return out.getvalue()


def safe(value: Plain) -> Plain:
    """Text that a spreadsheet would run gets a `'` in front; None is an empty cell, numbers stay as they are."""
    if not isinstance(value, str):
        return value
    if value.startswith(_FORMULA) and not _is_number(value):
        return "'" + clean(value)
    return clean(value)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text[1:2] not in ("\t", "\r", " ") and text.isascii() and text == text.strip()
