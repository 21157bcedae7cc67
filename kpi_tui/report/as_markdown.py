"""A report as Markdown tables (GitHub's kind)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kpi_tui.report.sheet import Report, Sheet
from kpi_tui.text.clean import clean

_SIGNS = re.compile(r"([\\`*\[\]<>|&]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])|^[#+\-](?=\s|$))")


def render(report: Report) -> str:
    """Every sheet as title, table and notes."""
    return "\n".join(_sheet(sheet) for sheet in report.sheets)


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SIGNS.sub(r"\\\1", clean(text))


def _sheet(sheet: Sheet) -> str:
    lines = [f"## {plain(sheet.title)}", ""] if sheet.title else []
    if sheet.rows:
        places = sheet.shown()
        columns = [sheet.columns[place] for place in places]
        lines.append(_row(column.title for column in columns))
        lines.append("| " + " | ".join("---:" if column.right else "---" for column in columns) + " |")
        lines += [_row(row[place].text for place in places) for row in sheet.rows]
    lines += [line for note in sheet.notes for line in ("", plain(note))]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(plain(text) for text in cells) + " |"
