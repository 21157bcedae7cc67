"""One View in the format asked for."""

from __future__ import annotations

from typing import Literal, get_args

from kpi_tui.views.view import View

Format = Literal["table", "json", "csv", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)


def render(view: View, form: Format, *, width: int | None = None, colour: bool = False) -> str:
    """The text for stdout. `width` and `colour` are for tables on a terminal."""
    if form == "json":
        from kpi_tui.render import json

        return json.render(view)
    if form == "csv":
        from kpi_tui.render import csv

        return csv.render(view)
    if form == "md":
        from kpi_tui.render import markdown

        return markdown.render(view)
    from kpi_tui.render import table

    return table.render(view, table.Paper(width, colour))
