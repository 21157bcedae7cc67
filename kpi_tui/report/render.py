"""One report in the format asked for."""

from __future__ import annotations

from typing import Literal, get_args

from kpi_tui.report.sheet import Report

Format = Literal["table", "json", "csv", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)


def render(report: Report, form: Format, *, width: int | None = None, colour: bool = False) -> str:
    """The text for stdout. `width` and `colour` are for tables on a terminal."""
    if form == "json":
        from kpi_tui.report import as_json

        return as_json.render(report)
    if form == "csv":
        from kpi_tui.report import as_csv

        return as_csv.render(report)
    if form == "md":
        from kpi_tui.report import as_markdown

        return as_markdown.render(report)
    from kpi_tui.report import as_table

    return as_table.render(report, as_table.Paper(width, colour))
