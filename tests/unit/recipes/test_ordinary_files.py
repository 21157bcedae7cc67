"""Files with ordinary headers, that no platform wrote, are not taken for its exports."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui import book
from kpi_tui.definitions.message import Message
from kpi_tui.definitions.text import Text
from kpi_tui.tables.propose.several_files.shop_names import is_part
from kpi_tui.views.data.proposal import with_questions

AMAZON = (
    "order_id,purchase_date,order_status,quantity,currency,item_price,ship_service_level",
    "1,2026-10-01T10:00:00+00:00,{},2,USD,10,Standard",
)
WOO = ("order_id,order_date,status,order_total,billing_email", "1,2026-10-01 10:00,{},25,u@x")
STRIPE = ("id,created,amount,amount_refunded,currency,status,customer_email", "1,2026-10-01 10:00,1000,0,usd,{},u@x")
TAOBAO = (
    "订单编号,买家会员名,买家实付金额,订单状态,订单创建时间,订单付款时间",
    "1,u,25,{},2026-10-01 10:00,2026-10-01 10:00",
)


def english(said: Text | Message) -> str:
    """What a person shall confirm: a recipe says it in both languages, the program by its catalogue."""
    return said.en if isinstance(said, Text) else str(said)


def taken_for(folder: Path, headers: str, row: str, words: list[str]) -> set[str]:
    """The recipes of a file with one row a word."""
    file = folder / "orders.csv"
    rows = [f"{number}{row.format(word)[1:]}" for number, word in enumerate(words, start=1)]
    file.write_text("\n".join([headers, *rows]), encoding="utf-8")
    return {table.recipe for table in book.propose([file], timezone="UTC").tables}


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (AMAZON, ["Shipped", "Shipped", "Pending"]),  # item_price is not item-price
        (WOO, ["paid", "shipped", "returned", "complete", "cancelled"]),  # 2 of 5 are words of WooCommerce
        (STRIPE, ["paid", "shipped", "refunded"]),
        (TAOBAO, ["已完成", "进行中", "已取消", "待付款"]),  # 2 of 4 are words of Taobao
    ],
)
def test_an_ordinary_file_is_read_by_its_own_words(tmp_path: Path, form: tuple[str, str], words: list[str]) -> None:
    assert taken_for(tmp_path, *form, words) == {""}


@pytest.mark.parametrize(
    ("form", "words", "recipe"),
    [
        ((AMAZON[0].replace("_", "-"), AMAZON[1]), ["Shipped", "Shipped", "Pending"], "amazon_orders"),
        (WOO, ["completed"] * 3 + ["new"] * 2, "woocommerce_orders"),  # 3 of 5 are 60 %
        (WOO, ["completed", "new"], ""),
        (TAOBAO, ["交易成功", "交易关闭", "纠纷中"], "taobao_orders"),
    ],
)
def test_most_words_of_a_status_tell_the_platform(
    tmp_path: Path, form: tuple[str, str], words: list[str], recipe: str
) -> None:
    assert taken_for(tmp_path, *form, words) == {recipe}


def test_a_zone_of_the_export_is_told_where_the_workspace_has_another(tmp_path: Path) -> None:
    """Stripe writes UTC: in Shanghai the days of its file begin at 16:00 of the day before."""
    file = tmp_path / "payments.csv"
    head = "id,Created (UTC),Amount,Amount Refunded,Currency,Status"
    file.write_text(f"{head}\nch_1,2026-10-01 16:30,10.00,0,usd,Paid", encoding="utf-8")
    told = {zone: book.propose([file], timezone=zone).tables[0].confirm for zone in ("UTC", "Asia/Shanghai")}
    said = {zone: any("taken for UTC" in english(text) for text in texts) for zone, texts in told.items()}
    assert said == {"UTC": False, "Asia/Shanghai": True}


def test_a_sum_of_several_currencies_is_none(tmp_path: Path) -> None:
    file = tmp_path / "payments.csv"
    head = "id,Created (UTC),Amount,Amount Refunded,Currency,Status"
    rows = "ch_1,2026-10-01 16:30,10.00,5.00,usd,Paid\nch_2,2026-10-01 16:30,10.00,5.00,eur,Paid"
    file.write_text(f"{head}\n{rows}", encoding="utf-8")
    said = [english(text) for table in book.propose([file], timezone="UTC").tables for text in table.confirm]
    assert any("an amount of several currencies of 2 payments is given back" in text for text in said)


def test_the_currency_is_that_of_the_files_that_are_read(tmp_path: Path) -> None:
    """Two platforms are two sources of orders, each with its currency; the workspace has that of neither."""
    taobao = tmp_path / "t.csv"
    taobao.write_text(f"{TAOBAO[0]}\n{TAOBAO[1].format('交易成功')}", encoding="utf-8")
    shopify = tmp_path / "o.csv"
    head = (
        "Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem price,Lineitem name"
    )
    shopify.write_text(f"{head}\n#1,a@x,paid,2026-10-01 10:00,USD,5,2026-10-01 10:00,1,5,Tee", encoding="utf-8")
    proposal = book.propose([shopify, taobao], timezone="UTC")
    assert {table.recipe for table in proposal.tables if table.table == "orders"} == {"shopify_orders", "taobao_orders"}
    assert {table.source: table.currency for table in proposal.tables} == {"shopify": "USD", "taobao": "CNY"}
    assert proposal.currency == ""


def test_a_file_of_several_currencies_gives_the_workspace_that_of_most_rows(tmp_path: Path) -> None:
    """Two rows in USD and one in EUR: it was CNY, of which no row says anything. A person may say another."""
    shop = tmp_path / "o.csv"
    head = (
        "Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem price,Lineitem name"
    )
    rows = (
        f"#{n},a@x,paid,2026-10-01 10:00,{code},5,2026-10-01 10:00,1,5,Tee"
        for n, code in enumerate(("USD", "EUR", "USD"))
    )
    shop.write_text("\n".join([head, *rows]), encoding="utf-8")
    proposal = with_questions(book.propose([shop], timezone="UTC"))
    (said,) = proposal.confirm
    assert isinstance(said, Text)
    assert (proposal.currency, said.en.split(":")[0]) == ("USD", "files are in USD (2) and EUR (1)")
    assert said.zh.startswith("文件里有 USD (2)")
    book.create_workspace(tmp_path / "ws", "shop", proposal)
    opened = book.Book.open(tmp_path / "ws", draft=False)
    asked = [issue.message for issue in opened.data.check() if issue.code == "confirm"]
    assert opened.workspace.currency == "USD"
    assert any("files are in USD (2) and EUR (1)" in one for one in asked)
    assert not any("no file says the currency" in one for one in asked)
    assert proposal.counted_in("GBP").currencies == {}


def test_a_month_without_the_time_of_payment_is_no_part_of_one_with_it(tmp_path: Path) -> None:
    """There nobody paid, here all whose status is not unpaid did: one mapping cannot say both."""
    head, row = TAOBAO[0], TAOBAO[1].format("交易成功")
    (tmp_path / "a.csv").write_text(f"{head}\n{row}", encoding="utf-8")
    (tmp_path / "b.csv").write_text(f"{head.rsplit(',', 1)[0]}\n{row.rsplit(',', 1)[0]}", encoding="utf-8")
    proposal = book.propose([tmp_path / "a.csv", tmp_path / "b.csv"], timezone="UTC")
    orders = next(table for table in proposal.tables if table.table == "orders")
    assert (orders.path.name, orders.more) == ("a.csv", ())
    sources = {table.source: table.path.name for table in proposal.tables if table.table == "orders"}
    assert sources == {"taobao": "a.csv", "taobao_2": "b.csv"}


def test_a_month_with_a_column_of_no_table_more_is_part_of_the_export(tmp_path: Path) -> None:
    head, row = TAOBAO[0], TAOBAO[1].format("交易成功")
    (tmp_path / "a.csv").write_text(f"{head}\n{row}", encoding="utf-8")
    (tmp_path / "b.csv").write_text(f"{head},物流单号\n2{row[1:]},sf", encoding="utf-8")
    proposal = book.propose([tmp_path / "a.csv", tmp_path / "b.csv"], timezone="UTC")
    orders = next(table for table in proposal.tables if table.table == "orders")
    assert [path.name for path in orders.more] == ["b.csv"]
    assert not proposal.skipped


def test_receivers_that_are_all_masked_are_no_buyers(tmp_path: Path) -> None:
    """张* is one name of many people: who bought is unknown, not one buyer and not none."""
    file = tmp_path / "orders.csv"
    head = "订单号,订单状态,售后状态,商家实收金额(元),商品总价(元),支付时间,收货人"
    file.write_text(
        f"{head}\n1,已收货,无,9,9,2026-10-01 10:00:00,张*\n2,已收货,无,9,9,2026-10-01 10:00:00,李*", encoding="utf-8"
    )
    orders = next(table for table in book.propose([file], timezone="UTC").tables if table.table == "orders")
    assert orders.recipe == "pinduoduo_orders"
    assert "user_id" not in orders.columns
    assert any("masked names (张*) are nobody" in english(text) for text in orders.confirm)


def test_a_status_that_nothing_reads_is_told(tmp_path: Path) -> None:
    """Beside a time of payment too: 退货入库 was paid, and nothing known gives it back."""
    file = tmp_path / "orders.csv"
    file.write_text(f"{TAOBAO[0]}\n{TAOBAO[1].format('退货入库')}", encoding="utf-8")
    (orders,) = book.propose([file], timezone="UTC").tables
    assert any("订单状态: nobody said what 退货入库 (1) means" in note for note in orders.notes)


def sheets(folder: Path, *names: str) -> list[Path]:
    """A shop's own sheet of two orders for each name, all with the same columns."""
    for number, name in enumerate(names):
        rows = (
            f"{number}{nth},C{nth},2026-10-0{nth + 1} 10:00:00,2026-10-0{nth + 1} 10:05:00,100,9{nth}" for nth in (0, 1)
        )
        text = "\n".join(["单号,客户,下单时间,付款时间,应付金额,实付金额", *rows])
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in names]


def test_sheets_that_are_called_like_two_shops_are_two_sources_and_asked_about(tmp_path: Path) -> None:
    """Two months of the east are one source, the west is another: nobody has to know `--take` for it."""
    found = book.propose(sheets(tmp_path, "east-09.csv", "west-09.csv", "east-10.csv"), timezone="UTC").tables
    sources = {
        one.source: sorted(path.name for path in (one.path, *one.more)) for one in found if one.table == "orders"
    }
    assert sources == {"east": ["east-09.csv", "east-10.csv"], "west": ["west-09.csv"]}
    asked = [english(said) for one in found for said in one.confirm if "two shops" in english(said)]
    assert asked == [
        "west-09.csv has the same columns as east-09.csv: by their names they are of two shops, so each is a source of "
        "its own (column source); if they are parts of one export, write both into one path"
    ]


@pytest.mark.parametrize(
    ("one", "other", "parts"),
    [
        ("订单导出_2026年9月.csv", "订单导出_2026年10月.csv", True),
        ("九月订单.csv", "十月订单.csv", True),
        ("orders_sep.csv", "orders (1).csv", True),
        ("2026Q1.csv", "2026Q2.csv", True),
        ("a.csv", "b.csv", True),
        ("天猫旗舰店.csv", "淘宝C店.csv", False),
        ("orders.csv", "orders_west.csv", False),
    ],
)
def test_months_and_copies_are_no_shops(one: str, other: str, parts: bool) -> None:
    assert is_part(Path(one), Path(other)) == parts


@pytest.mark.parametrize(
    ("buyers", "sql"),
    [(("张*", "李**"), None), (("张*", "王五"), "case when 收货人 like '%*%' then null else 收货人 end")],
    ids=["all", "some"],
)
def test_masked_names_of_an_own_sheet_are_nobody(buyers: tuple[str, str], sql: str | None, tmp_path: Path) -> None:
    """No column of buyers where all are masked; 王五 is the only buyer where one is not. It is said."""
    file = tmp_path / "sales.csv"
    rows = [f"A{n},2026-10-0{n},{who},9\n" for n, who in enumerate(buyers, 1)]
    file.write_text("单号,日期,收货人,金额\n" + "".join(rows), encoding="utf-8")
    (orders,) = book.propose([file], timezone="UTC").tables
    assert orders.columns.get("user_id") == sql
    assert any("收货人: masked names (张*) are nobody" in note for note in orders.notes)


def test_a_list_of_payouts_that_names_nobody_is_no_ledger_of_top_ups(tmp_path: Path) -> None:
    """A column called `Balance Transaction` says no top-up: whose it were, no row tells. With a customer it is one."""
    file = tmp_path / "payouts.csv"
    file.write_text("No,Amount,Created,Balance Transaction\n1,800,2026-10-01,t1\n2,900,2026-10-08,t2\n", "utf-8")
    assert "topup_ledger" not in {table.table for table in book.propose([file]).tables}
    file.write_text(
        "entry_id,Member ID,kind,amount,Top up time\n1,u1,topup,8,2026-10-01\n2,u2,topup,9,2026-10-08\n", "utf-8"
    )
    assert "topup_ledger" in {table.table for table in book.propose([file]).tables}
