"""The Library calls columns and tables by their names; a metric of no AARRR stage has a dash, not a word of a file."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.render.drawn import drawn
from kpi_tui.text.i18n import speaking
from kpi_tui.views.library.metric_list import MetricFacts, metrics_sheet
from kpi_tui.views.library.metric_page import metric_page
from tests.workspaces import Shop, orders


def test_the_library_speaks_of_names_in_chinese(tmp_path: Path) -> None:
    space = Shop(tmp_path / "ws").has("orders", orders()).says(extends="standard").book().workspace
    metric = space.metrics["courses_completed"]
    facts = MetricFacts(tables=("trainings",))
    with speaking("zh"):
        row = metrics_sheet([metric], lambda _id: facts, space).only("stage").rows[0]
        page = [" ".join(map(drawn, row.cells)).strip() for row in metric_page(metric, facts, space).sheets[0].rows]
    assert drawn(row.cells[0]) == "—"
    assert "数据表 培训学习" in page
    assert "阶段 员工成长" in page
    assert not any("staff_id" in line or "none" in line for line in page)
