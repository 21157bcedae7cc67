"""What is doubtful about files stands at every value that rests on it, not in `check` alone (R002)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders

DAY = "2026-10-0{} 10:00:00"


def told(value: Value, words: str) -> list[str]:
    """Those notes of a value that hold some words."""
    return [str(note) for note in value.notes if words in str(note)]


def bought(count: int) -> list[dict[str, Any]]:
    """So many orders of ten, each of another buyer."""
    return orders(*((f"o{n}", f"u{n}", DAY.format(n % 9 + 1), 10.0) for n in range(count)))


def shop_of(root: Path, rows: list[dict[str, Any]], **source: Any) -> Shop:
    return Shop(root / "ws").has("orders", rows, **source).says(as_of="2026-10-31")


def write(root: Path, name: str, text: str) -> None:
    (root / "ws" / name).write_text(text, encoding="utf-8")


# ---- equal lines of one order, without `group_by`


def test_lines_that_count_once_as_copies_are_told_with_the_line_to_write(tmp_path: Path) -> None:
    """Ten lines of five orders, each line the same twice: 50 is paid, or 100 if they are lines to be added up."""
    value = shop_of(tmp_path, [row for row in bought(5) for _ in "ab"]).value("paid_amount", "2026-10")
    assert value.value == 50
    assert told(value, "copies") == [
        "orders: 5 rows equal others of their file in every column: they count once, as copies; if they are lines of "
        "one of the orders, write group_by = ['order_id'] in [tables.orders] and add their amounts up, sum(COLUMN); "
        "if they are copies, distinct = true"
    ]


def test_nothing_is_said_of_a_line_pasted_twice_of_overlapping_files_and_where_it_is_settled(tmp_path: Path) -> None:
    pasted = shop_of(tmp_path / "a", [*bought(9), bought(9)[0]]).value("paid_amount", "2026-10")
    settled = shop_of(tmp_path / "b", bought(5) * 2, distinct=True).value("paid_amount", "2026-10")
    two = shop_of(tmp_path / "c", bought(5))
    two.book().close()
    write(tmp_path / "c", "more.csv", (tmp_path / "c/ws/orders.csv").read_text())
    overlap = two.says_of("orders", path=["orders.csv", "more.csv"]).value("paid_amount", "2026-10")
    assert [(one.value, told(one, "copies")) for one in (pasted, settled, overlap)] == [(90, []), (50, []), (50, [])]


# ---- another file whose rows do not meet


def joined(root: Path, keys: list[str], **columns: str) -> Shop:
    rows = [{name: cell for name, cell in row.items() if name != "paid_amount"} for row in bought(4)]
    join = {"path": "pay.csv", "on": ["order_id"]}
    shop = shop_of(root, rows, columns={"paid_amount": "paid", **columns}, join={"pay": join})
    write(root, "pay.csv", "order_id,paid\n" + "".join(f"{key},7\n" for key in keys))
    return shop


def test_a_column_of_a_file_that_meets_no_row_is_not_there(tmp_path: Path) -> None:
    shop = joined(tmp_path, ["O-0", "O-1", "O-2"])
    value = shop.value("paid_amount", "2026-10")
    assert (value.value, value.reason, value.detail) == (None, Reason.NO_COLUMN, "needs the column orders.paid_amount")
    (issue,) = [one for one in shop.book().data.check() if one.code == "join"]
    assert issue.severity is Severity.WARNING
    assert issue.message == "orders: join pay: no row has a match by order_id ('o0' beside 'O-0')"


def test_a_file_that_meets_few_rows_is_told_at_what_it_gives_alone(tmp_path: Path) -> None:
    shop = joined(tmp_path, ["o0", "O-1", "O-2", "O-3"])
    value = shop.value("paid_amount", "2026-10")
    assert value.value == 7
    assert told(value, "join pay") == [
        "orders: join pay: 1 of 4 rows have a match by order_id ('o1' beside 'o0'); write the keys of both files "
        "alike, or name another in `on` of [tables.orders.join.pay]"
    ]
    assert told(shop.value("gmv", "2026-10"), "join pay") == []


def test_a_file_of_fewer_or_of_more_things_is_no_doubt(tmp_path: Path) -> None:
    """Payments of one order, and those of ten others beside all four."""
    one = joined(tmp_path / "a", ["o0"]).value("paid_amount", "2026-10")
    more = joined(tmp_path / "b", [f"o{n}" for n in range(14)]).value("paid_amount", "2026-10")
    assert [(value.value, told(value, "join pay")) for value in (one, more)] == [(7, []), (28, [])]


def test_equal_rows_of_another_file_count_once(tmp_path: Path) -> None:
    value = joined(tmp_path, ["o0", "o1", "o2", "o3", "o3"]).value("paid_amount", "2026-10")
    assert value.value == 28


# ---- ids that lost digits


def test_ids_that_lost_digits_are_told_at_what_counts_or_joins_by_them(tmp_path: Path) -> None:
    rows = [{**row, "user_id": "1.00E+18"} for row in bought(4)]
    shop = shop_of(tmp_path, rows)
    (buyers,) = told(shop.value("active_trading_users", "2026-10"), "digits are lost")
    assert buyers == (
        "orders: user_id: 1 id is a shortened number (1.00E+18), in 4 rows: digits are lost, and different ids may "
        "have become one; export the column as text"
    )
    assert told(shop.value("paid_amount", "2026-10"), "digits are lost") == []
    assert [one.severity for one in shop.book().data.check() if one.code == "damaged-id"] == ["warning"]


# ---- no time


@pytest.mark.parametrize("word", ["NULL", "\\N", "N/A", "0000-00-00", "0000-00-00 00:00:00"])
def test_words_for_no_time_leave_an_order_unpaid_and_a_required_time_rejects_it(tmp_path: Path, word: str) -> None:
    """Three orders of ten, of which one says that it was never paid; and one that says no day at all."""
    rows = [*bought(4)]
    rows[1]["paid_at"] = word
    rows[2]["created_at"] = word
    shop = shop_of(tmp_path, rows)
    value = shop.value("paid_amount", "2026-10")
    assert (value.value, value.left_out) == (20, {"orders": 1})
    profile = shop.book().data.profiles()["orders"]
    assert [(one.reason, one.count) for one in profile.rejected] == [("no time (created_at is empty)", 1)]
    assert f"paid_at: 1 cell says that there is no time ({word!r}); read as empty" in profile.notes


# ---- words that the rows write otherwise

OWN = """
[measures.m_web]
about = { en = "orders by the web", zh = "网站订单" }
table = "orders"
agg = "count"
column = "*"
where = "WHERE"
time = "created_at"
[metrics.m_web]
name = { en = "Web orders", zh = "网站订单" }
definition = { en = "Orders by the web.", zh = "网站订单数。" }
category = "revenue"
kind = "absolute"
formula = "m_web"
unit = "count"
grain = "day"
rollup = "recompute"
"""


def by_own_measure(root: Path, where: str, channels: list[str]) -> Value:
    rows = [{**row, "channel_id": one} for row, one in zip(bought(len(channels)), channels, strict=True)]
    shop = shop_of(root, rows).defines("metrics/own.toml", OWN.replace("WHERE", where))
    return shop.value("m_web", "2026-10")


def test_a_word_of_a_measure_that_rows_write_in_another_case_is_told_at_its_value(tmp_path: Path) -> None:
    value = by_own_measure(tmp_path, "channel_id = 'web'", ["web", "web", "Web", "app"])
    assert (value.value, told(value, "case of letters")) == (
        2,
        ["orders.channel_id: 1 row has 'Web', and the condition says 'web': the case of letters differs"],
    )


@pytest.mark.parametrize("condition", ["channel_id <> 'cancelled'", "channel_id not in ('cancelled', 'void')"])
def test_a_word_that_a_negation_leaves_out_and_rows_write_in_another_case_is_told(
    condition: str, tmp_path: Path
) -> None:
    """Four orders of ten, one of them `Cancelled`: it counts, 3 orders instead of 2, and 30 instead of 20."""
    words = ["web", "cancelled", "Cancelled", "app"]
    said = "orders.channel_id: 1 row has 'Cancelled', and the condition says 'cancelled': the case of letters differs"
    value = by_own_measure(tmp_path, condition, words)
    assert (value.value, told(value, "case of letters")) == (3, [said])
    rows = [{**row, "channel_id": word} for row, word in zip(bought(4), words, strict=True)]
    asked = shop_of(tmp_path / "asked", rows).value("paid_amount", "2026-10", where=condition)
    assert (asked.value, told(asked, "case of letters")) == (30, [said])


@pytest.mark.parametrize("condition", ["state <> 'cancelled'", "state = 'paid'"])
def test_a_column_of_ones_own_without_a_type_is_a_text_when_its_cells_are(condition: str, tmp_path: Path) -> None:
    """Four orders of ten, `Cancelled` and `Paid` beside the words that are asked for."""
    words = ["paid", "cancelled", "Cancelled", "Paid"]
    rows = [{**row, "state": word} for row, word in zip(bought(4), words, strict=True)]
    columns = {name: name for name in rows[0]}
    value = shop_of(tmp_path, rows, columns=columns).value("paid_amount", "2026-10", where=condition)
    assert value.value == (30 if "<>" in condition else 10)
    word = "Cancelled" if "<>" in condition else "Paid"
    said = f"orders.state: 1 row has '{word}', and the condition says '{word.lower()}': the case of letters differs"
    assert told(value, "case of letters") == [said]


def test_a_word_that_no_row_has_and_that_is_nearly_another_is_told_where_something_counts(tmp_path: Path) -> None:
    """`<> 'canceled'` keeps both rows that are `cancelled`; nothing is said where no row is nearly so."""
    value = by_own_measure(tmp_path / "a", "channel_id <> 'canceled'", ["web", "cancelled", "cancelled", "app"])
    assert value.value == 4
    assert told(value, "no row has") == ["orders.channel_id: no row has 'canceled'; nearest: 'cancelled'"]
    fine = by_own_measure(tmp_path / "b", "channel_id <> 'canceled'", ["web", "app"])
    assert (fine.value, told(fine, "no row has")) == (2, [])


def test_a_word_of_a_mapping_that_is_nearly_one_of_the_file_is_told_at_its_values(tmp_path: Path) -> None:
    rows = [{**row, "state": "cancelled" if n else "done"} for n, row in enumerate(bought(3))]
    value = shop_of(tmp_path, rows, where="state <> 'canceled'").value("paid_amount", "2026-10")
    assert value.value == 30
    assert told(value, "no row has") == [
        "orders: state: no row has 'canceled', which `where` asks for; nearest: 'cancelled'"
    ]


# ---- columns that are empty in every row


@pytest.mark.parametrize("column", ["domain", "user_id"])
def test_a_count_by_a_column_that_is_empty_throughout_is_not_known(tmp_path: Path, column: str) -> None:
    metric = {"domain": "private_domain_sales", "user_id": "active_trading_users"}[column]
    value = shop_of(tmp_path, [{**row, column: None} for row in bought(3)]).value(metric, "2026-10")
    assert (value.value, value.reason) == (None, Reason.UNKNOWN)
    said = {"domain": "orders.domain is empty in every row", "user_id": "none of 3 rows of orders has a user_id"}
    assert value.detail == said[column]


def test_a_count_of_a_word_that_other_rows_have_is_0(tmp_path: Path) -> None:
    assert shop_of(tmp_path, bought(3)).value("private_domain_sales", "2026-10").value == 0


# ---- refunds beyond what was paid


def refunded(root: Path, *amounts: float) -> Shop:
    back = [
        {"refund_id": f"r{n}", "order_id": "o0", "user_id": "u0", "refunded_at": DAY.format(5), "amount": amount,
         "qty": 0, "kind": "refund_only"}
        for n, amount in enumerate(amounts)
    ]  # fmt: skip
    return shop_of(root, bought(4)).has("refunds", back, complete_until="2026-10-31")


def test_refunds_of_more_than_was_paid_are_asked_about_and_told_at_refund_metrics(tmp_path: Path) -> None:
    """6 and 5 go back of an order of 10: 11 of 40 paid."""
    shop = refunded(tmp_path, 6, 5)
    value = shop.value("refund_rate", "2026-10")
    assert value.value == pytest.approx(11 / 40)
    (note,) = told(value, "more than was paid")
    assert note.startswith(
        "refunds: 2 of 2 rows: refunds of an order come to more than was paid for it: refund rates are too high and "
        "net sales too low, e.g. 'o0'; [tables.refunds.columns] amount = "
    )
    codes = [one.code for one in shop.book().data.check()]
    assert codes.count("doubt:refunds_beyond_payment") == 1
    assert told(shop.value("paid_amount", "2026-10"), "more than was paid") == []


def test_refunds_of_all_that_was_paid_are_no_doubt(tmp_path: Path) -> None:
    assert told(refunded(tmp_path, 6, 4).value("refund_rate", "2026-10"), "more than was paid") == []


def test_a_buyer_who_is_nobody_is_told_at_what_counts_buyers(tmp_path: Path) -> None:
    rows = [{**row, "user_id": "guest" if n else "u"} for n, row in enumerate(bought(4))]
    shop = shop_of(tmp_path, rows)
    assert len(told(shop.value("active_trading_users", "2026-10"), "word for nobody")) == 1
    assert told(shop.value("paid_amount", "2026-10"), "word for nobody") == []


# ---- what `init` assumed and nobody has confirmed


def test_an_assumption_stands_at_every_value_of_its_table_until_it_is_confirmed(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, bought(3), confirm=["amounts are taken to be CNY"])
    assert told(shop.value("paid_amount", "2026-10"), "confirmed") == [
        "orders: not confirmed yet: amounts are taken to be CNY"
    ]
    assert told(shop.says_of("orders", confirm=[]).value("paid_amount", "2026-10"), "confirmed") == []


def test_a_currency_that_is_assumed_stands_at_amounts_alone(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, bought(3), confirm=['taken to be CNY; if not, write currency = "USD"'])
    assert len(told(shop.value("paid_amount", "2026-10"), "confirmed")) == 1
    assert told(shop.value("active_trading_users", "2026-10"), "confirmed") == []


def test_a_sentence_that_says_its_columns_stands_where_they_are_used(tmp_path: Path) -> None:
    said = {"en": "the receiver stands for the buyer", "zh": "以收货人代替买家", "of": ["user_id"]}
    shop = shop_of(tmp_path, bought(3), confirm=[said])
    told_at = {metric: len(told(shop.value(metric, "2026-10"), "receiver")) for metric in ("paid_amount", "buyers")}
    assert told_at == {"paid_amount": 0, "buyers": 1}


@pytest.mark.parametrize(
    ("sentence", "stands_at"),
    [
        ("nothing says when an order was paid: paid_at is taken to be created_at", ["paid_amount", "buyers"]),
        ("no column was found for order_amount: it is taken to be paid_amount", ["gmv"]),
        ("no column was found for paid_amount: it is taken to be order_amount", ["paid_amount"]),
        ("buyers are told apart by 买家: two people of one name count as one", ["buyers"]),
        ('x is the same on all lines; if not, write paid_amount = "sum(x)"', ["paid_amount"]),
        ("no column was found for order_id: orders are numbered", ["paid_amount", "gmv", "buyers"]),
        ("times without an offset are taken for UTC", ["paid_amount", "gmv", "buyers"]),
    ],
)
def test_an_assumption_about_a_column_stands_at_what_rests_on_it_alone(
    sentence: str, stands_at: list[str], tmp_path: Path
) -> None:
    shop = shop_of(tmp_path, bought(3), confirm=[sentence])
    metrics = ["paid_amount", "gmv", "buyers"]
    assert [one for one in metrics if told(shop.value(one, "2026-10"), "confirmed")] == stands_at
    assert not any(told(shop.says_of("orders", confirm=[]).value(one, "2026-10"), "confirmed") for one in metrics)


def test_buyers_that_are_masked_are_told_at_what_counts_buyers(tmp_path: Path) -> None:
    """Four orders of 张* are of one buyer here, and perhaps of four."""
    shop = shop_of(tmp_path, [{**row, "user_id": "张*"} for row in bought(4)])
    value = shop.value("active_trading_users", "2026-10")
    assert (value.value, len(told(value, "masked"))) == (1, 1)
    assert told(shop.value("paid_amount", "2026-10"), "masked") == []


def test_segments_that_differ_in_case_alone_are_told(tmp_path: Path) -> None:
    """Two orders through web, one through Web, one through app."""
    channels = ["web", "web", "Web", "app"]
    rows = [{**row, "channel_id": one} for row, one in zip(bought(4), channels, strict=True)]
    found = shop_of(tmp_path, rows).book().numbers.values(["paid_amount"], Period.parse("2026-10"), by="channel_id")
    said = "'Web', 'web' differ in the case of letters alone, and are parts of their own"
    assert {one.segment: (one.value, told(one, "case of letters")) for one in found} == {
        None: (40, []), "Web": (10, [said]), "app": (10, []), "web": (20, [said]),
    }  # fmt: skip


def test_segments_that_differ_in_signs_or_stand_in_one_period_each_are_told_where_their_change_is(
    tmp_path: Path,
) -> None:
    """One channel is called web in September and Web-Shop, web shop in October: 20 less and 20 more."""
    channels = ["web", "web", "Web-Shop", "web shop"]
    rows = [{**row, "channel_id": one} for row, one in zip(bought(4), channels, strict=True)]
    for row in rows[:2]:
        row |= {"created_at": "2026-09-02 10:00:00", "paid_at": "2026-09-02 10:00:00"}
    shop = shop_of(tmp_path, rows)
    parts = shop.book().numbers.values(["paid_amount"], Period.parse("2026-10"), by="channel_id")
    said = "'Web-Shop', 'web shop' differ in signs, blanks or widths alone, and are parts of their own"
    assert [told(one, "differ") for one in parts] == [[], [said], [said]]
    rows[2]["channel_id"], rows[3]["channel_id"] = "Web", "Web"
    moved = shop.has("orders", rows).book().segments.of("paid_amount", Period.parse("2026-10"), by="channel_id")
    assert told(moved.now, "differ") == ["'web', 'Web' differ in the case of letters alone, and are parts of their own"]


# ---- units of a return that names no SKU


def returning(root: Path, *units: int, **head: Any) -> Shop:
    """o0 holds three of `a` and one of `b`, o1 two of each; so many units of each came back."""
    lines = [("o0", "a", 3), ("o0", "b", 1), ("o1", "a", 2), ("o1", "b", 2)]
    back = [
        {"refund_id": f"r{n}", "order_id": f"o{n}", "user_id": f"u{n}", "refunded_at": DAY.format(5), "amount": 1,
         "qty": count, "kind": "return", "sku_id": "a"}
        for n, count in enumerate(units)
    ]  # fmt: skip
    shop = shop_of(root, [{**row, "channel_id": "web"} for row in bought(2)]).says(**head)
    shop.has("order_items", [dict(zip(("order_id", "sku_id", "qty"), one, strict=True)) | {"unit_price": 1}
                             for one in lines])  # fmt: skip
    shop.has("products", [{"sku_id": one, "product_id": one, "category_id": f"class {one}"} for one in "ab"])
    return shop.has("refunds", back, complete_until="2026-10-31")


def test_a_return_spread_over_the_skus_of_its_order_is_told_where_the_cut_asks_for_them(tmp_path: Path) -> None:
    """Two of the four units of o0 came back, 1.5 of `a` of 5 by their share, and o1 whole: that is no estimate."""
    numbers = returning(tmp_path, 2, 4).book().numbers
    parts = {
        by: {
            one.segment: (one.value, [note.partition(":")[2][:30] for note in told(one, "estimate")])
            for one in numbers.values(["return_rate"], Period.parse("2026-10"), by=by)
        }
        for by in ("sku_id", "category_id", "channel_id")
    }
    said = [" 1 of 2 rows is an estimate: t"]
    assert parts["sku_id"] == {None: (0.75, []), "a": (0.7, said), "b": (pytest.approx(2.5 / 3), said)}
    assert parts["category_id"] == {
        None: (0.75, []), "class a": (0.7, said), "class b": (pytest.approx(2.5 / 3), said)
    }  # fmt: skip
    assert parts["channel_id"] == {None: (0.75, []), "web": (0.75, [])}
    (kept,) = numbers.values(["return_rate"], Period.parse("2026-10"), where="products.category_id = 'class a'")
    assert (kept.value, len(told(kept, "estimate"))) == (0.7, 1)


def test_a_return_that_names_its_sku_is_no_estimate(tmp_path: Path) -> None:
    shop = returning(tmp_path, 2, settings={"returns_by": "sku"}).says_of("refunds", columns={"sku_id": "sku_id"})
    parts = shop.book().numbers.values(["return_rate"], Period.parse("2026-10"), by="sku_id")
    assert [(one.segment, one.value, told(one, "estimate")) for one in parts] == [
        (None, 0.25, []), ("a", 0.4, []), ("b", 0.0, [])
    ]  # fmt: skip
