"""Of days up to a day nothing is agreed: neither the line nor the sheet of targets asks for one."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.calendar import Grain
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.phrase import translate
from kpi_tui.views.scores.scorecard_line import why_unknown
from kpi_tui.views.targets.targets import cell_sentence
from tests.workspaces import Shop, orders

ROLE = """
[roles.sales]
name = "Sales"
[[roles.sales.lines]]
metric = "paid_amount"
weight = 100
"""


def test_a_year_to_date_asks_for_no_target(tmp_path: Path) -> None:
    rows = orders(("o1", "ann", "2026-01-03 10:00:00", 30.0))
    shop = Shop(tmp_path / "ws").has("orders", rows, complete_until="2026-03-31").says(as_of="2026-03-31")
    book = shop.defines("roles/own.toml", ROLE).book()
    month, year = book.period("2026-03"), book.period("current", Grain.YTD)
    key = TargetKey("sales", "paid_amount")

    def told(period: Period) -> tuple[str, str]:
        line = book.scores.scorecard("sales", period).lines[0]
        sentence = why_unknown(line, book.workspace)
        return translate(sentence.word), translate(cell_sentence(key, None, period, book.workspace))

    assert told(month)[0] == "No target yet" and "Enter sets one" in told(month)[1]
    assert told(year)[0] == "looked at only" and told(year)[1].endswith("· looked at only")
