"""R146: any metric restricted to a campaign's days and the people who took part."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders, users

NAME = "mid-autumn 'n' more"  # an id is data: a quote in it must end no literal
SPAN = Period.parse("2026-09-12/2026-09-20")


def joins(*rows: tuple[str, str, str]) -> list[dict[str, Any]]:
    """Campaign joins from (user, moment, campaign)."""
    return [
        {
            "event_id": f"j{number}",
            "ts": at,
            "visitor_id": f"v{who}",
            "user_id": who,
            "platform": "app",
            "event": "campaign_join",
            "page_id": "p",
            "campaign_id": campaign,
            "is_valid": "true",
        }
        for number, (who, at, campaign) in enumerate(rows)
    ]


def campaign(id_: str, first: str, last: str) -> dict[str, Any]:
    return {"campaign_id": id_, "kind": "discount", "starts_at": first, "ends_at": last, "audience_size": 100}


def shop(root: Path) -> Shop:
    """Ann and Bob take part in one campaign, Cat in another; everybody buys, also before and after."""
    sold = orders(
        ("1", "ann", "2026-09-11 23:59:59", 5.0),  # a minute before the campaign
        ("2", "ann", "2026-09-12 00:00:00", 10.0),
        ("3", "bob", "2026-09-20 23:59:59", 20.0),
        ("4", "cat", "2026-09-15 12:00:00", 40.0),
        ("5", "ann", "2026-09-21 00:00:00", 80.0),
    )
    items = [
        {"order_id": order, "sku_id": "s", "qty": qty, "unit_price": 1, "unit_cost": 1}
        for order, qty in (("2", 1), ("3", 2), ("4", 7))
    ]
    ads = [
        {"day": day, "channel_id": "c", "campaign_id": of, "pricing_model": "cpc", "spend": spend}
        for day, of, spend in (("2026-09-13", NAME, 3), ("2026-09-14", "other", 30), ("2026-09-30", NAME, 300))
    ]
    return (
        Shop(root)
        .says(as_of=date(2026, 10, 31))
        .has("users", users(("ann", "2026-01-01"), ("bob", "2026-09-13"), ("cat", "2026-09-14")))
        .has("orders", sold, complete_until="2026-10-31")
        .has("order_items", items)
        .has("channel_daily", ads, complete_until="2026-10-31")
        .has(
            "campaigns",
            [
                campaign(NAME, "2026-09-12 00:00:00", "2026-09-20 23:59:59"),
                campaign("other", "2026-09-01 00:00:00", "2026-09-30 23:59:59"),
            ],
        )
        .has(
            "events",
            joins(
                ("ann", "2026-09-12 09:00:00", NAME),
                ("bob", "2026-09-13 09:00:00", NAME),
                ("cat", "2026-09-15 09:00:00", "other"),
            ),
            complete_until="2026-10-31",
        )
    )


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return shop(tmp_path / "shop").book(draft=False)


def ask(book: Book, metric: str, of: str = NAME, **more: Any) -> float | None:
    (value,) = book.numbers.values([metric], book.numbers.campaign_period(of), campaign=of, **more)
    return value.value


def test_r146_the_period_is_the_span_of_the_campaign(book: Book) -> None:
    assert book.numbers.campaign_period(NAME) == SPAN


def test_r146_only_participants_count_and_only_inside_the_span(book: Book) -> None:
    assert ask(book, "paid_amount") == 30  # ann's 10 and bob's 20
    assert ask(book, "campaign_participants") == 2
    assert ask(book, "new_users") == 1  # bob; cat registered too but took part elsewhere
    assert ask(book, "paid_amount", "other") == 40


def test_r146_lines_of_orders_are_found_through_their_orders(book: Book) -> None:
    assert ask(book, "items_per_order") == pytest.approx(3 / 2)


def test_r146_a_table_without_users_counts_what_is_noted_for_the_campaign(book: Book) -> None:
    assert ask(book, "marketing_spend") == 3


def test_r146_a_metric_counted_per_month_is_read_over_the_shorter_campaign(book: Book) -> None:
    month_only = book.library.metric("repeat_deals")
    assert month_only.grain.value == "month"
    assert ask(book, "repeat_deals") == 0  # ann and bob have one deal each in it
    (plain,) = book.numbers.values([month_only.id], SPAN)
    assert plain.reason == "not_applicable"


def test_r146_a_further_condition_and_a_break_down_hold_together_with_it(book: Book) -> None:
    assert ask(book, "paid_amount", where="user_id = 'ann'") == 10
    rows = book.numbers.values(["paid_amount"], SPAN, campaign=NAME, by="user_id")
    assert {row.segment: row.value for row in rows} == {None: 30, "ann": 10, "bob": 20}


def test_r146_the_explanation_counts_the_same_rows_and_shows_the_condition(book: Book) -> None:
    explained = book.numbers.explain("paid_amount", SPAN, campaign=NAME)
    assert explained.value.value == 30
    assert explained.readings[0].rows == 2
    assert "d_campaign_joins" in explained.readings[0].sql


def test_a_number_for_everybody_is_never_taken_for_that_of_a_campaign(book: Book) -> None:
    (everybody,) = book.numbers.values(["paid_amount"], SPAN)
    assert (everybody.value, ask(book, "paid_amount")) == (70, 30)
    (again,) = book.numbers.values(["paid_amount"], SPAN)
    assert again.value == 70


@pytest.mark.parametrize("name", ["nobody", "x' or '1'='1", ""])
def test_an_unknown_campaign_is_named(book: Book, name: str) -> None:
    with pytest.raises(UsageError, match="no campaign"):
        book.numbers.campaign_period(name)


def test_without_the_tables_the_one_missing_is_named(tmp_path: Path) -> None:
    book = Shop(tmp_path / "bare").has("orders", orders(("1", "a", "2026-09-12", 1.0))).book(draft=False)
    with pytest.raises(UsageError, match="needs the table campaigns"):
        book.numbers.campaign_period("x")


def test_a_table_that_knows_neither_users_nor_campaigns_is_named(tmp_path: Path) -> None:
    built = shop(tmp_path / "shop").has("mystery_shopper", [
        {"visit_id": "1", "visited_on": "2026-09-13", "department": "d", "score": 9, "score_max": 10, "scale_max": 10}
    ])  # fmt: skip
    with pytest.raises(UsageError, match="mystery_shopper knows neither users nor campaigns"):
        ask(built.book(draft=False), "mystery_shopper_score")


def test_r146_on_the_command_line_a_campaign_brings_its_own_period(
    tmp_path: Path, capsys: Any, monkeypatch: Any
) -> None:
    import json

    from kpi_tui.cli import main

    for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    built = shop(tmp_path / "shop")
    built.book(draft=False)

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["-w", str(built.root), *words, "--format", "json"])
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    code, out, _ = run("values", "paid_amount", "--campaign", NAME)
    (value,) = json.loads(out)
    assert (code, value["value"], value["period"]) == (0, 30, "2026-09-12/2026-09-20")
    assert json.loads(run("explain", "paid_amount", "--campaign", NAME)[1])["value"] == 30
    code, out, err = run("values", "paid_amount", "--campaign", NAME, "--period", "2026-09")
    assert (code, out) == (2, "")
    assert "--period" in err
