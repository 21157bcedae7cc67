"""`check` asks about files as such: two currencies, a footer without the word total, the same rows twice, tests."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from kpi_tui.definitions.issue import Issue, Severity
from tests.workspaces import Row, Shop, orders

BOUGHT = orders(
    ("o1", "u1", "2026-03-01 10:00", 100.0),
    ("o2", "u2", "2026-03-02 10:00", 50.0),
    ("o3", "u1", "2026-03-03 10:00", 70.0),
)
SPENT = [{"day": f"2026-03-0{day}", "cost_type": "operation", "amount": 10.0 * day} for day in (1, 2, 3)]


def told(shop: Shop, code: str) -> list[Issue]:
    return [issue for issue in shop.book().data.check() if issue.code == code]


def in_currencies(*names: str, column: str = "币种") -> list[Row]:
    return [{**row, column: name} for row, name in zip(BOUGHT, names, strict=True)]


@pytest.mark.parametrize("column", ["币种", "currency", "Currency Code"])
def test_amounts_in_two_currencies_are_never_added_up_silently(column: str, tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").has("orders", in_currencies("CNY", "USD", "cny", column=column))
    (issue,) = told(shop, "currencies")
    assert issue.message == (
        f"orders: amounts in 2 currencies are never added up, so that they have no number: {column} = CNY (2), USD (1)"
    )
    assert issue.severity is Severity.WARNING
    assert f"where = \"{column} = 'CNY'\"" in issue.hint and "[tables.orders.join.rates]" in issue.hint


def test_a_filter_a_rate_or_one_currency_settles_it(tmp_path: Path) -> None:
    two = in_currencies("CNY", "USD", "CNY")
    amounts = ("order_amount", "list_amount", "paid_amount", "paid_from_balance")
    rates = {name: f"{name} * case when 币种 = 'USD' then 7.0 else 1.0 end" for name in amounts}
    settled = [
        Shop(tmp_path / "filter").has("orders", two, where="币种 = 'CNY'"),
        Shop(tmp_path / "rate").has("orders", two, columns=rates),
        Shop(tmp_path / "one").has("orders", in_currencies("CNY", "", "CNY")),
    ]
    assert [told(shop, "currencies") for shop in settled] == [[], [], []]


def test_a_mapped_currency_is_seen_as_well(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").has("orders", in_currencies("CNY", "USD", "CNY"), columns={"currency": "币种"})
    assert len(told(shop, "currencies")) == 1


def test_a_footer_without_the_word_total_is_found_by_its_sum(tmp_path: Path) -> None:
    last = {"order_id": "", "user_id": "", "created_at": "2026-03-31 00:00", "paid_at": "2026-03-31 00:00"}
    shop = Shop(tmp_path / "ws").has("orders", [*BOUGHT, {**last, "order_amount": 220.0, "paid_amount": 220.0}])
    (issue,) = told(shop, "footer")
    assert issue.message == (
        "orders: orders.csv: row 5 has no order_id, and its order_amount 220 is the sum of all rows above it"
    )
    assert issue.hint == 'to leave it out write where = "order_id is not null"'
    assert told(shop.has("orders", [*BOUGHT, last], where="order_id is not null"), "footer") == []


def spent(*rows: tuple[str, str, float]) -> list[dict[str, Any]]:
    """Costs of a day and a type, tied to no new user."""
    return [
        {"day": day, "cost_type": kind, "amount": amount, "direct_acquisition": "false"} for day, kind, amount in rows
    ]


FINANCE = spent(
    ("2026-03-01", "operation", 1204.5),
    ("2026-03-02", "coupon", 310.0),
    ("2026-03-02", "other", 88.25),
    ("2026-03-03", "points", 47.0),
    ("2026-03-04", "operation", 990.1),
)
"""1,204.50 + 310 + 88.25 + 47 + 990.10 = 2,639.85"""


def test_the_last_row_of_a_finance_export_sums_up_all_above_and_is_told(tmp_path: Path) -> None:
    """It has a day and a type as all others have, and no word of a total: only its amount says what it is."""
    shop = Shop(tmp_path / "ws").has("costs", [*FINANCE, *spent(("2026-03-31", "month end", 2639.85))])
    (issue,) = told(shop, "footer")
    assert (
        issue.message == "costs: costs.csv: row 7 is the last, and its amount 2639.85 is the sum of all rows above it"
    )
    assert issue.hint == "to leave it out write where = \"coalesce(cost_type, '') <> 'month end'\""
    assert told(shop.says_of("costs", where="coalesce(cost_type, '') <> 'month end'"), "footer") == []
    seven = [row | {"amount": row["amount"] * 7} for row in FINANCE]  # 18,478.95, printed without cents
    rounded = Shop(tmp_path / "rounded").has("costs", [*seven, *spent(("2026-03-31", "month end", 18479.0))])
    assert len(told(rounded, "footer")) == 1


@pytest.mark.parametrize("last", [("2026-03-31", "other", 2639.84), ("2026-03-31", "other", 990.1)])
def test_a_last_row_that_sums_up_nothing_is_none(last: tuple[str, str, float], tmp_path: Path) -> None:
    assert told(Shop(tmp_path / "ws").has("costs", [*FINANCE, *spent(last)]), "footer") == []


def test_sums_of_equal_round_amounts_happen(tmp_path: Path) -> None:
    """500 after five times 100 may be a large order."""
    rows = orders(*((f"o{n}", "u", f"2026-03-0{n} 10:00", 500.0 if n == 6 else 100.0) for n in range(1, 7)))
    assert told(Shop(tmp_path / "ws").has("orders", rows), "footer") == []


def test_the_line_that_leaves_a_footer_out_keeps_rows_that_lack_the_same(tmp_path: Path) -> None:
    """An order without a number stands above the footer: `order_id is not null` would lose it too. The user tells them
    apart: only the footer has none."""
    blank = orders(("", "u7", "2026-03-04 10:00", 30.0))
    last = {"order_id": "", "user_id": "", "created_at": "2026-03-31 00:00", "paid_at": "2026-03-31 00:00"}
    shop = Shop(tmp_path / "ws").has("orders", [*BOUGHT, *blank, {**last, "order_amount": 250.0, "paid_amount": 250.0}])
    (issue,) = told(shop, "footer")
    assert issue.hint == 'to leave it out write where = "user_id is not null"'
    shop.says_of("orders", where="user_id is not null")
    assert told(shop, "footer") == []
    assert shop.value("paid_amount", "2026-03").value == 250


def test_a_footer_that_no_condition_tells_apart_is_to_be_taken_out_of_the_file(tmp_path: Path) -> None:
    """An order without number and user, of the footer's own day; nothing but the amount differs."""
    blank = orders(("", "", "2026-03-31 00:00", 30.0))
    last = orders(("", "", "2026-03-31 00:00", 250.0))
    (issue,) = told(Shop(tmp_path / "ws").has("orders", [*BOUGHT, *blank, *last]), "footer")
    assert issue.hint == "take this row out of the file; no where tells it apart from the others"


@pytest.mark.parametrize("amount", [219.0, 0.0])
def test_a_last_row_without_an_id_that_sums_nothing_up_is_no_footer(amount: float, tmp_path: Path) -> None:
    last = {"order_id": "", "user_id": "u9", "created_at": "2026-03-31 00:00", "order_amount": amount}
    assert told(Shop(tmp_path / "ws").has("orders", [*BOUGHT, last]), "footer") == []


def test_a_last_row_with_an_id_may_equal_the_sum_of_the_others(tmp_path: Path) -> None:
    more = orders(("o4", "u4", "2026-03-04 10:00", 220.0))
    assert told(Shop(tmp_path / "ws").has("orders", [*BOUGHT, *more]), "footer") == []


def test_the_same_file_twice_is_told_and_what_it_does_to_the_numbers(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").has("orders", BOUGHT).has("costs", SPENT)
    for table in ("orders", "costs"):
        shutil.copy(shop.root / f"{table}.csv", shop.root / f"{table}_copy.csv")
        shop._tables[table]["path"] = [f"{table}.csv", f"{table}_copy.csv"]
    counted_once, counted_twice = sorted(told(shop, "same-file"), key=lambda issue: issue.message, reverse=True)
    assert counted_once.message == "orders: orders_copy.csv has the same rows as orders.csv"
    assert counted_once.hint.startswith("each row counts once; leave one file out: path = ")
    assert counted_twice.hint == 'every row counts twice; leave one file out: path = ["costs.csv"]'


def test_the_same_rows_in_another_order_are_found_and_other_rows_are_not(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").has("costs", SPENT)
    head, *lines = (shop.root / "costs.csv").read_text().splitlines()
    (shop.root / "turned.csv").write_text("\n".join([head, *reversed(lines)]))
    (shop.root / "others.csv").write_text("\n".join([head, *lines[1:], "2026-03-04,operation,1.0"]))
    shop._tables["costs"]["path"] = ["costs.csv", "turned.csv", "others.csv"]
    assert [issue.message for issue in told(shop, "same-file")] == ["costs: turned.csv has the same rows as costs.csv"]


def test_some_rows_that_a_second_file_has_too_are_told_where_no_key_tells_them_apart(tmp_path: Path) -> None:
    """Ten days of 10 … 19 yuan are 145; four of them, 12 … 15, stand in a workbook too: 145 + 54 with a note."""
    of = {"cost_type": "coupon", "direct_acquisition": "true"}
    days = [{"day": f"2026-03-{n + 1:02}", **of, "amount": 10 + n} for n in range(10)]
    shop = Shop(tmp_path / "ws").has("costs", days, complete_until="2026-03-31").says(as_of="2026-03-31")
    pl.DataFrame(days[2:6]).with_columns(pl.col("day").str.to_date()).write_excel(shop.root / "some.xlsx")
    shop._tables["costs"]["path"] = ["costs.csv", "some.xlsx"]
    value = shop.value("acquisition_cost", "2026-03")
    said = "some.xlsx: 4 rows stand in costs.csv too"
    assert value.value == 199 and any(said in note for note in value.notes), value.notes
    assert [issue.message for issue in told(shop, "rows-in-two-files")] == [f"costs: {said}"]
    shop.says_of("costs", distinct=True)
    assert (shop.value("acquisition_cost", "2026-03").value, told(shop, "rows-in-two-files")) == (145, [])


@pytest.mark.parametrize("campaigns", [("c", ""), ("", "")], ids=["some without", "all without"])
def test_reports_of_a_day_count_once_without_a_whole_key_too(campaigns: Sequence[str], tmp_path: Path) -> None:
    """Four of ten days stand in both files, two or all of them without a campaign: 145, and that stands there."""
    whose = {"channel_id": "a", "pricing_model": "cpc"}
    days = [
        {"day": f"2026-03-{n + 1:02}", **whose, "campaign_id": campaigns[n % 2], "spend": 10 + n} for n in range(10)
    ]
    shop = Shop(tmp_path / "ws").has("channel_daily", days, complete_until="2026-03-31").says(as_of="2026-03-31")
    pl.DataFrame(days[2:6]).write_excel(shop.root / "some.xlsx")
    shop._tables["channel_daily"]["path"] = ["channel_daily.csv", "some.xlsx"]
    value = shop.value("marketing_spend", "2026-03")
    assert value.value == 145
    assert "channel_daily: 4 rows equal others in every column, and such count as one" in map(str, value.notes)
    assert told(shop, "rows-in-two-files") == []


def test_a_section_that_is_pasted_twice_is_told_where_no_key_tells_rows_apart(tmp_path: Path) -> None:
    """10 + 20 + 30, twice: 120 with a note, 60 when each counts once. Equal rows in no run are as many things."""
    shop = Shop(tmp_path / "ws").has("costs", [*SPENT, *SPENT], complete_until="2026-03-31").says(as_of="2026-03-31")
    (issue,) = told(shop, "rows-twice")
    assert issue.message == "costs: costs.csv: 3 rows stand in it twice, in the same order"
    assert issue.hint == "each counts twice; write distinct = true in [tables.costs]"
    (doubt,) = shop.book().data.profiles()["costs"].doubts
    assert doubt.counts
    assert told(shop.says_of("costs", distinct=True), "rows-twice") == []
    assert told(Shop(tmp_path / "b").has("costs", [*SPENT, SPENT[0], SPENT[0], SPENT[2]]), "rows-twice") == []


PACKETS = (5, 10, 5, 20, 10, 10, 5, 5)
PAGES = ("home", "list", "item")


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "costs",
            [{"day": f"2026-03-{n + 1:02}", "amount": PACKETS[(n + k) % 8]} for n in range(28) for k in range(8)],
        ),
        ("costs", [{"day": "2026-03-01", "amount": n} for n in (1, 2, 3, 1, 2, 3)]),
        ("events", [{"ts": f"2026-03-{n + 1:02} 10:00", "page_id": p} for n in range(28) for p in (*PAGES, *PAGES)]),
    ],
)
def test_few_lines_of_a_day_stand_in_one_order_by_chance(table: str, rows: list[Row], tmp_path: Path) -> None:
    """Red packets of 5, 10 and 20, three pages seen twice in a minute: 10, 5, 20 comes again on one day."""
    assert (
        told(Shop(tmp_path / "ws").has(table, [{"cost_type": "operation", **row} for row in rows]), "rows-twice") == []
    )


def test_many_lines_of_one_day_in_one_order_are_no_chance(tmp_path: Path) -> None:
    """Ten lines twice: the next of twenty is the right one with 0.1, nine times."""
    day = [{"day": "2026-03-01", "cost_type": "operation", "amount": n} for n in range(10)]
    (issue,) = told(Shop(tmp_path / "ws").has("costs", [*day, *day]), "rows-twice")
    assert "10 rows stand in it twice" in issue.message


def test_where_a_row_may_stand_twice_distinct_is_not_the_line_to_write(tmp_path: Path) -> None:
    """The tenth to the fourteenth day come again; so does a line of the first day, which is two things."""
    days = [{"day": f"2026-03-{n:02}", "cost_type": "operation", "amount": n} for n in range(1, 32)]
    (issue,) = told(Shop(tmp_path / "ws").has("costs", [days[0], *days, *days[9:14]]), "rows-twice")
    assert "5 rows stand in it twice" in issue.message
    assert issue.hint == (
        "each counts twice; take them out of the file, from row 34 on (distinct = true would leave out 1 other row too)"
    )


def test_nor_where_two_files_have_rows_in_common(tmp_path: Path) -> None:
    days = [{"day": f"2026-03-{n:02}", "cost_type": "operation", "amount": n} for n in range(1, 32)]
    shop = Shop(tmp_path / "ws").has("costs", [days[0], *days[:16]])
    pl.DataFrame(days[14:]).write_csv(shop.root / "more.csv")
    shop._tables["costs"]["path"] = ["costs.csv", "more.csv"]
    (issue,) = told(shop, "rows-in-two-files")
    assert issue.message == "costs: more.csv: 2 rows stand in costs.csv too"
    assert issue.hint == (
        "each counts twice; take them out of one of the files (distinct = true would leave out 1 row that stands twice "
        "in one, too)"
    )


def test_a_moment_of_a_workbook_is_that_of_a_csv_without_seconds(tmp_path: Path) -> None:
    """Copies of orders count once: 100 + 50 + 70 = 220."""
    shop = Shop(tmp_path / "ws").has("orders", BOUGHT, complete_until="2026-03-31").says(as_of="2026-03-31")
    stamps = pl.col("created_at", "paid_at").str.to_datetime("%Y-%m-%d %H:%M")
    pl.DataFrame(BOUGHT).with_columns(stamps).write_excel(shop.root / "again.xlsx")
    shop._tables["orders"]["path"] = ["orders.csv", "again.xlsx"]
    assert shop.value("paid_amount", "2026-03").value == 220


def test_rows_whose_remark_says_test_are_asked_about(tmp_path: Path) -> None:
    remarks = ("尽快发货", "测试订单勿发", "")
    shop = Shop(tmp_path / "ws").has("orders", [{**r, "备注": said} for r, said in zip(BOUGHT, remarks, strict=True)])
    found = [issue.message for issue in told(shop, "note") if "备注" in issue.message]
    assert found == [
        "orders: 备注: 1 row is called a test ('测试订单勿发'), and it counts; to leave it out write "
        "where = \"lower(coalesce(备注, '')) not like '%测试%'\""
    ]
    shop._tables["orders"]["where"] = "lower(coalesce(备注, '')) not like '%测试%'"
    assert [issue.message for issue in told(shop, "note") if "备注" in issue.message] == []


def test_a_large_table_is_asked_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kpi_tui.engine import data

    shop = Shop(tmp_path / "ws").has("orders", in_currencies("CNY", "USD", "CNY"))
    shutil.copy(shop.root / "orders.csv", shop.root / "copy.csv")
    shop._tables["orders"]["path"] = ["orders.csv", "copy.csv"]
    monkeypatch.setattr(data.Data.__init__, "__kwdefaults__", {"many": 2})
    assert [issue.message for issue in told(shop, "same-file")] == ["orders: copy.csv has the same rows as orders.csv"]
    assert "CNY (4), USD (2)" in told(shop, "currencies")[0].message


def sold(*last: tuple[str, str, float]) -> list[dict[str, Any]]:
    """Thirty orders of 10, 11 … 39, together 735, and further rows of a number, a buyer and an amount."""
    days = [f"2026-03-{n:02} 10:00" for n in range(1, 31)]
    rows = [(f"o{n}", f"u{n}", day, 10.0 + n) for n, day in enumerate(days)]
    return orders(*rows, *((number, user, "2026-03-31 00:00", amount) for number, user, amount in last))


@pytest.mark.parametrize("last", [("小结", "", 735.0), ("30笔", "店长", 735.0)], ids=["without a buyer", "with one"])
def test_a_footer_with_a_word_of_its_own_for_an_id_is_told(last: tuple[str, str, float], tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").has("orders", sold(last)).says(as_of="2026-03-31")
    (issue,) = told(shop, "footer")
    assert "735 is the sum of all rows above it" in issue.message
    value = shop.value("paid_amount", "2026-03")
    assert value.value == 1470 and any("is the sum of all rows" in str(note) for note in value.notes)


@pytest.mark.parametrize("last", [("o30", "u30", 734.0), ("o30", "", 40.0)])
def test_a_last_order_that_lacks_a_buyer_or_is_large_is_no_footer(last: tuple[str, str, float], tmp_path: Path) -> None:
    assert told(Shop(tmp_path / "ws").has("orders", sold(last)), "footer") == []
