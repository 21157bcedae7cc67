"""Which festivals stand below a chart: those whose own day lies in the period."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from kpi_tui.render.charts.as_svg import chart_picture
from kpi_tui.text.phrase import translate
from kpi_tui.views.cells import Point, Series
from kpi_tui.views.charts import LineChart
from kpi_tui.views.festival_marks import festival_mark, festivals_of
from kpi_tui.views.scores.scorecard_line import line_detail
from tests.tui.fake_book import PERIOD, FakeBook


@pytest.mark.parametrize(
    ("period", "marks"),
    [
        ("2026-11", "11.11/Black Fri/Cyber Mon"),  # 11, 27 and 30 November 2026
        ("2026-W46", "11.11"),  # 9 to 15 November
        ("2026-W45", ""),  # its days before the day itself are no mark
        ("2026-02-17", "Lunar NY"),
        ("2026-Q4", ""),
        ("28d-2026-11-15", ""),
    ],
)
def test_a_period_bears_the_festivals_of_its_days(demo: Book, period: str, marks: str) -> None:
    shown = festival_mark(Period.parse(period), demo.workspace)
    found = [one for one in translate(shown).split("/") if one]
    assert set(marks.split("/")) - {""} <= set(found)
    assert bool(found) == bool(marks)


def test_a_picture_has_them_too() -> None:
    series = Series((Point("2026-10", 1.0), Point("2026-11", 2.0, mark="11.11"), Point("2026-12", 3.0)))
    picture, _ = chart_picture(LineChart("x", series))
    plain, _ = chart_picture(LineChart("x", replace(series, points=tuple(replace(p, mark="") for p in series.points))))
    assert ">11.11</text>" in picture and ">11.11</text>" not in plain


def test_the_trend_of_a_line_has_them_in_its_pane(demo: Book) -> None:
    book = FakeBook()
    card = book.scorecard("operations", PERIOD.shift(1))  # June to November
    (chart,) = line_detail(card.lines[0], card, replace(book.workspace, festivals=demo.workspace.festivals)).charts
    marks = [translate(point.mark) for point in chart.series.points]
    assert marks[0] == "618/Dragon Boat" and "11.11" in marks[5], "18 and 19 June, 11 November"


def test_a_trend_without_room_for_marks_names_them_behind_their_periods(demo: Book) -> None:
    periods = [Period.parse("2026-05"), Period.parse("2026-06"), Period.parse("2026-W46")]
    told = translate(festivals_of(periods, demo.workspace))
    assert told.endswith("2026-06 618/Dragon Boat · 2026-W46 11.11")
    assert translate(festivals_of([Period.parse("2026-Q3")], demo.workspace)) == ""
