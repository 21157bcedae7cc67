"""Values, reasons, roll-ups and growth (R001, R002, R004, R005, R006), through the Book."""

from __future__ import annotations

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from kpi_tui.text.i18n import speaking, told
from tests.workspaces import Shop, orders, users, views

ORDERS = orders(
    ("o1", "ann", "2026-01-05 10:00:00", 100),
    ("o2", "ann", "2026-01-05 11:00:00", 50),
    ("o3", "bob", "2026-01-20 12:00:00", 30),
    ("o4", "ann", "2026-02-03 09:00:00", 20),
    ("o5", "cat", "2026-03-31 23:59:59", 200),
)


@pytest.fixture
def filled(shop: Shop) -> Shop:
    """Five orders of three buyers from January to March 2026."""
    return shop.has("orders", ORDERS)


def test_percent_metrics_are_fractions_r001(filled: Shop) -> None:
    assert filled.value("repurchase_rate_window", "2026-01").value == 0.5  # ann of ann and bob


def test_ratio_over_nothing_is_null_with_its_reason_r002(shop: Shop) -> None:
    rows = orders(("o1", "ann", "2026-01-05 10:00:00", 100), ("o2", "ann", "2026-03-05 10:00:00", 100))
    value = shop.has("orders", rows).value("aov", "2026-02")
    assert (value.value, value.reason) == (None, Reason.ZERO_DENOMINATOR)


def test_covered_window_without_rows_counts_zero_r002(shop: Shop) -> None:
    rows = orders(("o1", "ann", "2026-01-05 10:00:00", 100), ("o2", "ann", "2026-03-05 10:00:00", 100))
    value = shop.has("orders", rows).value("active_trading_users", "2026-02")
    assert (value.value, value.reason, value.partial) == (0, None, False)


def test_period_outside_the_data_has_no_number_r002(filled: Shop) -> None:
    for period in ("2025-11", "2026-05"):
        value = filled.value("paid_amount", period)
        assert (value.value, value.reason) == (None, Reason.NO_DATA)
        assert "2026-01-05" in value.detail


def test_missing_table_and_missing_column_are_named_r002(shop: Shop) -> None:
    rows = [{k: v for k, v in row.items() if k != "list_amount"} for row in ORDERS]
    book = shop.has("orders", rows).book()
    no_refunds, no_column = book.numbers.values(["net_sales_revenue", "discount_rate"], Period.parse("2026-01"))
    assert (no_refunds.reason, "refunds" in no_refunds.detail) == (Reason.NO_TABLE, True)
    assert (no_column.value, no_column.reason) == (None, Reason.NO_COLUMN)
    assert "orders.list_amount" in no_column.detail


def test_running_period_is_marked_partial_r004(shop: Shop) -> None:
    rows = orders(("o1", "ann", "2026-01-01 10:00:00", 100), ("o2", "ann", "2026-01-20 10:00:00", 100))
    shop.has("orders", rows)
    assert shop.value("paid_amount", "2026-01").partial
    assert shop.says(as_of="2026-01-31").value("paid_amount", "2026-01").partial is False


def test_growth_form_of_absolute_metrics_r005(shop: Shop) -> None:
    rows = orders(
        ("o1", "ann", "2026-01-01 10:00:00", 100),
        ("o2", "ann", "2026-02-20 10:00:00", 120),
        ("o3", "ann", "2026-04-30 10:00:00", 50),
    )
    book = shop.has("orders", rows).book()

    def growth(period: str) -> tuple[float | None, Reason | None]:
        value = book.numbers.values(["paid_amount.growth"], Period.parse(period))[0]
        return value.value, value.reason

    assert growth("2026-02") == (pytest.approx(0.20), None)  # 120 after 100
    assert growth("2026-04") == (None, Reason.ZERO_DENOMINATOR)  # after 0


def test_growth_never_compares_a_partial_period_r005(shop: Shop) -> None:
    rows = orders(("o1", "ann", "2026-01-01 10:00:00", 100), ("o2", "ann", "2026-02-10 10:00:00", 120))
    value = shop.has("orders", rows).value("paid_amount.growth", "2026-02")
    assert (value.value, value.reason) == (None, Reason.PENDING)


def test_visitor_of_20_days_is_one_monthly_visitor_r004(shop: Shop) -> None:
    rows = views(*(("ann", f"2026-03-{day:02d} 10:00:00", "/") for day in range(1, 21)))
    rows += views(("bob", "2026-03-31 10:00:00", "/"), event_id="last")
    shop.has("orders", orders(("o1", "ann", "2026-03-01 10:00:00", 1)), complete_until="2026-03-31")
    shop.has("events", rows).says(as_of="2026-03-31")
    assert shop.value("uv", "2026-03").value == 2  # recompute
    assert shop.value("dau", "2026-03").value == pytest.approx(21 / 31)  # mean of the days


def test_day_buyback_is_pooled_over_the_days_r004(filled: Shop) -> None:
    # days with buyers in 2026-Q1: 5 Jan ann (first day), 20 Jan bob, 3 Feb ann (bought before), 31 Mar cat
    assert filled.value("buyback_rate_day", "2026-Q1").value == pytest.approx(1 / 4)


def test_last_value_of_a_longer_period_is_the_value_at_its_end_r004(filled: Shop) -> None:
    month, quarter = (filled.value("repurchase_rate_buyers", period).value for period in ("2026-03", "2026-Q1"))
    assert month == quarter == pytest.approx(1 / 3)


def test_period_shorter_than_the_grain_is_refused_with_a_reason_r004(filled: Shop) -> None:
    value = filled.value("repurchase_rate_window", "2026-01-07")
    assert (value.value, value.reason) == (None, Reason.NOT_APPLICABLE)


def test_totals_beside_a_breakdown_are_recomputed_not_summed(shop: Shop) -> None:
    rows = orders(("o1", "ann", "2026-01-05 10:00:00", 100), scene="live")
    rows += orders(("o2", "ann", "2026-01-06 10:00:00", 50), scene="group")
    rows += orders(("o3", "bob", "2026-01-31 10:00:00", 30), scene=None)
    values = (
        shop.has("orders", rows).book().numbers.values(["active_trading_users"], Period.parse("2026-01"), by="scene")
    )
    assert {value.segment: value.value for value in values} == {None: 2, "live": 1, "group": 1, "(none)": 1}


def test_where_restricts_rows_and_unknown_columns_are_refused(filled: Shop) -> None:
    book = filled.book()
    assert book.numbers.values(["paid_amount"], Period.parse("2026-01"), where="user_id = 'ann'")[0].value == 150
    with pytest.raises(UsageError, match="colour"):
        book.numbers.values(["paid_amount"], Period.parse("2026-01"), where="colour = 'red'")
    with pytest.raises(UsageError, match="read_csv"):
        book.numbers.values(
            ["paid_amount"], Period.parse("2026-01"), where="user_id in (select a from read_csv('/etc/passwd'))"
        )


def test_last_gives_periods_oldest_first(filled: Shop) -> None:
    values = filled.book().numbers.values(["paid_amount"], Period.parse("2026-03"), last=3)
    assert [(value.period.id, value.value) for value in values] == [("2026-01", 180), ("2026-02", 20), ("2026-03", 200)]


def test_new_metric_needs_a_toml_edit_only_r006(filled: Shop) -> None:
    filled.defines(
        "metrics/own.toml",
        """
        [measures.big_orders]
        table = "orders"
        agg = "count"
        where = "paid_amount >= 100"
        time = "paid_at"
        [metrics.big_order_share]
        name = { en = "Big orders", zh = "大单占比" }
        category = "revenue"
        kind = "ratio"
        formula = "big_orders / paid_order_count"
        unit = "percent"
        better = "higher"
        grain = "day"
        """,
    )
    assert filled.value("big_order_share", "2026-01").value == pytest.approx(1 / 3)


def test_formula_with_an_unknown_name_is_refused_with_file_metric_and_name_r006(filled: Shop) -> None:
    filled.defines(
        "metrics/own.toml",
        '[metrics.x]\nname = "X"\ncategory = "revenue"\nkind = "ratio"\nformula = "paid_order_cuont / 2"\n'
        'unit = "count"\nbetter = "higher"\ngrain = "day"\n',
    )
    issue = next(issue for issue in filled.book().issues if "paid_order_cuont" in issue.message)
    assert issue.file == "metrics/own.toml"
    assert issue.line == 5
    assert "metrics.x" in issue.key
    assert "paid_order_count" in issue.message + issue.hint


def test_second_start_reads_numbers_not_rows(filled: Shop) -> None:
    first = filled.book()
    before = first.numbers.values(["aov"], Period.parse("2026-01"))
    first._engine.flush()
    second = filled.book()
    assert second.numbers.values(["aov"], Period.parse("2026-01")) == before
    assert not second._engine.data._frames, "the table was read again"


def test_changed_file_is_read_again(filled: Shop) -> None:
    book = filled.book()
    assert book.numbers.values(["paid_amount"], Period.parse("2026-02"))[0].value == 20
    book._engine.flush()
    filled.has("orders", [*ORDERS, *orders(("o6", "dan", "2026-02-04 10:00:00", 7))])
    assert filled.value("paid_amount", "2026-02").value == 27


def test_cohort_not_complete_is_pending_r002(shop: Shop) -> None:
    shop.has("users", users(("ann", "2026-01-10 08:00:00"), ("bob", "2026-01-31 08:00:00")))
    shop.has("events", views(("ann", "2026-01-11 10:00:00", "/"), ("ann", "2026-01-31 10:00:00", "/")))
    shop.has("orders", orders(("o1", "ann", "2026-01-31 10:00:00", 1))).says(as_of="2026-01-31")
    value = shop.value("d1_retention", "2026-01")
    assert (value.value, value.reason) == (None, Reason.PENDING)
    assert "2026-02-01" in value.detail


def test_mean_of_an_unfinished_quarter_is_partial_r004(shop: Shop) -> None:
    rows = views(*(("ann", f"2026-01-{day:02d} 10:00:00", "/") for day in range(1, 32)))
    shop.has("orders", orders(("o1", "ann", "2026-01-01 10:00:00", 1)), complete_until="2026-01-31")
    value = shop.has("events", rows).says(as_of="2026-01-31").value("dau", "2026-Q1")
    assert (value.value, value.partial) == (1, True)


def test_results_of_other_code_are_forgotten(filled: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    from kpi_tui.engine.kept import cache

    first = filled.book()
    first.numbers.values(["aov"], Period.parse("2026-01"))
    first._engine.flush()
    monkeypatch.setattr(cache, "program", lambda: "an upgrade")
    second = filled.book()
    second.numbers.values(["aov"], Period.parse("2026-01"))
    assert second._engine.data._frames, "a number of the old code was shown"


def test_a_number_of_the_rows_before_is_not_kept_for_a_file_that_changed_meanwhile(filled: Shop) -> None:
    """January: 100 + 50 + 30; with a sixth order, which the open book has not read, 20 more."""
    opened, january = filled.book(), Period.parse("2026-01")
    opened.numbers.values(["aov"], january)
    filled.has("orders", [*ORDERS, *orders(("o6", "eve", "2026-01-21 10:00:00", 20))])
    (before,) = opened.numbers.values(["paid_amount"], january)
    opened._engine.flush()
    assert (before.value, filled.value("paid_amount", "2026-01").value) == (180, 200)


def test_trackers_without_orders_have_active_users(shop: Shop) -> None:
    shop.has("events", views(("ann", "2026-03-01 10:00:00", "/"), ("ann", "2026-03-31 10:00:00", "/")))
    shop.has("users", users(("ann", "2026-03-01 09:00:00"), ("bob", "2026-03-02 09:00:00")))
    book = shop.book()
    mau, d30, arpu = book.numbers.values(["mau", "d30_retention", "arpu"], Period.parse("2026-03"))
    assert mau.value == 1
    assert d30.reason is Reason.PENDING, "bob's 30 days are not over"
    assert arpu.reason is Reason.NO_TABLE, "what needs orders still says so"


def test_a_payment_after_the_last_order_day_counts_unless_the_as_of_day_is_declared(shop: Shop) -> None:
    late = orders(("o1", "ann", "2026-01-05 10:00:00", 100), ("o2", "ann", "2026-01-31 23:50:00", 30))
    late[1]["paid_at"] = "2026-02-01 00:05:00"
    shop.has("orders", late)
    assert shop.value("paid_amount", "2026").value == 130
    assert shop.says(as_of="2026-01-31").value("paid_amount", "2026").value == 100


def test_sound_definitions_are_judged_once_and_again_after_an_edit(
    filled: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kpi_tui.workspace.check import validate

    judged: list[int] = []
    real = validate.validate_layer
    monkeypatch.setattr(validate, "validate_layer", lambda *layer: judged.append(1) or real(*layer))
    filled.says(north_star="paid_amount").book().numbers.values(["aov"], Period.parse("2026-01"))
    Book.open(filled.root)
    assert len(judged) == 1
    own = '[metrics.own]\nname = "Own"\ncategory = "revenue"\nkind = "ratio"\nformula = "nothing / 2"\n'
    filled.defines("metrics/own.toml", own + 'unit = "count"\nbetter = "higher"\ngrain = "day"\n')
    assert any("nothing" in issue.message for issue in filled.book().issues)
    assert len(judged) == 2


def test_long_work_is_told_in_the_words_of_tables_and_facts_of_either_language(filled: Shop) -> None:
    heard: dict[str, None] = {}
    filled.book().numbers.values(
        ["repurchase_rate_window"], Period.parse("2026-01"), progress=lambda what, *_: heard.update({what: None})
    )
    said = [str(what) for what in heard]
    with speaking("zh"):
        in_chinese = [told(what) for what in heard]
    assert said[0] == "reading Orders, orders.csv"
    assert in_chinese[0] == "正在读取：订单（orders.csv）"
    assert "counting Buyers per period" in said
    assert "正在统计：买家×周期" in in_chinese
