"""A View as flowing text for a pane or an overlay: titles, sentences, labelled lines, charts. Plain text only."""

from __future__ import annotations

from textual.content import Content

from kpi_tui.definitions.text import Text
from kpi_tui.render.charts.as_text import chart_lines
from kpi_tui.render.drawn import drawn, tone
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import Align, fit, width
from kpi_tui.text.i18n import _, language
from kpi_tui.text.phrase import Word, translate
from kpi_tui.views.charts import Chart
from kpi_tui.views.view import Sentence, Sheet, View

CHART_ROOM, CHART_ROWS = 24, 5
"""Cells and lines of a chart in a pane, its title and axis included."""
WIDER = 12
"""Cells for each of which a chart in a pane is a line higher."""
NAMES, GAP = 12, 2
"""Cells that names beside numbers keep as long as a number can leave; cells between two of them."""
CHART_STYLES = {
    "title": "bold",
    "label": "dim",
    "line": "$primary",
    "last": "bold $primary",
    "target": "$text-success",
    "band": "dim",
    "bar": "$primary",
    "total": "$primary",
    "weak": "bold $text-error",
    "shade": "$primary",
}
STYLES = {
    "weak": "bold $text-error",
    "near": "$text-warning",
    "good": "$text-success",
    "muted": "dim",
    "strong": "bold",
}
Part = tuple[str, str]


def content(view: View, indent: str = "", room: int = CHART_ROOM, *, ascii_only: bool = False) -> Content:
    """The whole view from top to bottom; `indent` before the lines below a title, charts of `room` cells."""
    return Content.assemble(*parts_of(view, indent, room, ascii_only=ascii_only))


def parts_of(view: View, indent: str = "", room: int = CHART_ROOM, *, ascii_only: bool = False) -> list[Part]:
    """The same as texts with their styles; no empty line above the first."""
    parts: list[Part] = [(f"{both(view.title)}\n", "bold")] if translate(view.title) else []
    parts += [(f"{text}\n", STYLES.get(said.tone, "")) for said in view.sentences if (text := spoken(said))]
    first, *others = (*view.sheets,) or (None,)
    parts += _sheet(first, indent, room) if first else []
    for chart in view.charts:
        parts += chart_parts(chart, room, CHART_ROWS + room // WIDER, ascii_only=ascii_only)
    for sheet in others:
        parts += [] if sheet is None or translate(sheet.title) else [("\n", "")]
        parts += _sheet(sheet, indent, room) if sheet else []
    return [(text.lstrip("\n") if place == 0 else text, style) for place, (text, style) in enumerate(parts)]


def spoken(sentence: Sentence) -> str:
    """A sentence of a screen: told briefly, with what can be pressed."""
    text, hint = translate(sentence.word, brief=True), translate(sentence.hint, brief=True)
    return clean(_("{said}: {hint}", said=text, hint=hint) if hint else text)


def both(title: Word) -> str:
    """A name in both languages, the one in force first; any other title as it is."""
    return clean(title.both(language()) if isinstance(title, Text) else translate(title, brief=True))


def _sheet(sheet: Sheet, indent: str, room: int) -> list[Part]:
    """A title and its lines: what the cells say, side by side; numbers below each other in `room` cells."""
    parts: list[Part] = [(f"\n{clean(translate(sheet.title))}\n", "bold")] if translate(sheet.title) else []
    before = [(indent, "")] if parts and indent else []
    sheet, lines = _in_columns(sheet, room)
    for row, texts in zip(sheet.rows, lines, strict=True):
        told = [(text, STYLES.get(tone(cell), "")) for cell, text in zip(row.cells, texts, strict=True) if text]
        parts += [*before, *((f"{text}  ", style) for text, style in told[:-1])] + [
            (f"{text}\n", style) for text, style in told[-1:]
        ]
    return parts


def _in_columns(sheet: Sheet, room: int) -> tuple[Sheet, list[list[str]]]:
    """What the cells of each line say: numbers below each other, as many of them as leave the names room.

    Words behind the last of them are whole: nothing stands behind, and the pane breaks the line.
    """
    texts = [[clean(drawn(cell, brief=True)) for cell in row.cells] for row in sheet.rows]
    if not texts or not any(column.right for column in sheet.columns):
        return sheet, texts
    wide = [max(map(width, column)) for column in zip(*texts, strict=True)]
    names = room - sum(cells + GAP for cells, column in zip(wide, sheet.columns, strict=True) if column.right)
    if names < min(NAMES, wide[0]) and (leaves := max(sheet.columns, key=lambda column: column.drop)).drop:
        return _in_columns(sheet.only(*(column.key for column in sheet.columns if column is not leaves)), room)
    cells = [
        min(names, cells) if not column.right else cells for cells, column in zip(wide, sheet.columns, strict=True)
    ]
    sides: list[Align] = ["right" if column.right else "left" for column in sheet.columns]
    last = len(sides) - 1 if sides[-1] == "left" else len(sides)
    return sheet, [
        [one[0] if place == last else fit(*one) for place, one in enumerate(zip(line, cells, sides, strict=True))]
        for line in texts
    ]


def chart_parts(
    chart: Chart, room: int = CHART_ROOM, rows: int = CHART_ROWS, *, ascii_only: bool = False
) -> list[Part]:
    """A chart below its name, behind an empty line; nothing where nothing is known of it."""
    lines = chart_lines(chart, room, rows, ascii_only=ascii_only)
    parts = [("\n", "")] if lines else []
    for line in lines:
        parts += [*((text, CHART_STYLES.get(part, "")) for text, part in line), ("\n", "")]
    return parts
