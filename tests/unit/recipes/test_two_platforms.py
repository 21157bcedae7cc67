"""Exports of two platforms are two sources of one table, each with its mapping, zone and currency; nothing is chosen.

The figures of each are worked out in its `right.toml`: Taobao paid 255.50 in 4 orders (net 175.50), JD 1,230 in 4 (net
230), Shopify 125 EUR in 4, Stripe 274 USD in 4.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kpi_tui import book
from kpi_tui.book import Book
from kpi_tui.definitions.answers.proposal import Proposal
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import Severity, UsageError

EXPORTS = Path(__file__).with_name("exports")
KEPT = """\
# our shop, hands off
[tables.orders]   # the old one
complete_until = 2026-10-31
path = "taobao_orders.csv"
# ids are long
[tables.orders.columns]
order_id = "订单编号"       # as printed
user_id = "买家会员名"
created_at = "订单创建时间"
paid_at = "订单付款时间"
paid_amount = "买家实际支付金额"
order_amount = "买家应付货款"
"""


def exports(folder: Path, *names: str) -> list[Path]:
    """The export files of these folders beside each other, called by their recipe."""
    found = []
    for name in names:
        (file,) = (path for path in (EXPORTS / name).iterdir() if path.name != "right.toml")
        found.append(Path(shutil.copy(file, folder / f"{name}{file.suffix}")))
    return found


def begun(folder: Path, *names: str) -> tuple[Proposal, Book]:
    proposal = book.propose(exports(folder, *names))
    book.create_workspace(folder / "ws", "shop", proposal)
    return proposal, Book.open(folder / "ws", draft=False)


def october(opened: Book, metric: str, **question: Any) -> dict[str | None, float | None]:
    values = opened.numbers.values([metric], opened.period("2026-10"), **question)
    return {value.segment: value.value for value in values}


def errors(opened: Book) -> list[str]:
    return [issue.message for issue in opened.data.check() if issue.severity is Severity.ERROR]


def test_taobao_and_jd_orders_are_added_up_and_told_apart(tmp_path: Path) -> None:
    """255.50 + 1,230 = 1,485.50; 175.50 + 230 = 405.50 net; goods come from JD alone: 8 pieces."""
    proposal, opened = begun(tmp_path, "taobao_orders", "jd_orders")
    assert not proposal.skipped
    assert errors(opened) == []
    assert october(opened, "paid_amount", by="source") == {None: 1485.5, "taobao": 255.5, "jd": 1230}
    assert october(opened, "net_sales_revenue", by="source") == {None: 405.5, "taobao": 175.5, "jd": 230}
    assert october(opened, "paid_orders") == {None: 8}
    assert opened.workspace.currency == "CNY"
    said = tomllib.loads((tmp_path / "ws" / "tables.toml").read_text(encoding="utf-8"))["tables"]
    assert {table: sorted(one.get("sources", ())) for table, one in said.items()} == {
        "orders": ["jd", "taobao"],
        "refunds": ["jd", "taobao"],
        "order_items": [],
        "products": [],
    }


def test_sources_keep_their_zone_and_currency_and_currencies_are_not_added(tmp_path: Path) -> None:
    """Taobao in CNY, Shopify in EUR: each has its amount, the sum has none; orders are counted: 4 + 4."""
    _, opened = begun(tmp_path, "taobao_orders", "shopify_orders")
    (total,) = opened.numbers.values(["paid_amount"], opened.period("2026-10"))
    assert (total.value, total.reason) == (None, Reason.UNKNOWN)
    assert october(opened, "paid_amount", by="source") == {None: None, "taobao": 255.5, "shopify": 125}
    assert october(opened, "paid_orders") == {None: 8}


def test_payments_are_not_added_to_the_orders_of_a_shop(tmp_path: Path) -> None:
    """Stripe may list the payments of the very orders that Shopify lists: 125, not 399; and it is said."""
    proposal, opened = begun(tmp_path, "shopify_orders", "stripe_payments")
    assert {table.recipe for table in proposal.tables} == {"shopify_orders"}
    assert {table.table for table in proposal.others} == {"orders", "refunds"}
    assert [str(why) for path, why in proposal.skipped if path.stem == "stripe_payments"] == [
        f"its {table} may be those of shopify_orders.csv: not added to them, so that nothing counts twice "
        "(no order number meets ('ch_1', '#1001'); amounts are in other currencies, and not compared)"
        for table in ("orders", "refunds")
    ]
    assert october(opened, "paid_amount") == {None: 125}
    left = "stripe_payments.csv is left out: its orders may be those of shopify_orders.csv"
    assert [issue.message for issue in opened.data.check() if left in issue.message], "`check` goes on asking"


TAOBAO = "订单编号,买家会员名,买家应付货款,买家应付邮费,买家实际支付金额,订单状态,订单创建时间,订单付款时间\n"
BILL = "交易时间,微信订单号,商户订单号,用户标识,交易状态,货币种类,订单金额\n"


def orders_and_bill(folder: Path, orders: list[tuple[str, str, str]], bill: list[tuple[str, str, str]]) -> list[Path]:
    """A list of orders and a bill of payments: number, amount and time of each."""
    rows = [f"{number},tb,{amount},0,{amount},交易成功,{at},{at}\n" for number, amount, at in orders]
    paid = [f"{at},42{n:05},{number},oA,SUCCESS,CNY,{amount}\n" for n, (number, amount, at) in enumerate(bill)]
    for name, text in (("orders.csv", TAOBAO + "".join(rows)), ("bill.csv", BILL + "".join(paid))):
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / "orders.csv", folder / "bill.csv"]


ONE, TWO, THREE = (
    ("7001", "10.00", "2026-10-01 10:00:00"),
    ("7002", "20.00", "2026-10-02 10:00:00"),
    ("7003", "30", "2026-10-03 09:00:00"),
)


@pytest.mark.parametrize(
    ("bill", "said"),
    [
        ([ONE, TWO, ("8001", "5", "2026-10-02 10:00:00")], "2 of 3 order numbers meet, e.g. '7001'"),
        (
            [("W1", "10", "2026-10-01 10:09:00"), ("W2", "20", "2026-10-02 10:11:00")],
            "no order number meets ('W1', '7001'); 1 of 2 payments have the amount of an order and its time within "
            "10 minutes, e.g. 10.00, 2026-10-01 10:09 | 10:00",
        ),
        (
            [("W1", "10", "2026-10-02 10:00:00"), ("W2", "21", "2026-10-03 09:00:00")],
            "no order number meets ('W1', '7001'); none of 2 payments on their common days (2026-10-02 – 2026-10-03) "
            "has the amount and time of an order; but 1 has the amount of one at most 36 hours away (a zone, a day "
            "without time), e.g. 10.00, 2026-10-02 10:00 | 2026-10-01 10:00",
        ),
        (
            [("W1", "10", "2026-11-02 10:00:00")],
            "no order number meets ('W1', '7001'); amounts are not compared, for they have no day in common "
            "(2026-11-02 | 2026-10-01 – 2026-10-03)",
        ),
    ],
)
def test_numbers_are_compared_before_two_exports_are_said_to_tell_of_the_same(
    bill: list[tuple[str, str, str]], said: str, tmp_path: Path
) -> None:
    """By hand: 7001 and 7002 stand in both; 10.00 nine minutes later, 20.00 eleven; no day of November in October."""
    proposal = book.propose(orders_and_bill(tmp_path, [ONE, TWO, THREE], bill))
    assert proposal.skipped
    assert all(path.name == "bill.csv" and str(why).endswith(f"({said})") for path, why in proposal.skipped)
    (table,) = (table for table in proposal.tables if table.table == "orders")
    assert [str(one) for one in table.confirm if f"({said})" in str(one)], "`check` goes on asking"


def test_payments_of_which_none_is_that_of_an_order_are_a_source_of_their_own(tmp_path: Path) -> None:
    """31 days: an order of 100 at ten, a payment of 7 at noon: 3,100 + 217. Nineteen of them are too few to be sure."""
    orders = [(f"7{day:03}", "100", f"2026-10-{day:02} 10:00:00") for day in range(1, 32)]
    bill = [(f"W{day}", "7", f"2026-10-{day:02} 12:00:00") for day in range(1, 32)]
    proposal = book.propose(orders_and_bill(tmp_path, orders, bill))
    book.create_workspace(tmp_path / "ws", "shop", proposal)
    opened = Book.open(tmp_path / "ws", draft=False)
    assert october(opened, "paid_amount", by="source") == {None: 3317, "taobao": 3100, "wechat_pay": 217}
    few = book.propose(orders_and_bill(tmp_path, orders, bill[:19]))
    assert {table.path.name for table in few.tables} == {"orders.csv"}


def test_check_does_not_ask_for_status_words_that_the_recipe_knows_and_the_file_has_not(tmp_path: Path) -> None:
    """The mapping of every table of an export names words of the whole trade; a typing error would be in none."""
    _proposal, opened = begun(tmp_path, "shopify_orders", "taobao_orders")
    assert [issue.message for issue in opened.data.check() if "no row has" in issue.message] == []


def test_two_exports_of_one_platform_are_not_two_sources(tmp_path: Path) -> None:
    """The list of orders and the list of goods of Taobao tell of the same orders: the first fills orders alone."""
    proposal = book.propose(exports(tmp_path, "taobao_orders", "taobao_items_alone"))
    assert [(t.table, t.recipe) for t in proposal.tables if t.table == "orders"] == [("orders", "taobao_orders")]


def test_exports_of_one_platform_with_other_columns_are_both_read(tmp_path: Path) -> None:
    """September came from the old back office without a time of payment, October with it: 30 and 255.50 paid."""
    (october_file,) = exports(tmp_path, "taobao_orders")
    (tmp_path / "september.csv").write_text(
        "订单编号,买家会员名,买家应付货款,买家应付邮费,买家实际支付金额,订单状态,订单创建时间\n"
        "99,tb09,30,0,30,交易成功,2026-09-10 10:00:00\n",
        encoding="utf-8",
    )
    proposal = book.propose([october_file, tmp_path / "september.csv"])
    assert sorted(table.source for table in proposal.tables if table.table == "orders") == ["taobao", "taobao_2"]
    book.create_workspace(tmp_path / "ws", "shop", proposal)
    opened = Book.open(tmp_path / "ws", draft=False)
    (value,) = opened.numbers.values(["paid_amount"], opened.period("2026-09"))
    assert value.value == 30


def test_a_second_platform_joins_a_workspace_whose_hand_written_words_stay(tmp_path: Path) -> None:
    """Its own mapping counts the 0 of two unpaid orders too: 110 + 45.5 + 80 + 0 + 0 + 20 = 255.50; JD adds 1,230."""
    exports(tmp_path, "taobao_orders")
    (jd,) = exports(tmp_path, "jd_orders")
    space = tmp_path / "ws"
    book.create_workspace(space, "shop", Proposal())
    (space / "workspace.toml").write_text(
        'name = "shop"\nextends = "standard"\ncurrency = "CNY"\ndata = ".."\n', encoding="utf-8"
    )
    (space / "tables.toml").write_text(KEPT, encoding="utf-8")
    proposal, _written, _said = book.add_to_workspace(space, book.propose([jd], folder=space))
    assert [(table.table, table.source) for table in proposal.tables] == [
        ("orders", "jd"),
        ("order_items", "jd"),
        ("refunds", "jd"),
        ("products", "jd"),
    ]
    after = (space / "tables.toml").read_text(encoding="utf-8")
    for line in ("# our shop, hands off", "# the old one", "# ids are long", "# as printed"):
        assert line in after
    orders = tomllib.loads(after)["tables"]["orders"]
    assert str(orders["complete_until"]) == "2026-10-31"
    before = tomllib.loads(KEPT)["tables"]["orders"]
    assert orders["sources"]["taobao"] == {key: before[key] for key in ("path", "columns")}
    opened = Book.open(space, draft=False)
    assert errors(opened) == []
    assert october(opened, "paid_amount", by="source") == {None: 1485.5, "taobao": 255.5, "jd": 1230}


def test_a_third_platform_joins_the_two(tmp_path: Path) -> None:
    """Pinduoduo beside Taobao and JD; a second Taobao export is not a fourth."""
    begun(tmp_path, "taobao_orders", "jd_orders")
    before = (tmp_path / "ws" / "tables.toml").read_text(encoding="utf-8")
    more = book.propose(exports(tmp_path, "pinduoduo_orders"), folder=tmp_path / "ws")
    proposal, _, _ = book.add_to_workspace(tmp_path / "ws", more)
    assert ("orders", "pinduoduo") in {(table.table, table.source) for table in proposal.tables}
    after = (tmp_path / "ws" / "tables.toml").read_text(encoding="utf-8")
    assert set(before.splitlines()) <= set(after.splitlines()) | {
        "[tables.order_items]",
        "[tables.order_items.columns]",
        "[tables.order_items.words]  # those the mapping knows; `kpi-tui check` names others",
    }
    sources = Book.open(tmp_path / "ws", draft=False).workspace.tables["orders"].sources
    assert set(sources) == {"taobao", "jd", "pinduoduo"}
    again = book.propose(exports(tmp_path, "taobao_orders"), folder=tmp_path / "ws")
    with pytest.raises(UsageError, match="is read as orders already"):
        book.add_to_workspace(tmp_path / "ws", again)


def test_a_statement_of_payments_is_not_added_to_a_workspace_of_orders(tmp_path: Path) -> None:
    begun(tmp_path, "shopify_orders")
    more = book.propose(exports(tmp_path, "stripe_payments"), folder=tmp_path / "ws")
    with pytest.raises(UsageError, match="nothing counts twice"):
        book.add_to_workspace(tmp_path / "ws", more)


@pytest.mark.parametrize(
    "written",
    [
        'tables.orders.path = "jd_orders.csv"\n',
        'tables = { orders = { path = "jd_orders.csv" } }\n',
        '[tables]\norders = { path = "jd_orders.csv" }\n',
    ],
)
def test_a_table_written_in_a_way_we_cannot_follow_stays_and_it_is_said(written: str, tmp_path: Path) -> None:
    exports(tmp_path, "jd_orders")
    space = tmp_path / "ws"
    book.create_workspace(space, "shop", Proposal())
    (space / "workspace.toml").write_text(
        'name = "shop"\nextends = "standard"\ncurrency = "CNY"\ndata = ".."\n', encoding="utf-8"
    )
    (space / "tables.toml").write_text(written, encoding="utf-8")
    more = book.propose(exports(tmp_path, "taobao_orders"), folder=space)
    try:
        said = " ".join(book.add_to_workspace(space, more)[2])
    except UsageError as refused:  # behind `tables = { … }` no table can stand at all
        said = str(refused)
    assert "below [tables.orders.sources.NAME]" in said
    assert tomllib.loads((space / "tables.toml").read_text(encoding="utf-8"))
    assert written.strip() in (space / "tables.toml").read_text(encoding="utf-8")


def test_goods_of_a_voided_order_are_left_out_with_it(tmp_path: Path) -> None:
    """#1003 was voided: no order and no goods of it, so that every line has its order."""
    _, opened = begun(tmp_path, "shopify_orders")
    assert not [issue.message for issue in opened.data.check() if "order_items.order_id" in issue.message]


def test_words_of_a_recipe_that_no_row_has_are_not_asked_about(tmp_path: Path) -> None:
    """Its lists name every state an order can be in; a file of six orders has few of them."""
    _, opened = begun(tmp_path, "taobao_orders", "jd_orders", "pinduoduo_orders")
    warned = [issue for issue in opened.data.check() if issue.severity is Severity.WARNING and issue.code != "confirm"]
    assert not [issue.message for issue in warned if issue.code == "unheard-word"]
    codes = {"unknown-word", "doubt:orders_without_buyer", "lines-end"}  # one of them alone tells of goods
    assert {issue.code for issue in warned} == codes
    assert all("纠纷中" in one.message or "商家延迟发货" in one.message for one in warned if one.code == "unknown-word")
