"""A small View that holds every kind of cell, and what is hostile or missing in each: for the golden files."""

from __future__ import annotations

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.text import Text
from kpi_tui.views.cells import (
    AttainmentCell,
    BarCell,
    ChangeCell,
    NumberCell,
    Point,
    Series,
    SignedBarCell,
    SparkCell,
    StateCell,
    TextCell,
)
from kpi_tui.views.charts import LineChart
from kpi_tui.views.view import Column, Row, Sentence, View, sheet

COLUMNS = [
    Column("state", width=1),
    Column("name", Text("Name", "名称")),
    Column("actual", Text("Actual", "实际"), right=True),
    Column("share", Text("Reached", "完成率"), right=True),
    Column("change", Text("Change", "变化"), right=True),
    Column("bar", Text("Bar", "进度"), width=6, csv=False),
    Column("side", Text("Side", "正负"), width=7),
    Column("trend", Text("Trend", "走势"), width=5, csv=False),
    Column("note", Text("Note", "备注"), drop=1),
    Column("code", hidden=True),
]

MONTHS = Series(
    (Point("2026-08", 1.0, 2.0), Point("2026-09", None, 2.0), Point("2026-10", 3.0), Point("2026-11", 5.0, None, True))
)

ONE = Series((Point("2026-10", 2.0),))
STEADY = Series(
    (
        Point("2026-08", 0.92),
        Point("2026-09", 0.95),
        Point("2026-10", 0.93),
        Point("2026-11", 0.5, partial=True),
    ),
    "percent",
)
"""A narrow band: its axis holds a twentieth of the largest, 0.9025 … 0.95; 0.92 stands at 0.368, 0.93 at 0.579."""

WEAK = (
    StateCell("weak"),
    TextCell(Text("=1+1 | new *buyers* <b>", "=1+1 | 新*买家* <b>")),
    NumberCell(0.35, "percent", "weak"),
    AttainmentCell(0.9996),
    ChangeCell(-0.125),
    BarCell(0.9996, "weak", target=True),
    SignedBarCell(-4.0, 6.0),
    SparkCell(MONTHS),
    TextCell(Text("first", "第一")),
    TextCell("c1", exact="id-1"),
)
UNKNOWN = (
    StateCell("unknown"),
    TextCell("a\x1b[31mb"),
    NumberCell(None, "currency", "muted", reason=Reason.NO_DATA),
    AttainmentCell(None),
    ChangeCell(None),
    BarCell(None),
    SignedBarCell(None, 6.0),
    SparkCell(ONE),
    TextCell(),
    TextCell("c2", exact=None),
)
NEAR = (
    StateCell("near"),
    TextCell("_id_"),
    NumberCell(-2.5, "ratio", "changed", signed=True, before="✎", after="¹"),
    AttainmentCell(None, blank=True),
    ChangeCell(None, blank=True),
    BarCell(0.5),
    SignedBarCell(1.0, 6.0),
    SparkCell(STEADY),
    TextCell(),
    TextCell("c3", exact=7),
)
UNJUDGED = (
    StateCell("none", code="plain"),
    TextCell("d", "muted"),
    NumberCell(None, blank=True),
    AttainmentCell(0.5),
    ChangeCell(0.0001),
    BarCell(None, target=True),
    SignedBarCell(0.0, 6.0),
    SparkCell(Series((Point("2026-10", None),))),
    TextCell(),
    TextCell("c4"),
)
TOTAL = (
    StateCell("on_target"),
    TextCell(Text("All", "合计")),
    NumberCell(1161817.38, "currency", partial=True),
    AttainmentCell(1.2),
    ChangeCell(3.0, points=True),
    BarCell(1.2, "good", target=True),
    SignedBarCell(6.0, 6.0),
    SparkCell(Series((Point("2026-08", 2.0), Point("2026-09", 1.0), Point("2026-10", 3.0)))),
    TextCell(),
    TextCell("c5"),
)

VIEW = View(
    Text("Board", "看板"),
    (Sentence(Text("One line is weak.", "一行偏低。"), "weak"),),
    (
        sheet(
            COLUMNS,
            [
                Row("head", heading=Text("Growth", "增长")),
                Row("weak", WEAK),
                Row("unknown", UNKNOWN),
                Row("near", NEAR),
                Row("unjudged", UNJUDGED),
                Row("total", TOTAL, total=True),
            ],
            Text("Lines", "各行"),
            [Text("¹ held at 100 %", "¹ 按 100 % 计")],
            "lines",
        ),
    ),
    (LineChart(Text("Orders", "订单"), MONTHS),),
    {
        "name": Text("All", "合计"),
        "value": 1161817.38,
        "whole": 3.0,
        "reason": None,
        "partial": True,
        "texts": ["a\x1b[31mb", "x\u202ey\x7f", "\U000e0041", "客单价"],
    },
)
