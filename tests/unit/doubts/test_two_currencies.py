"""A file that says two currencies of one amount is asked about, and every value of that amount says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpi_tui.definitions.answers.value import Value
from kpi_tui.tables.propose.propose import propose
from kpi_tui.views.data.proposal import proposal
from tests.workspaces import Row, Shop, orders

LAST = "2026-03-31"
BOUGHT = orders(
    ("o1", "ann", "2026-03-01 10:00", 100.0),
    ("o2", "bob", "2026-03-02 10:00", 50.0),
    ("o3", "ann", "2026-03-03 10:00", 70.0),
)
TWO = "1 row says two currencies: currency 'CNY', payment_currency 'USD'"


def shop(root: Path, more: dict[str, tuple[str, str, str]], **source: Any) -> Shop:
    """The three orders with some more columns."""
    rows: list[Row] = [{**row, **{k: v[n] for k, v in more.items()}} for n, row in enumerate(BOUGHT)]
    return Shop(root / "ws").has("orders", rows, complete_until=LAST, **source).says(as_of=LAST, currency="CNY")


def asked(made: Shop, metric: str = "paid_amount") -> Value:
    return made.value(metric, "2026-03")


def warnings(made: Shop, code: str) -> list[str]:
    return [f"{one.message}; {one.hint}" for one in made.book().data.check() if one.code == code]


COLUMNS = {"currency": ("CNY", "CNY", "CNY"), "payment_currency": ("CNY", "USD", "cny")}


def test_two_columns_that_differ_are_asked_about_and_told_at_amounts_alone(tmp_path: Path) -> None:
    """Taken as yuan the three are 220, which is said to be doubtful; that there are three is not."""
    made = shop(tmp_path, COLUMNS)
    value = asked(made)
    assert value.value == 220 and any(TWO in note for note in value.notes), value.notes
    assert not asked(made, "paid_orders").notes
    (said,) = warnings(made, "two-currencies")
    assert TWO in said and 'currency_column = "currency" or "payment_currency" in [tables.orders]' in said


@pytest.mark.parametrize(("column", "value"), [("currency", 220), ("payment_currency", None)])
def test_the_column_that_is_named_counts_alone(column: str, value: float | None, tmp_path: Path) -> None:
    """By the other column 100 + 70 are yuan and 50 are dollars: never added up."""
    made = shop(tmp_path, COLUMNS, currency_column=column)
    found = asked(made)
    assert found.value == value and not found.notes
    assert not warnings(made, "two-currencies")


def test_a_column_that_is_not_called_a_currency_can_be_named(tmp_path: Path) -> None:
    made = shop(tmp_path, {"paid_in": ("CNY", "USD", "CNY")}, currency_column="paid_in")
    assert asked(made).value is None
    messages = [one.message for one in shop(tmp_path / "b", {}, currency_column="paid_on").book().data.check()]
    assert any("unknown column 'paid_on'" in one for one in messages)


def test_the_same_currency_in_other_words_is_no_other_one(tmp_path: Path) -> None:
    columns = {"currency": ("CNY", "CNY", "CNY"), "货币": ("人民币", "RMB", "人民币"), "currency_id": ("1", "1", "1")}
    assert not asked(shop(tmp_path, columns)).notes


SIGNED = {"paid_amount": "try_cast(regexp_replace(paid, '[^0-9.]', '', 'g') as double)"}


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"paid": ("¥100", "$50", "￥70")}, "paid holds signs of several currencies, and they are added up: "),
        (
            {"paid": ("¥100", "$50", "¥70"), "currency": ("CNY", "CNY", "CNY")},
            "1 row says two currencies: currency 'CNY', paid '$'",
        ),
        ({"paid": ("$100", "HK$50", "HKD 70"), "currency": ("HKD", "HKD", "HKD")}, ""),
        ({"paid": ("¥100", "50 CNY", "70元")}, ""),
    ],
)
def test_signs_that_a_mapping_takes_away_are_looked_at(
    columns: dict[str, tuple[str, str, str]], said: str, tmp_path: Path
) -> None:
    """$ may be Hong Kong's, ¥ and 元 China's; ¥ and $ are never one currency."""
    made = shop(tmp_path, columns, columns=SIGNED).says(currency=columns.get("currency", ("CNY",))[0])
    value = asked(made)
    assert value.value == 220
    assert any(said in note for note in value.notes) if said else not value.notes, value.notes
    assert len(warnings(made, "currency-signs")) == bool(said)


@pytest.mark.parametrize(
    ("sign", "code", "may_be"),
    [
        ("MOP$", "MOP", True),
        ("RD$", "DOP", True),
        ("A$", "AUD", True),
        ("C$", "CAD", True),
        ("S$", "SGD", True),
        ("NZ$", "NZD", True),
        ("£", "EGP", True),
        ("$", "UYU", True),
        ("$", "PHP", False),  # whose sign is ₱
        ("US$", "SGD", False),  # no S$
        ("S$", "USD", False),
        ("MOP$", "HKD", False),
        ("£", "EUR", False),
    ],
)
def test_a_sign_may_mean_every_currency_that_is_printed_with_it(
    sign: str, code: str, may_be: bool, tmp_path: Path
) -> None:
    columns = {"paid": (f"{sign}100", f"{sign}50", f"{sign}70"), "currency": (code, code, code)}
    made = shop(tmp_path, columns, columns=SIGNED).says(currency=code)
    assert bool(warnings(made, "currency-signs")) is not may_be


def test_one_currency_that_is_said_settles_the_signs(tmp_path: Path) -> None:
    made = shop(tmp_path, {"paid": ("¥100", "$50", "¥70")}, columns=SIGNED, currency="CNY")
    assert asked(made).value == 220 and not asked(made).notes


def test_init_asks_which_column_it_is(tmp_path: Path) -> None:
    made = shop(tmp_path, COLUMNS)
    found = propose([made.root / "orders.csv"], made.book().workspace.schemas, "UTC")
    notes = proposal(found).data["tables"][0]["notes"]
    assert any(f"{TWO}: currency is taken to be that of the amounts" in note for note in notes), notes


def test_no_line_is_given_that_would_add_two_signs_up(tmp_path: Path) -> None:
    """`$10` beside `¥10`: a hint that takes the dollar sign away makes 10 yuan of 10 dollars."""
    signed = [{**row, "paid_amount": sign + "10"} for row, sign in zip(BOUGHT, ("$", "¥", "$"), strict=True)]
    made = Shop(tmp_path / "ws").has("orders", signed, complete_until=LAST).says(as_of=LAST, currency="CNY")
    (said,) = warnings(made, "table")
    assert "it has amounts in USD, ¥, which are never added up" in said and "replace(" not in said
    alone = [{**row, "paid_amount": "$10"} for row in BOUGHT]
    (said,) = warnings(made.has("orders", alone), "table")
    assert said.endswith(
        """currency = "USD" where the workspace has another, and write replace(paid_amount, '$', '')"""
    )
