"""Sentences about data call tables, metrics and measures by their names; what is to be written keeps its id."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.text import Text
from kpi_tui.render.formats import render
from kpi_tui.text.i18n import set_language, speaking
from kpi_tui.text.phrase import translate
from kpi_tui.views.causes.drivers import drivers
from kpi_tui.views.causes.segments import segments
from kpi_tui.views.doubts import doubts
from kpi_tui.views.named_ids import NAMED, with_names
from tests.workspaces import Shop, orders

NAMES = {"orders": Text("Orders", "订单"), "paid": Text("paid amount", "已付金额")}


def test_ids_are_said_by_name_and_a_source_with_its_table() -> None:
    said = with_names(say("{table}: no rows since {day}", table="orders.sources.jd", day="2026-10-01"), NAMES, NAMED)
    assert translate(said) == "Orders · jd: no rows since 2026-10-01"
    inner = say("{said}; left out of {metric}", said=say("{measure}: no amount", measure="paid"), metric="orders")
    assert translate(with_names(inner, NAMES, NAMED)) == "paid amount: no amount; left out of Orders"


def test_what_is_to_be_written_and_what_is_no_id_stays() -> None:
    said = say("write currency in [tables.{table}] of {file}", table="orders", file="orders")
    assert translate(with_names(said, NAMES, NAMED)) == "write currency in [tables.orders] of orders"


def test_rows_left_out_and_notes_of_numbers_name_their_table_in_either_language(tmp_path: Path) -> None:
    """A row without an amount is left out, and one repeats the key of another."""
    rows = orders(("o1", "ann", "2026-03-01 10:00", 100.0), ("o1", "ann", "2026-03-01 10:00", 90.0))
    rows.append({**rows[0], "order_id": "o2", "paid_amount": "much"})
    shop = Shop(tmp_path / "ws").has("orders", rows, complete_until="2026-03-31").says(as_of="2026-03-31")
    book = shop.book()
    values = book.numbers.values(["paid_amount"], Period.parse("2026-03"))
    english = " | ".join(translate(one.word) for one in doubts(values, book.workspace))
    assert (
        "1 row left out: Orders 1" in english and "⚠ Orders: " in english and "orders" not in english.replace("{", "")
    )
    set_language("zh")
    chinese = " | ".join(translate(one.word) for one in doubts(values, book.workspace))
    set_language("en")
    assert "订单 1" in chinese and "orders" not in chinese


def test_why_a_number_cannot_be_taken_apart_is_said_with_names(shop: Shop) -> None:
    book = shop.has("orders", orders(("o1", "ann", "2026-01-31 10:00:00", 60))).book()
    period = Period.parse("2026-01")
    by_column = segments(book.segments.of("paid_amount", period, by="domain"), book.workspace)
    by_factor = drivers(book.drivers.of("aov", period), book.workspace)
    with speaking("zh"):
        said = [render(view, "table") for view in (by_column, by_factor)]
    assert all("在 2025-12 没有数值：订单 的数据覆盖" in one for one in said)
    assert not any(id_ in one for one in said for id_ in ("paid_amount", "orders", "aov"))
    assert "paid_amount has no value at 2025-12: " in render(by_column, "json")
