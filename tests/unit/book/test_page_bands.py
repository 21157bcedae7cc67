"""The middle of a band on a page is called what it is: a mean only where a tolerance makes one (R089)."""

from __future__ import annotations

from kpi_tui.definitions.period import Period
from kpi_tui.text.phrase import translate
from kpi_tui.views.cells import NumberCell
from kpi_tui.views.page.section import section
from tests.workspaces import Shop, orders

PAGE = """[pages.own]
name = "Own"
[[pages.own.sections]]
id = "robust"
kind = "baseline"
metrics = ["paid_amount"]
[[pages.own.sections]]
id = "steps"
kind = "baseline"
metrics = ["paid_amount"]
tolerance = 0.1
"""
SOLD = orders(
    ("o1", "ann", "2026-01-01 10:00:00", 10),
    ("o2", "ann", "2026-02-09 10:00:00", 20),
    ("o3", "ann", "2026-03-09 10:00:00", 90),
    ("o4", "ann", "2026-04-09 10:00:00", 30),
)


def test_r089_the_median_of_a_robust_band_is_not_called_a_mean(shop: Shop) -> None:
    """January to March, 10, 20, 90: the median is 20, the mean (10 + 20 + 90) / 3 = 40."""
    made = shop.has("orders", SOLD).says(as_of="2026-04-30").defines("pages/own.toml", PAGE)
    book = made.book()
    answer = book.pages.of("own", Period.parse("2026-04"))
    heads = {}
    for one in answer.sections:
        sheet, _ = section(one, answer, book.workspace)
        place = [column.key for column in sheet.columns].index("baseline")
        cell = sheet.rows[0].cells[place]
        assert isinstance(cell, NumberCell)
        heads[one.section.id] = (translate(sheet.columns[place].title), cell.value)
    assert heads == {"robust": ("Middle", 20), "steps": ("Own mean", 40)}
