"""A report as CSV: numbers stay numbers, text can never become a formula (hazards.md, Export)."""

from __future__ import annotations

import csv
import io

from kpi_tui.report.sheet import Plain, Report
from kpi_tui.text.clean import clean

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(report: Report) -> str:
    """Every sheet with its header line; an empty line between two sheets."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for index, sheet in enumerate(report.sheets):
        if index:
            out.write("\n")
        writer.writerow([column.key for column in sheet.columns])
        for row in sheet.rows:
            writer.writerow([safe(cell.value) for cell in row])
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
