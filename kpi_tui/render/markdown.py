"""A View as Markdown tables (GitHub's kind)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kpi_tui.render.columns import heading_place
from kpi_tui.render.drawn import drawn
from kpi_tui.text.clean import clean
from kpi_tui.text.phrase import Word, translate
from kpi_tui.views.view import Column, Row, Sheet, View

_SIGNS = re.compile(r"([\\`*\[\]<>|&]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])|^[#+\-](?=\s|$))")


def render(view: View, origin: Sheet | None = None) -> str:
    """Title and sentences of the view, then every sheet as title, table and notes; `origin` closes the page."""
    return _page(view, 1, origin)


def document(title: Word, views: Sequence[View], origin: Sheet | None = None) -> str:
    """Several views under one title."""
    return "\n".join(
        [f"# {plain(translate(title))}\n", *(_page(view, 2) for view in views), _sheet(origin) if origin else ""]
    )


def _page(view: View, level: int, origin: Sheet | None = None) -> str:
    mark = "#" * level
    head = [f"{mark} {plain(title)}\n"] if (title := translate(view.title)) else []
    head += [f"{plain(translate(sentence.word))}\n" for sentence in view.sentences]
    return "\n".join([*head, *(_sheet(sheet) for sheet in (*view.sheets, *([origin] if origin else [])))])


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SIGNS.sub(r"\\\1", clean(text))


def _sheet(sheet: Sheet) -> str:
    title = translate(sheet.title)
    lines = [f"## {plain(title)}", ""] if title else []
    if sheet.rows:
        places = [place for place in sheet.shown() if any(_text(row, sheet, place).strip() for row in sheet.rows)]
        columns = [sheet.columns[place] for place in places]
        lines.append(_line(translate(column.title) for column in columns))
        lines.append("| " + " | ".join("---:" if column.right else "---" for column in columns) + " |")
        lines += [_line(_texts(row, columns, places)) for row in sheet.rows]
    lines += [text for note in sheet.notes for text in ("", plain(translate(note.word)))]
    return "\n".join(lines) + "\n"


def _text(row: Row, sheet: Sheet, place: int) -> str:
    return drawn(row.cells[place], sheet.columns[place].width) if row.cells else ""


def _texts(row: Row, columns: list[Column], places: list[int]) -> list[str]:
    if row.kind == "heading" and not row.cells:
        at = heading_place(columns)
        return [translate(row.heading) if n == at else "" for n in range(len(places))]
    return [drawn(row.cells[place], columns[n].width) for n, place in enumerate(places)]


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(plain(text) for text in cells) + " |"
