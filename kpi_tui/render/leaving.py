"""A View as it leaves the program: without what is for who sits at it, and without what would be empty there."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.text.phrase import Word, is_empty, without_asides
from kpi_tui.views.cells import Cell, Exact, Plain, TextCell
from kpi_tui.views.charts import known
from kpi_tui.views.view import Row, Sentence, Sheet, View


def leaving(view: View) -> View:
    """No command to type and no number of a rule in its words; no chart without a value."""
    charts = known(view.charts)
    sheets = tuple(leaving_sheet(sheet) for sheet in view.sheets)
    return replace(view, sentences=_sentences(view.sentences), sheets=sheets, charts=charts)


def holds_anything(view: View) -> bool:
    """Whether a document has more to show of it than its title."""
    said = any(not is_empty(sentence.word) for sentence in view.sentences)
    return said or bool(view.charts) or any(sheet.rows or sheet.notes for sheet in view.sheets)


def leaving_sheet(sheet: Sheet) -> Sheet:
    """Its rows and notes without what is for who sits at the program."""
    return replace(sheet, rows=tuple(_row(row) for row in sheet.rows), notes=_sentences(sheet.notes))


def _sentences(found: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    return tuple(replace(one, word=without_asides(one.word)) for one in found)


def _row(row: Row) -> Row:
    return replace(row, cells=tuple(_cell(cell) for cell in row.cells), heading=without_asides(row.heading))


def _cell(cell: Cell) -> Cell:
    if not isinstance(cell, TextCell):
        return cell
    return replace(cell, word=without_asides(cell.word), exact=_exact(cell.exact))


def _exact(kept: Plain | Word | Exact) -> Plain | Word | Exact:
    return kept if kept is None or isinstance(kept, int | float | str | Exact) else without_asides(kept)
