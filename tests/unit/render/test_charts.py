"""Charts as SVG and in a terminal: the same bars, to scale, with the same numbers; beside the sheet that they draw."""

from __future__ import annotations

import re

from kpi_tui.render.formats import render
from kpi_tui.views.cells import NumberCell, text
from kpi_tui.views.charts import BarChart, HeatMap, HeatRow, plain_bar, stacked_bar, waterfall
from kpi_tui.views.view import Column, View, sheet

SHEET = sheet([Column("name"), Column("value", right=True)], [[text("a"), NumberCell(1.0)]], "Table", key="lines")
RECT = re.compile(r'<rect class="plain" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"')


def rects(chart: BarChart) -> list[tuple[float, float]]:
    return [(float(x), float(wide)) for x, wide in RECT.findall(render(View("V", charts=(chart,)), "svg"))]


def test_bars_of_a_picture_are_to_scale() -> None:
    (_x, long), (_y, short), (_z, hair) = rects(
        BarChart(
            "C", tuple(plain_bar(name, NumberCell(value)) for name, value in (("a", 200.0), ("b", 50.0), ("c", 0.001)))
        )
    )
    assert abs(long / short - 4) < 0.01 and hair == 0.5


def test_steps_of_a_waterfall_begin_where_the_one_before_ended() -> None:
    """40 + 8 − 10: the step up begins at the end of the first total, the step down ends at the last one's."""
    steps = [("b", NumberCell(8.0)), ("c", NumberCell(-10.0))]
    first, up, down, last = rects(waterfall("W", ("A", NumberCell(40.0)), steps, ("D", NumberCell(38.0))))
    assert abs(up[0] - (first[0] + first[1])) < 0.11
    assert abs(down[0] - (last[0] + last[1])) < 0.11 and first[0] == last[0]
    assert abs(up[1] / down[1] - 0.8) < 0.01


def test_parts_of_a_stacked_bar_have_their_names_and_differ_in_darkness() -> None:
    chart = BarChart("S", (stacked_bar("x", [3.0, 1.0]),), parts=("Web", "App"))
    drawn = render(View("V", charts=(chart,)), "svg")
    assert "Web" in drawn and "App" in drawn
    assert len(set(re.findall(r'fill-opacity="([\d.]+)"', drawn))) == 2
    told = render(View(charts=(chart,)), "table", width=60)
    assert "█ Web  ▓ App" in told and "x │█" in told


def test_a_chart_stands_below_its_sheet() -> None:
    bars = BarChart("Bars", (plain_bar("a", NumberCell(1.0)),), key="lines")
    view = View("V", sheets=(SHEET, sheet([Column("name")], [[text("z")]], "Other")), charts=(bars,))
    for form in ("table", "html", "svg"):
        told = render(view, form)
        assert told.index("Table") < told.index("Bars") < told.index("Other")


def test_a_heat_map_is_the_sheet_itself_with_signs_behind_its_numbers() -> None:
    cells = [
        [NumberCell(0.5, "percent", shade=1.0)],
        [NumberCell(0.1, "percent", shade=0.2)],
        [NumberCell(0.05, "percent")],
    ]
    table = sheet([Column("share", right=True)], cells, key="cohorts")
    drawn = HeatMap(
        "Who stays", ("+1",), (HeatRow("2026-10", None, (NumberCell(0.5, "percent", shade=1.0),)),), key="cohorts"
    )
    lines = render(View(sheets=(table,), charts=(drawn,)), "table", width=60).splitlines()
    assert lines == ["50.0 % █", "10.0 %", " 5.0 %"]


def test_ascii_when_asked() -> None:
    chart = BarChart("S", (stacked_bar("x", [3.0, 1.0], NumberCell(4.0)),), parts=("Web", "App"))
    assert render(View(charts=(chart,)), "table", width=60, ascii_only=True).isascii()


def test_a_table_says_how_many_columns_a_narrow_terminal_leaves_out() -> None:
    columns = [
        Column("name"),
        Column("one", "The first of the numbers", right=True, drop=1),
        Column("two", "The second of the numbers", right=True),
    ]
    table = sheet(columns, [[text("a"), NumberCell(1.0), NumberCell(2.0)]])
    assert "… 1 column finds no room here" in render(View(sheets=(table,)), "table", width=40)
    assert "…" not in render(View(sheets=(table,)), "table", width=60)
