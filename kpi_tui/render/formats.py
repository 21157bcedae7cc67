"""One View in the format asked for: text for a terminal or a pipe, a document for a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from kpi_tui.render.leaving import holds_anything, leaving
from kpi_tui.text.number_form import plain_numbers
from kpi_tui.text.phrase import Word
from kpi_tui.views.view import Sheet, View

Format = Literal["table", "json", "csv", "md", "html", "xlsx", "svg"]
FORMATS: tuple[Format, ...] = get_args(Format)
DOCUMENTS: tuple[Format, ...] = ("md", "html", "xlsx", "svg")
"""Formats that leave the program and say where their numbers come from."""
_LEAVING: tuple[Format, ...] = (*DOCUMENTS, "csv")

_SUFFIXES: dict[str, Format] = {
    ".json": "json",
    ".csv": "csv",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".svg": "svg",
    ".txt": "table",
}


def format_of(file: Path) -> Format | None:
    """The format that a file's name asks for; None when it asks for none."""
    return _SUFFIXES.get(file.suffix.lower())


def render(
    view: View,
    form: Format,
    *,
    width: int | None = None,
    colour: bool = False,
    ascii_only: bool = False,
    origin: Sheet | None = None,
) -> str:
    """The text of every format but xlsx. `width`, `colour` and `ascii_only` are for tables on a terminal."""
    if form in _LEAVING:
        view = leaving(view)
    if form == "json":
        from kpi_tui.render import json

        with plain_numbers():
            return json.render(view)
    if form == "csv":
        from kpi_tui.render import csv

        with plain_numbers():
            return csv.render(view)
    if form == "md":
        from kpi_tui.render import markdown

        return markdown.render(view, origin)
    if form == "html":
        from kpi_tui.render.html import page

        return page.render(view, origin)
    if form == "svg":
        from kpi_tui.render import svg

        return svg.render(view, origin)
    from kpi_tui.render import table

    return table.render(view, table.Paper(width, colour, ascii_only))


def document_bytes(
    title: Word, views: Sequence[View], form: Format, data: object, origin: Sheet | None = None
) -> bytes:
    """Several views as one document: html, xlsx, md, svg, a table, or `data` as JSON."""
    if form in _LEAVING:
        views = [one for view in views if holds_anything(one := leaving(view))]
    if form == "xlsx":
        from kpi_tui.render import xlsx

        return xlsx.render(views, origin)
    if form == "html":
        from kpi_tui.render.html import page

        text = page.document(title, views, origin)
    elif form == "md":
        from kpi_tui.render import markdown

        text = markdown.document(title, views, origin)
    elif form == "svg":
        from kpi_tui.render import svg

        text = svg.document(title, views, origin)
    elif form == "json":
        text = render(View(data=data), form)
    else:
        text = "\n".join(render(view, form) for view in (View(title), *views, View(sheets=(origin,) if origin else ())))
    return text.encode("utf-8", "backslashreplace")


def file_bytes(view: View, form: Format, origin: Sheet | None = None) -> bytes:
    """What a file of that format holds. UsageError for xlsx without its package."""
    if form == "xlsx":
        from kpi_tui.render import xlsx

        return xlsx.render([leaving(view)], origin)
    return render(view, form, origin=origin).encode("utf-8", "backslashreplace")
