"""The Library calls columns and tables by their names; a metric of no AARRR stage has a dash, not a word of a file."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.answers.baseline import Baseline
from kpi_tui.definitions.answers.page import BaselineRow, BaselinesFound
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.page import BaselinePart
from kpi_tui.definitions.period import Period
from kpi_tui.render.drawn import drawn
from kpi_tui.render.formats import render
from kpi_tui.text.i18n import speaking
from kpi_tui.views.library.metric_list import MetricFacts, metrics_sheet
from kpi_tui.views.library.metric_page import metric_page
from kpi_tui.views.page.sheets import baselines
from kpi_tui.views.view import View
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


def test_the_steps_of_a_page_name_their_tables_and_csv_keeps_the_ids(tmp_path: Path) -> None:
    space = Shop(tmp_path / "ws").has("orders", orders()).says(extends="standard").book().workspace
    value = Value("aov", Period.parse("2026-10"), 1.0)
    row = BaselineRow("aov", Baseline(value, None, None), tables=("orders", "guide_customers"))
    part = BaselinePart(metrics=("aov",), market=True)
    view = View(sheets=(baselines(part, BaselinesFound((row,)), space),))
    with speaking("zh"):
        assert "guide_customers" in render(view, "csv")
        told = render(view, "table", width=200)
    assert "guide_customers" not in told
    assert "订单、" in told
