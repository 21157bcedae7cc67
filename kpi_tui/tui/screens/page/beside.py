"""What stands beside a page: the chart of the line under the cursor, and what is to be known of it and its section."""

from __future__ import annotations

from textual.content import Content

from kpi_tui.definitions.workspace import Workspace
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.view_content import content
from kpi_tui.views.charts import Chart
from kpi_tui.views.metric_meaning import meaning
from kpi_tui.views.page.one_sheet import section_of
from kpi_tui.views.view import METRIC, View


def beside(page: View, table: SheetTable, space: Workspace) -> tuple[Chart | None, Content]:
    """The chart of the line, else that of its section; the notes of the section, and what its metric means."""
    key, section = table.row_key, section_of(table.rows, table.cursor)
    pictures = {one.key: one for one in page.charts}
    sheet = page.sheet(section)
    metric = space.metrics.get(key.removeprefix(METRIC)) if key.startswith(METRIC) else None
    told = View(sentences=sheet.notes if sheet else (), sheets=meaning(metric) if metric else ())
    return pictures.get(key) or pictures.get(section), content(told)
