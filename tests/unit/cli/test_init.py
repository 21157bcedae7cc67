"""`init DIR FILE…`: a proposal is shown, and written only with consent."""

from __future__ import annotations

import tomllib
from pathlib import Path

import polars as pl
import pytest

from kpi_tui.book import Book
from kpi_tui.tables.zone_of_files import zone_of
from tests.unit.cli.conftest import Run

ORDERS = """订单号,下单时间,付款时间,用户ID,实付金额
0001,2026-10-01 10:00:00,2026-10-01 10:05:00,u1,100
0002,2026-10-02 11:00:00,2026-10-02 11:05:00,u2,50
0003,2026-10-03 12:00:00,,u1,70
"""


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """An order table as a Chinese shop system exports it."""
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS, encoding="utf-8")
    return file


def test_without_consent_the_proposal_is_shown_and_nothing_is_written(run: Run, orders: Path, tmp_path: Path) -> None:
    ran = run("init", tmp_path / "shop", orders)
    assert ran.code == 2
    assert [table["table"] for table in ran.json["tables"]] == ["orders"]
    assert ran.json["written"] == []
    assert "--yes" in ran.err
    assert not (tmp_path / "shop").exists()


def test_an_accepted_proposal_becomes_a_workspace_that_answers(run: Run, orders: Path, tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    ran = run("init", shop, orders, "--yes", "--name", "小店", "--currency", "EUR", "--preset", "roles_000")
    assert ran.code == 0
    assert {Path(path).name for path in ran.json["written"]} >= {"workspace.toml", "tables.toml"}
    said = tomllib.loads((shop / "workspace.toml").read_text(encoding="utf-8"))
    assert (said["name"], said["currency"], said["extends"]) == ("小店", "EUR", "standard")
    assert run("-w", shop, "role", "list").json
    (value,) = run("-w", shop, "values", "paid_amount", "--period", "2026-10").json
    assert value["value"] == 150


def test_the_table_of_a_proposal_names_columns_found_and_not_used(run: Run, orders: Path, tmp_path: Path) -> None:
    text = run("init", tmp_path / "shop", orders, "--format", "table").out
    assert "orders from orders.csv" in text
    assert "订单号" in text


def test_yes_takes_the_roles_that_the_wizard_would_propose(run: Run, orders: Path, tmp_path: Path) -> None:
    """Orders alone give promotion and operations two lines and more; of technology's and others' none or one.

    What a role lacks of its preset stands in its file; `none` says that none is wanted, and what is there stays.
    """
    shop, bare = tmp_path / "shop", tmp_path / "bare"
    ran = run("init", shop, orders, "--yes")
    assert {role["role"] for role in run("-w", shop, "role", "list").json} == {"promotion", "operations"}
    assert "promotion: first_order_users stands in for new_users" in ran.json["notes"]
    text = (shop / "roles" / "promotion.toml").read_text(encoding="utf-8")
    assert text.startswith("# promotion: first_order_users stands in for new_users\n")
    assert run("init", bare, orders, "--yes", "--preset", "none").code == 0
    assert not (bare / "roles").exists()
    items = tmp_path / "items.csv"
    items.write_text("订单号,SKU编码,数量,单价\n0001,s1,1,100\n", encoding="utf-8")
    assert run("init", shop, items, "--yes").code == 0
    assert {role["role"] for role in run("-w", shop, "role", "list").json} == {"promotion", "operations"}
    assert run("init", bare, items, "--yes").code == 0
    assert (bare / "roles").exists()


def test_orders_without_buyers_have_posts_by_orders_and_amount_and_no_advice_against_them(
    run: Run, tmp_path: Path
) -> None:
    """What a preset chose is not advised against in the workspace it was put into; a line of one's own is."""
    file, shop = tmp_path / "sales.csv", tmp_path / "shop"
    file.write_text("单号,日期,金额\nA1,2026-10-01,20\nA2,2026-10-02,10\n", encoding="utf-8")
    assert run("init", shop, file, "--yes").code == 0
    lines = {role["role"]: [one["metric"] for one in role["lines"]] for role in run("-w", shop, "role", "list").json}
    assert lines == {"operations": ["aov", "paid_amount"], "promotion": ["paid_orders", "gmv"]}
    assert advised(run, shop) == []
    written = shop / "roles" / "promotion.toml"
    text = written.read_text(encoding="utf-8")
    assert text.count('"gmv"') == 1
    written.write_text(text.replace('"gmv"', '"net_sales_revenue"'), encoding="utf-8")
    assert advised(run, shop) == [
        "role promotion: absolute-only: judging by amounts alone lets figures grow while their quality falls",
        "role promotion: net_sales_revenue is off-focus: it serves revenue, the role aims at acquisition",
    ]


def advised(run: Run, shop: Path) -> list[str]:
    """What `check` says of the choice of metrics."""
    return [one["message"] for one in run("-w", shop, "check").json if one["code"] in ("R024", "R030", "R074")]


def test_what_stands_in_an_existing_workspace_is_never_overwritten(run: Run, shop: Path, orders: Path) -> None:
    before = (shop / "tables.toml").read_text(encoding="utf-8")
    ran = run("init", shop, orders.rename(shop / "mine.csv"), "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert "orders is mapped already" in ran.err
    assert (shop / "tables.toml").read_text(encoding="utf-8") == before


def test_an_existing_workspace_gets_the_tables_and_roles_it_lacks(run: Run, orders: Path, tmp_path: Path) -> None:
    """orders first, refunds and roles later: 150 paid, 30 given back; a comment written by hand stays where it was."""
    shop = tmp_path / "shop"
    run("init", shop, orders, "--yes")
    tables = shop / "tables.toml"
    tables.write_text("# ours, do not touch\n" + tables.read_text(encoding="utf-8"), encoding="utf-8")
    before = tables.read_text(encoding="utf-8")
    refunds = tmp_path / "refunds.csv"
    refunds.write_text("退款单号,订单号,退款时间,退款金额\nr1,0001,2026-10-05 10:00:00,30\n", encoding="utf-8")
    ran = run("init", shop, refunds, "--yes", "--preset", "roles_000")
    assert ran.code == 0
    assert [table["table"] for table in ran.json["tables"]] == ["refunds"]
    after = tables.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n"))
    (net,) = run("-w", shop, "values", "net_sales_revenue", "--period", "2026-10").json
    assert net["value"] == 120
    assert run("-w", shop, "role", "list").json


def test_a_start_that_was_killed_between_its_two_files_is_finished_by_the_next(
    run: Run, orders: Path, tmp_path: Path
) -> None:
    shop = tmp_path / "shop"
    run("init", shop, orders, "--yes")
    (shop / "tables.toml").unlink()
    assert run("init", shop, orders, "--yes").code == 0
    (value,) = run("-w", shop, "values", "paid_amount", "--period", "2026-10").json
    assert value["value"] == 150


def test_files_outside_the_data_folder_are_not_added_and_it_is_said(run: Run, orders: Path, tmp_path: Path) -> None:
    shop, far = tmp_path / "here" / "shop", tmp_path / "far"
    far.mkdir()
    (tmp_path / "here").mkdir()
    near = tmp_path / "here" / "orders.csv"
    near.write_text(ORDERS, encoding="utf-8")
    run("init", shop, near, "--yes")
    (far / "refunds.csv").write_text("退款单号,订单号,退款时间,退款金额\nr1,0001,2026-10-05,30\n", encoding="utf-8")
    ran = run("init", shop, far / "refunds.csv", "--yes")
    assert ran.code == 2
    assert "lies outside" in ran.err
    november = far / "orders_november.csv"
    november.write_text(ORDERS.replace("2026-10", "2026-11").replace("\n000", "\n100"), encoding="utf-8")
    for more in ((), ("--take", november)):
        ran = run("init", shop, november, "--yes", *more)
        assert (ran.code, ran.err.count("lies outside"), "--take FILE" in ran.err) == (2, 1, False), ran.err
    copied = near.with_name(november.name)
    copied.write_bytes(november.read_bytes())
    assert run("init", shop, copied, "--yes").code == 0
    assert run("-w", shop, "values", "paid_amount", "--period", "2026-11").json[0]["value"] == 150


def test_a_recipe_of_the_workspace_is_known_without_python(run: Run, tmp_path: Path) -> None:
    """The till writes cents and calls a taken-back sale `R`: 100 + 50 paid, 50 of it given back."""
    shop = tmp_path / "shop"
    run("init", shop, "--yes")
    (shop / "recipes").mkdir()
    (shop / "recipes" / "till.toml").write_text(
        """
        [recipes.till]
        name = "our till"
        source = "till"
        needs = ["slip", "cents", "at"]
        [recipes.till.names]
        slip = ["Slip"]
        cents = ["Cents"]
        at = ["Rung up"]
        kind = ["Kind"]
        [recipes.till.words.kind]
        sold = ["S"]
        back = ["R"]
        [recipes.till.tables.orders.columns]
        order_id = "{slip}"
        created_at = "{at:time}"
        paid_at = "{at:time}"
        paid_amount = "{cents:number} / 100.0"
        [recipes.till.tables.refunds]
        where = "{kind} in {back}"
        [recipes.till.tables.refunds.columns]
        refund_id = "{slip}"
        order_id = "{slip}"
        refunded_at = "{at:time}"
        amount = "{cents:number} / 100.0"
        """,
        encoding="utf-8",
    )
    file = shop / "till.csv"
    file.write_text(
        "Slip,Rung up,Cents,Kind\n1,2026-10-01 09:00,10000,S\n2,2026-10-02 09:00,5000,R\n", encoding="utf-8"
    )
    assert run("init", shop, file, "--yes").code == 0
    values = run("-w", shop, "values", "paid_amount", "net_sales_revenue", "--period", "2026-10").json
    assert [value["value"] for value in values] == [150, 100]


def test_a_file_that_fits_no_table_is_named_with_its_reason(run: Run, tmp_path: Path) -> None:
    (tmp_path / "poem.csv").write_text("roses,are\nred,violets\n", encoding="utf-8")
    ran = run("init", tmp_path / "shop", tmp_path / "poem.csv")
    assert [Path(item["file"]).name for item in ran.json["skipped"]] == ["poem.csv"]
    assert ran.json["skipped"][0]["why"]


def test_without_files_a_workspace_is_begun_from_scratch(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "shop").code == 0
    assert run("-w", tmp_path / "shop", "check").code in (0, 1)


def test_a_column_that_is_taken_under_its_own_name_is_shown_as_found(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("order_id,buyer,date,total\n1,u,2026-01-01,5\n", encoding="utf-8")
    text = run("init", tmp_path / "shop", file, "--format", "table").out
    assert [line.split() for line in text.splitlines() if line.startswith("order_id")] == [["order_id", "order_id"]]


def test_files_that_no_table_fits_make_no_workspace_and_say_why(run: Run, tmp_path: Path) -> None:
    ran = run("init", tmp_path / "shop", tmp_path / "none.csv", "--yes")
    assert ran.code == 4
    assert "none.csv" in ran.json["skipped"][0]["file"]
    assert not (tmp_path / "shop").exists()


def test_a_file_where_the_folder_should_be_is_said(run: Run, orders: Path, tmp_path: Path) -> None:
    ran = run("init", orders, orders, "--yes")
    assert ran.code == 2
    assert "orders.csv: cannot be made" in ran.err


def test_before_anything_is_written_the_money_of_the_mapping_is_told_by_month(
    run: Run, orders: Path, tmp_path: Path
) -> None:
    """100 + 50 paid in October; the third order was never paid."""
    ran = run("init", tmp_path / "shop", orders)
    (month,) = ran.json["months"]
    assert (month["month"], month["paid"], month["amount"], month["waiting"]) == ("2026-10", 2, 150, 1)
    text = run("init", tmp_path / "shop", orders, "--format", "table").out
    assert "2026-10: 2 orders paid, 150.00 CNY; 1 not paid yet" in text
    assert not (tmp_path / "shop").exists()


SOLD = """Ref,When it happened,Who,How much
A1,2026-10-05 10:00:00,anna,100.50
A2,2026-10-06 11:00:00,bob,50
A3,2026-10-31 12:00:00,anna,20
"""
PICKED = (
    "orders.order_id=Ref",
    "orders.created_at=When it happened",
    "orders.user_id=Who",
    "orders.paid_amount=How much",
)


@pytest.fixture
def sold(tmp_path: Path) -> Path:
    """A file whose headers nobody can know."""
    file = tmp_path / "sold.csv"
    file.write_text(SOLD, encoding="utf-8")
    return file


def test_a_file_that_is_not_recognised_is_assigned_to_a_table_column_by_column(
    run: Run, sold: Path, tmp_path: Path
) -> None:
    """100.50 + 50 + 20 = 170.50 of two buyers; nobody says when it was paid, so that is asked about."""
    shop = tmp_path / "shop"
    assert run("init", shop, sold, "--yes").code == 4
    picked = [word for one in PICKED for word in ("--column", one)]
    ran = run("init", shop, sold, "--as", "sold.csv=orders", *picked, "--yes")
    assert ran.code == 0
    values = run("-w", shop, "values", "paid_amount", "buyers", "--period", "2026-10").json
    assert [value["value"] for value in values] == [170.5, 2]
    asked = " ".join(issue["message"] for issue in run("-w", shop, "check").json)
    assert "no column was found for paid_at: it is taken to be created_at" in asked
    assert "which tells the rows of orders apart" not in asked


def test_a_second_file_said_by_hand_is_a_source_beside_the_first(
    run: Run, orders: Path, sold: Path, tmp_path: Path
) -> None:
    """150 of the shop and 170.50 of the list; `none` leaves a file out."""
    shop = tmp_path / "shop"
    picked = [word for one in PICKED for word in ("--column", one)]
    assert run("init", shop, orders, sold, "--as", "sold.csv=orders", *picked, "--yes").code == 0
    values = run("-w", shop, "values", "paid_amount", "--period", "2026-10", "--by", "source").json
    assert {value["segment"]: value["value"] for value in values if value["segment"]} == {"orders": 150, "sold": 170.5}
    ran = run("init", tmp_path / "other", orders, sold, "--as", "orders.csv=none", "--as", "sold.csv=orders", *picked)
    assert [table["table"] for table in ran.json["tables"]] == ["orders"]
    assert ran.json["tables"][0]["file"] == str(sold)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--as", "orderz"], "there is no table 'orderz'; did you mean 'orders'?"),
        (["--as", "x.csv=orders"], "'x.csv' is none of the files"),
        (["--as", "orders", "--column", "orders.paid=Ref"], "orders has no column 'paid'; did you mean 'paid_at'?"),
        (["--as", "orders", "--column", "orders.paid_amount=Howmuch"], "did you mean 'How much'?"),
        (["--as", "orders", "--column", "orders.paid_amount=Who"], "its cells are not of the type number"),
        (["--as", "orders"], "cannot be read without created_at: --column orders.created_at=NAME"),
    ],
)
def test_what_is_said_of_a_file_and_cannot_be_is_one_sentence(
    options: list[str], said: str, run: Run, sold: Path, tmp_path: Path
) -> None:
    ran = run("init", tmp_path / "shop", sold, *options, "--yes")
    assert (ran.code, said in ran.err) == (2, True)
    assert not (tmp_path / "shop").exists()


def test_a_column_is_filled_with_sql_and_another_left_empty(run: Run, orders: Path, tmp_path: Path) -> None:
    """Half of 100 + 50; without a buyer there are none."""
    shop = tmp_path / "shop"
    half = 'orders.paid_amount="实付金额" * 0.5'
    assert run("init", shop, orders, "--column", half, "--column", "orders.user_id=", "--yes").code == 0
    paid, buyers = run("-w", shop, "values", "paid_amount", "buyers", "--period", "2026-10").json
    assert (paid["value"], buyers["value"]) == (75, None)


def test_a_statement_that_would_be_left_out_is_taken_by_name(run: Run, tmp_path: Path) -> None:
    """100 of the shop's list; the bill tells of the same number, so it counts twice once it is taken: 100 + 90."""
    shop, orders, bill = tmp_path / "shop", tmp_path / "orders.csv", tmp_path / "bill.csv"
    orders.write_text(
        "订单编号,买家会员名,买家应付货款,买家应付邮费,买家实际支付金额,订单状态,订单创建时间,订单付款时间\n"
        "7001,tb,100,0,100,交易成功,2026-10-01 10:00:00,2026-10-01 10:00:00\n",
        encoding="utf-8",
    )
    bill.write_text(
        "交易时间,微信订单号,商户订单号,用户标识,交易状态,货币种类,订单金额\n"
        "2026-10-01 10:00:00,4201,7001,oA,SUCCESS,CNY,90\n",
        encoding="utf-8",
    )
    assert run("init", shop, orders, bill, "--yes", "--take", bill).code == 0
    values = run("-w", shop, "values", "paid_amount", "--period", "2026-10", "--by", "source").json
    assert {value["segment"]: value["value"] for value in values} == {None: 190, "taobao": 100, "wechat_pay": 90}
    ran = run("init", tmp_path / "other", orders, "--take", orders)
    assert (ran.code, "nothing of it was left out" in ran.err) == (2, True)


def test_a_file_of_the_same_columns_is_made_a_source_of_its_own(run: Run, tmp_path: Path) -> None:
    """Files called like two months are read as one, 30, and it is said how to tell two shops apart: 10 and 20."""
    one, two = tmp_path / "s1.csv", tmp_path / "s2.csv"
    for file, amount in ((one, 10), (two, 20)):
        row = f"{amount},2026-10-01 10:00:00,2026-10-01 10:00:00,{amount}"
        file.write_text(f"order_id,created_at,paid_at,paid_amount\n{row}\n", encoding="utf-8")
    asked = ("values", "paid_amount", "--period", "2026-10", "--by", "source")
    joined, apart = tmp_path / "joined", tmp_path / "apart"
    told = run("init", joined, one, two, "--yes").json["tables"][0]["notes"]
    assert [note for note in told if note.startswith("2 files have the same columns") and "--take FILE" in note]
    assert run("-w", joined, *asked[:4]).json[0]["value"] == 30
    assert run("init", apart, one, two, "--yes", "--take", two).code == 0
    values = run("-w", apart, *asked).json
    assert {value["segment"]: value["value"] for value in values} == {None: 30, "s1": 10, "s2": 20}


EUROS = """order_id,user_id,created_at,paid_at,paid_amount,currency
e1,u,2026-10-02 10:00:00,2026-10-02 10:00:00,10,EUR
e2,v,2026-10-05 10:00:00,2026-10-05 10:00:00,20,EUR
"""


def test_rates_turn_the_currency_of_one_file_into_that_of_the_workspace(run: Run, orders: Path, tmp_path: Path) -> None:
    """10 × 8 and 20 × 9 euros; the columns of the rates are called otherwise, and found."""
    shop, rates = tmp_path / "shop", tmp_path / "ecb.csv"
    euros = tmp_path / "euros.csv"
    euros.write_text(EUROS, encoding="utf-8")
    rates.write_text("日期,币种,中间价\n2026-10-01,EUR,8\n2026-10-05,EUR,9\n", encoding="utf-8")
    ran = run("init", shop, euros, "--currency", "CNY", "--rates", rates, "--yes")
    assert ran.code == 0
    (value,) = run("-w", shop, "values", "paid_amount", "--period", "2026-10").json
    assert value["value"] == 260
    explained = run("-w", shop, "explain", "paid_amount", "--period", "2026-10").json
    assert explained["rates"] == [
        "orders: 2 rows in EUR are counted in CNY: 8 … 9 each (rates of 2026-10-01 … 2026-10-05, ecb.csv)"
    ]
    ran = run("init", shop, "--rates", rates, "--yes")
    assert (ran.code, "workspace.toml has rates already: ecb.csv is not added" in ran.err) == (2, True)


def test_a_file_of_rates_that_is_not_there_is_a_sentence(run: Run, orders: Path, tmp_path: Path) -> None:
    ran = run("init", tmp_path / "shop", orders, "--rates", tmp_path / "ecb.csv", "--yes")
    assert (ran.code, ran.err) == (2, f"kpi-tui: {tmp_path / 'ecb.csv'}: cannot be read: No such file or directory\n")
    assert not (tmp_path / "shop").exists()


def test_rates_are_added_to_a_workspace_that_is_there(run: Run, orders: Path, tmp_path: Path) -> None:
    """Its comments stay; a changed file of rates is noticed."""
    shop, rates = tmp_path / "shop", orders.parent / "ecb.csv"
    rates.write_text("currency,day,rate\nEUR,2026-10-01,8\n", encoding="utf-8")
    assert run("init", shop, orders, "--currency", "CNY", "--yes").code == 0
    head = shop / "workspace.toml"
    head.write_text(head.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    before = head.read_text(encoding="utf-8")
    assert run("init", shop, "--rates", rates).code == 2, "nothing is written without --yes"
    assert head.read_text(encoding="utf-8") == before
    ran = run("init", shop, "--rates", rates, "--yes")
    assert (ran.code, head.read_text(encoding="utf-8").startswith(before)) == (0, True), ran.err
    opened = Book.open(shop, draft=False)
    assert opened.workspace.rates
    assert not opened.files.changed()
    rates.write_text("currency,day,rate\nEUR,2026-10-01,9\n", encoding="utf-8")
    assert opened.files.changed().data == ("ecb.csv",)


def test_a_currency_that_no_file_says_is_asked_about(run: Run, orders: Path, tmp_path: Path) -> None:
    asked = "no file says the currency of its amounts: they are taken to be CNY"
    assert run("init", tmp_path / "a", orders, "--yes").code == 0
    assert asked in run("-w", tmp_path / "a", "check").out
    assert run("init", tmp_path / "b", orders, "--currency", "CNY", "--yes").code == 0
    assert asked not in run("-w", tmp_path / "b", "check").out, "a person has said it"


def test_the_currency_that_a_file_nobody_knows_says_is_that_of_the_workspace(run: Run, tmp_path: Path) -> None:
    euros = tmp_path / "euros.csv"
    euros.write_text(EUROS, encoding="utf-8")
    assert run("init", tmp_path / "shop", euros, "--yes").code == 0
    said = tomllib.loads((tmp_path / "shop" / "workspace.toml").read_text(encoding="utf-8"))
    assert said["currency"] == "EUR"


def test_sales_kept_by_hand_have_no_numbers_and_are_counted_all_the_same(run: Run, tmp_path: Path) -> None:
    """70 + 58 + 35 = 163 in three rows: the total below them is none."""
    file = tmp_path / "sales.csv"
    rows = ["日期,客人,买了什么,收款", "2026-10-02,张三,杯子,70", "2026-10-09,李四,盘子,58", "2026-10-30,张三,杯子,35"]
    file.write_text("\n".join([*rows, "合计,,,163"]) + "\n", encoding="utf-8")
    picked = (
        "--column",
        "orders.created_at=日期",
        "--column",
        "orders.user_id=客人",
        "--column",
        "orders.paid_amount=收款",
    )
    shop = tmp_path / "shop"
    assert run("init", shop, file, "--as", "orders", *picked, "--yes").code == 0
    paid, count = run("-w", shop, "values", "paid_amount", "paid_orders", "--period", "2026-10").json
    assert (paid["value"], count["value"]) == (163, 3)


def test_the_total_below_a_sheet_is_left_out_and_no_number_is_marked_for_it(run: Run, tmp_path: Path) -> None:
    """100 + 50 are paid; the row of their sum is no doubt of the sheet."""
    file = tmp_path / "sales.csv"
    rows = ["订单号,下单时间,用户ID,实付金额", "a1,2026-10-02 10:00:00,u1,100", "a2,2026-10-09 10:00:00,u2,50"]
    file.write_text("\n".join([rows[0], *rows[1:], ",合计,,150"]) + "\n", encoding="utf-8")
    shop = tmp_path / "shop"
    ran = run("init", shop, file, "--currency", "CNY", "--yes")
    assert any("rows that sum up others are left out" in note for note in ran.json["tables"][0]["notes"])
    (paid,) = run("-w", shop, "values", "paid_amount", "--period", "2026-10").json
    assert paid["value"] == 150
    assert not [issue for issue in run("-w", shop, "check").json if "no date or time" in issue["message"]]


DOLLARS = "order_id,user_id,created_at,paid_at,paid_amount,currency\n"


def _dollars(file: Path, *stamps: str) -> Path:
    """An order of 10 USD at each stamp."""
    lines = (f"e{at},u,{stamp},{stamp},10,USD\n" for at, stamp in enumerate(stamps))
    file.write_text(DOLLARS + "".join(lines), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("stamps", "zone", "asked", "count"),
    [
        (
            ["2026-06-02 10:00:00 -0400", "2026-10-31 21:00:00 -0400"],
            "America/New_York",
            "times are told in -0400: days are counted in America/New_York",
            1,
        ),
        (["2026-10-31 21:00:00 -0400", "2026-11-05 10:00:00 -0400"], "Etc/GMT+4", "days are counted in Etc/GMT+4", 1),
        (
            ["2026-10-31 21:00:00 -0400", "2026-11-05 10:00:00 -0500"],
            "America/New_York",
            "times are told in -0400, -0500: days are counted in America/New_York",
            1,
        ),
        (["2026-10-31 21:00:00+08:00"], "Asia/Shanghai", "", 1),
        (["2026-10-31T21:00:00Z"], "Asia/Shanghai", "times are told in UTC", 0),
        (["2026-10-31 21:00:00"], "Asia/Shanghai", "no file says its time zone", 1),
        (["2026-10-31"], "Asia/Shanghai", "", 1),
    ],
    ids=["summer", "never-changed", "changes", "default", "utc", "unsaid", "days"],
)
def test_the_zone_is_that_of_the_stamps_and_asked_about(
    run: Run, tmp_path: Path, stamps: list[str], zone: str, asked: str, count: int
) -> None:
    """An order in the evening of 31 October, 21:00: in October, unless days are counted 12 or 8 hours further east."""
    shop = tmp_path / "shop"
    ran = run("init", shop, _dollars(tmp_path / "usd.csv", *stamps), "--yes")
    assert tomllib.loads((shop / "workspace.toml").read_text(encoding="utf-8"))["timezone"] == zone
    rows = [issue["message"] for issue in run("-w", shop, "check").json if "days are counted in" in issue["message"]]
    assert len(rows) == bool(asked)
    assert all(asked in row and "define set timezone " in row for row in rows)
    assert (asked in ran.out) or not asked
    october = run("-w", shop, "values", "paid_orders", "--period", "2026-10").json[0]["value"]
    assert (october or 0) == count


def test_a_zone_that_a_person_gives_is_taken_and_nothing_is_asked(run: Run, tmp_path: Path) -> None:
    shop, file = tmp_path / "shop", _dollars(tmp_path / "usd.csv", "2026-10-31 21:00:00 -0400")
    assert run("init", shop, file, "--timezone", "America/Chicago", "--yes").code == 0
    assert "America/Chicago" in (shop / "workspace.toml").read_text(encoding="utf-8")
    assert "days are counted in" not in run("-w", shop, "check").out


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        (["PDT"], "America/Los_Angeles"),
        (["PST", "PDT"], "America/Los_Angeles"),
        (["EDT"], "America/New_York"),
        (["CEST"], "Europe/Berlin"),
        (["GMT-07:00"], "Etc/GMT+7"),  # seven hours behind, as POSIX calls it
        (["+0530", "-0400"], "Asia/Shanghai"),
    ],
)
def test_a_clock_that_is_called_by_its_letters_is_that_of_its_place(told: list[str], zone: str) -> None:
    rows = pl.DataFrame({"Date": "10/31/2026", "Time": "21:00:00", "TimeZone": told})
    assert zone_of([rows], "Asia/Shanghai", "USD").zone == zone


def test_files_that_tell_no_zone_outweigh_fewer_rows_that_do() -> None:
    """Ninety orders of a shop at home beside two of Shopify; the other way round, it is Shopify's zone."""
    home = pl.DataFrame({"订单付款时间": ["2026-10-31 21:00:00"] * 90})
    shopify = pl.DataFrame({"Paid at": ["2026-10-31 21:00:00 -0400", "2026-11-05 10:00:00 -0500"]})
    assert zone_of([home, shopify], "Asia/Shanghai", "").zone == "Asia/Shanghai"
    assert zone_of([home.head(1), shopify], "Asia/Shanghai", "").zone == "America/New_York"
    catalogue = pl.DataFrame({"SKU": ["tea"] * 90, "Added": ["2026-10-01"] * 90})  # no clock: of no zone at all
    assert zone_of([catalogue, shopify], "Asia/Shanghai", "").zone == "America/New_York"


def test_a_named_zone_of_paypal_is_that_of_the_workspace() -> None:
    frame = pl.DataFrame({"Date": ["10/31/2026"], "Time": ["21:00:00"], "TimeZone": ["America/Denver"]})
    found = zone_of([frame], "Asia/Shanghai", "USD")
    assert (found.zone, "America/Denver" in str(found.asked)) == ("America/Denver", True)


def test_a_file_that_is_only_taken_is_a_file_and_one_that_is_not_there_is_said_so(run: Run, tmp_path: Path) -> None:
    """Two shops, 30 and 20: read as one, `init DIR --take FILE` says what makes it a source, and then does."""
    head = "单号,下单时间,会员,实付,状态\n"
    files = [tmp_path / f"list_{nth}.csv" for nth in (1, 2)]
    for nth, (file, paid) in enumerate(zip(files, (30, 20), strict=True)):
        file.write_text(head + f"A{nth},2026-10-0{nth + 1} 10:00:00,m{nth},{paid},已完成\n", encoding="utf-8")
    shop, toml = tmp_path / "shop", tmp_path / "shop" / "tables.toml"
    assert run("init", shop, *files, "--yes").code == 0
    ran = run("init", shop, "--take", tmp_path / "nothere.csv", "--yes")
    assert ran.code == 2
    assert "nothere.csv: there is no such file" in ran.err
    ran = run("init", shop, "--take", files[1], "--yes")
    assert "list_2.csv is read as orders already; for a source of its own first take it out of `path`" in ran.err
    text = toml.read_text(encoding="utf-8")
    assert "list_*.csv" in text
    toml.write_text(text.replace("list_*.csv", "list_1.csv"), encoding="utf-8")
    assert run("init", shop, "--take", files[1], "--yes").code == 0
    values = run("-w", shop, "values", "paid_amount", "--period", "2026-10", "--by", "source").json
    assert sorted(value["value"] for value in values) == [20, 30, 50]
