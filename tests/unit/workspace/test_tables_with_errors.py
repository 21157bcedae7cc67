"""A table that cannot be read, or whose mapping is an error, is named with file, line and what to do wherever a number
rests on it; it is never counted as a table that nobody has (R002)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.commands.base.error_messages import tell
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import Severity
from tests.workspaces import Shop, orders, users

NOT_SQL = "tables.toml:4: table orders: paid_amount = 'paid_amount +': not valid SQL: something is missing before 'AS'"


def shop_of(root: Path, **columns: str) -> Shop:
    shop = Shop(root / "ws").has("orders", orders(("o1", "u1", "2026-10-02 10:00", 10.0)), columns=columns)
    return shop.says(as_of="2026-10-31")


def test_a_table_left_out_for_its_mapping_is_named_with_its_line_where_a_number_rests_on_it(tmp_path: Path) -> None:
    book = shop_of(tmp_path, paid_amount="paid_amount +").book()
    (value,) = book.numbers.values(["paid_amount"], book.period("2026-10"))
    said = f"needs the table orders, which cannot be read: {NOT_SQL}; correct the SQL"
    assert (value.reason, str(value.detail)) == (Reason.NO_TABLE, said)
    assert {table: str(error) for table, error in book.data.unreadable().items()} == {
        "orders": f"{NOT_SQL}; correct the SQL"
    }
    errors = [issue.code for issue in book.data.check() if issue.severity is Severity.ERROR]
    assert len(errors) == 1, "the error stands once"
    assert not [issue for issue in book.data.check() if issue.code == "unread-data"], "orders.csv is the table's own"


def test_the_cost_of_a_table_left_out_for_an_error_is_not_0(tmp_path: Path) -> None:
    """30 of costs and 60 spent on advertising for one buyer are 90; without the 60, which are there, no number."""
    shop = shop_of(tmp_path).has("users", users(("u1", "2026-10-02 09:00")), complete_until="2026-10-31")
    shop.has("costs", [{"cost_id": "c1", "day": "2026-10-01", "kind": "acquisition", "amount": 30}])
    spent = [{"day": "2026-10-01", "channel_id": "ads", "pricing_model": "cpc", "spend": 60, "clicks": 3}]
    shop.has("channel_daily", spent, columns={"spend": "spend +"})
    value = shop.value("cac", "2026-10")
    assert (value.value, value.reason) == (None, Reason.NO_TABLE)
    assert "spend = 'spend +': not valid SQL" in str(value.detail)


def test_a_file_that_is_gone_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = shop_of(tmp_path)
    book = shop.has("users", users(("u1", "2026-10-02 09:00"))).book()
    (shop.root / "orders.csv").unlink()
    said = (
        f"tables.toml:2: table orders: no file matches {shop.root.resolve() / 'orders.csv'}; check `path`, and `data` "
        "in workspace.toml"
    )
    (value,) = book.numbers.values(["paid_amount"], book.period("2026-10"))
    assert str(value.detail) == f"needs the table orders, which cannot be read: {said}"
    tell(book.data.unreadable()["orders"], {})
    assert capsys.readouterr().err == f"kpi-tui: {said}\n"
