"""A View as flowing text for a pane or an overlay: titles, sentences, labelled lines, charts. Plain text only."""

from __future__ import annotations

from textual.content import Content

from kpi_tui.definitions.text import Text
from kpi_tui.render.charts.as_text import chart_lines
from kpi_tui.render.drawn import drawn, tone
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _, language
from kpi_tui.text.phrase import Word, translate
from kpi_tui.views.charts import Chart
from kpi_tui.views.view import Sentence, Sheet, View

CHART_ROOM, CHART_ROWS = 24, 5
"""Cells and lines of a chart in a pane, its title and axis included."""
WIDER = 12
"""Cells for each of which a chart in a pane is a line higher."""
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
    parts += _sheet(first, indent) if first else []
    for chart in view.charts:
        parts += chart_parts(chart, room, CHART_ROWS + room // WIDER, ascii_only=ascii_only)
    for sheet in others:
        parts += _sheet(sheet, indent) if sheet else []
    return [(text.lstrip("\n") if place == 0 else text, style) for place, (text, style) in enumerate(parts)]


def spoken(sentence: Sentence) -> str:
    """A sentence of a screen: told briefly, with what can be pressed."""
    text, hint = translate(sentence.word, brief=True), translate(sentence.hint, brief=True)
    return clean(_("{said}: {hint}", said=text, hint=hint) if hint else text)


def both(title: Word) -> str:
    """A name in both languages, the one in force first; any other title as it is."""
    return clean(title.both(language()) if isinstance(title, Text) else translate(title, brief=True))


def _sheet(sheet: Sheet, indent: str = "") -> list[Part]:
    """A title and its lines: what the cells say, side by side."""
    parts: list[Part] = [(f"\n{clean(translate(sheet.title))}\n", "bold")] if translate(sheet.title) else []
    before = [(indent, "")] if parts and indent else []
    for row in sheet.rows:
        told = [(text, STYLES.get(tone(cell), "")) for cell in row.cells if (text := clean(drawn(cell, brief=True)))]
        parts += [*before, *((f"{text}  ", style) for text, style in told[:-1])] + [
            (f"{text}\n", style) for text, style in told[-1:]
        ]
    return parts


def chart_parts(
    chart: Chart, room: int = CHART_ROOM, rows: int = CHART_ROWS, *, ascii_only: bool = False
) -> list[Part]:
    """A chart below its name, behind an empty line; nothing where nothing is known of it."""
    lines = chart_lines(chart, room, rows, ascii_only=ascii_only)
    parts = [("\n", "")] if lines else []
    for line in lines:
        parts += [*((text, CHART_STYLES.get(part, "")) for text, part in line), ("\n", "")]
    return parts
