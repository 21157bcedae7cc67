"""The whole HTML file: head, one section a view, and where the numbers come from at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from kpi_tui.render.charts.as_svg import chart_picture
from kpi_tui.render.drawn import drawn, shade, tail, tone
from kpi_tui.render.svg_marks import bar, signed_bar, spark
from kpi_tui.render.tails import is_figure, tails
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import language
from kpi_tui.text.phrase import Word, translate
from kpi_tui.views.cells import BarCell, Cell, SignedBarCell, SparkCell
from kpi_tui.views.charts import Chart
from kpi_tui.views.view import Column, Row, Sentence, Sheet, View

WHOLE = 15
"""Rows of a table that is printed on one page, not over two."""
_FORMULA = ("=", "+", "-", "@")
_UNSEEN = "\u200b"
_LANGUAGES = {"en": "en", "zh": "zh-Hans"}


def render(view: View, origin: Sheet | None = None) -> str:
    """One view as a page of its own."""
    return document(view.title or _first_title(view), [view], origin)


def document(title: Word, views: Sequence[View], origin: Sheet | None = None) -> str:
    """Several views under one title; `origin` is said at the foot."""
    name = said(title) or "kpi-tui"
    style = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    body = [f"<h1>{name}</h1>", *(_section(view, name) for view in views)]
    foot = [f"<footer>{_sheet(origin)}</footer>"] if origin else []
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{_LANGUAGES[language()]}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta name="color-scheme" content="light dark"><title>{name}</title>',
            f"<style>{style}</style></head>",
            "<body>",
            *body,
            *foot,
            "</body></html>\n",
        ]
    )


def said(word: Word) -> str:
    """A word in the language in force, cleaned, as text of HTML."""
    return _text(translate(word))


def _text(text: str) -> str:
    """As text of HTML; what is not seen stands before what a spreadsheet that opens the page would run."""
    cleaned = clean(text)
    return escape(_UNSEEN + cleaned if cleaned.lstrip().startswith(_FORMULA) else cleaned)


def _first_title(view: View) -> Word:
    return next((sheet.title for sheet in view.sheets if sheet.title), "")


def _section(view: View, shown: str) -> str:
    """Title (unless the page says it already), sentences, sheets, charts."""
    title = said(view.title)
    parts = [f"<h2>{title}</h2>"] if title and title != shown else []
    parts += [_sentence(sentence) for sentence in view.sentences]
    for sheet in view.sheets:
        parts.append(_sheet(sheet, said(sheet.title) != shown))
        parts += [_chart(one) for one in view.charts_of(sheet)]
    parts += [_chart(one) for one in view.own_charts()]
    return f"<section>{''.join(parts)}</section>"


def _sentence(sentence: Sentence) -> str:
    text = said(sentence.word)
    css = " ".join(filter(None, (sentence.tone, "headline" if sentence.key == "score" else "")))
    return f'<p class="{css}">{text}</p>' if css and text else f"<p>{text}</p>" if text else ""


def _sheet(sheet: Sheet, titled: bool = True) -> str:
    parts = [f"<h3>{said(sheet.title)}</h3>"] if titled and said(sheet.title) else []
    if sheet.rows:
        parts.append(_table(sheet))
    return "".join([*parts, *(_sentence(note) for note in sheet.notes)])


def _table(sheet: Sheet) -> str:
    places = _places(sheet)
    columns = [sheet.columns[place] for place in places]
    titles = [said(column.title) for column in columns]
    pairs = zip(columns, titles, strict=True)
    head = "".join(f'<th scope="col"{_side(column)}>{title}</th>' for column, title in pairs)
    marks = tails(sheet.rows, sheet.columns)
    rows = "".join(_row(row, sheet.columns, places, marks) for row in sheet.rows)
    header = f"<thead><tr>{head}</tr></thead>" if any(titles) else ""
    css = "wide whole" if len(sheet.rows) <= WHOLE else "wide"
    return f'<div class="{css}"><table>{header}<tbody>{rows}</tbody></table></div>'


def _places(sheet: Sheet) -> list[int]:
    """The columns with something in them."""
    shown = sheet.shown()
    lines = [row for row in sheet.rows if row.cells]
    return [place for place in shown if any(_cell(row.cells[place]).strip() for row in lines)] if lines else shown[:1]


def _row(row: Row, columns: Sequence[Column], places: Sequence[int], marks: Sequence[str]) -> str:
    if not row.cells:
        return f'<tr class="heading"><td colspan="{max(len(places), 1)}">{said(row.heading).strip("─ ")}</td></tr>'
    cells = "".join(_td(row.cells[place], columns[place], marks[place]) for place in places)
    kind = f' class="{row.kind}"' if row.kind != "line" else ""
    return f"<tr{kind}>{cells}</tr>"


def _td(cell: Cell, column: Column, widest: str) -> str:
    return f"<td{_side(column, tone(cell), shade(cell))}>{_marked(cell, widest)}</td>"


def _side(column: Column, tone_: str = "", dark: int = 0) -> str:
    css = " ".join(filter(None, ("right" if column.right else "", tone_, f"shade-{dark}" if dark else "")))
    return f' class="{css}"' if css else ""


def _marked(cell: Cell, widest: str) -> str:
    """The marks of a number in a box as wide as the widest of its column, so that digits stand below digits."""
    text = _cell(cell)
    if not widest or not text or not is_figure(cell):
        return text
    own = escape(clean(tail(cell)))
    return f'{text.removesuffix(own)}<span class="tail" data-widest="{escape(widest)}">{own}</span>'


def _cell(cell: Cell) -> str:
    match cell:
        case BarCell():
            return bar(cell) if cell.share is not None or cell.target else ""
        case SignedBarCell():
            return signed_bar(cell) if cell.value is not None else ""
        case SparkCell():
            return spark(cell.series) if any(point.value is not None for point in cell.series.points) else ""
        case _:
            return escape(clean(drawn(cell))) if is_figure(cell) else _text(drawn(cell))


def _chart(one: Chart) -> str:
    drawn_chart, _high = chart_picture(one)
    return f"<h3>{said(one.title)}</h3>{drawn_chart}" if drawn_chart else ""
