"""Drivers and metric trees through the Book and the command (R164–R166)."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.cli import main
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import Severity, UsageError
from kpi_tui.definitions.period import Period
from kpi_tui.workspace.load import load
from tests.unit.analysis.day_shop import TREE, day_shop
from tests.workspaces import Shop

# visits 10000 -> 12000, orders / visits .05 -> .04, paid / orders 80 -> 90
DAYS = [("2026-01-01", 10_000, 500, 40_000.0), ("2026-02-10", 12_000, 480, 43_200.0)]
FEBRUARY = Period.parse("2026-02")


@pytest.fixture
def book(shop: Shop) -> Book:
    return day_shop(shop, DAYS, as_of="2026-03-31").book()


@pytest.mark.parametrize("subject", ["gmv", "goal", "paid"])
def test_gmv_from_raw_rows_has_the_contributions_of_the_issue(book: Book, subject: str) -> None:
    """A formula over metrics, a tree, and a metric of one measure that a tree takes apart."""
    found = book.drivers.of(subject, FEBRUARY)
    assert {driver.factor: round(driver.contribution or 0) for driver in found.drivers} == {
        "visits": 7633,
        "rate": -9367,
        "value": 4933,
    }
    assert found.change == pytest.approx(3200)


def test_metrics_inside_a_formula_are_taken_apart_on_request(book: Book) -> None:
    found = book.drivers.of("gmv", FEBRUARY, expand=True)
    parts = {driver.factor: driver.contribution for driver in found.drivers}
    assert set(parts) == {"visit_sum", "order_sum", "paid_sum"}
    assert math.fsum(part or 0 for part in parts.values()) == pytest.approx(3200)
    # visits × orders / visits × paid / orders is what was paid: the others cancel, and LMDI sees it exactly
    assert [driver.check for driver in found.drivers] == [pytest.approx(0), pytest.approx(0), pytest.approx(3200)]


def test_a_mean_of_days_is_not_split_and_says_how_to_ask(book: Book) -> None:
    found = book.drivers.of("daily", FEBRUARY)
    assert found.reason is Reason.NOT_APPLICABLE
    assert "mean of its values per day" in found.detail


def test_unknown_subject_method_and_order_are_refused(book: Book) -> None:
    with pytest.raises(UsageError, match="trees: goal"):
        book.drivers.of("nothing", FEBRUARY)
    with pytest.raises(UsageError, match="growth form; ask for the drivers of paid"):
        book.drivers.of("paid.growth", FEBRUARY)
    with pytest.raises(UsageError, match="shapley, lmdi, substitution"):
        book.drivers.of("gmv", FEBRUARY, method="guess")
    with pytest.raises(UsageError, match="every factor once"):
        book.drivers.of("gmv", FEBRUARY, method="substitution", order=("visits",))
    with pytest.raises(UsageError, match="known: goal"):
        book.drivers.tree("wood", FEBRUARY)


def test_zero_sales_are_split_and_a_period_before_the_data_is_not(shop: Shop) -> None:
    book = day_shop(shop, [DAYS[0], ("2026-02-10", 12_000, 480, 0.0)], as_of="2026-03-31").book()
    gone = book.drivers.of("gmv", FEBRUARY)
    assert math.fsum(driver.contribution or 0 for driver in gone.drivers) == pytest.approx(-40_000)
    before = book.drivers.of("gmv", Period.parse("2026-01"))
    assert (before.reason, before.change) == (Reason.NO_DATA, None)


def test_r166_children_come_with_their_change_largest_first(book: Book) -> None:
    root = book.drivers.tree("goal", FEBRUARY)
    assert [child.node for child in root.children] == ["rate", "visits", "value"]
    assert [child.change for child in root.children] == [pytest.approx(-0.2), pytest.approx(0.2), pytest.approx(0.125)]
    assert root.moved_most is root.children[0]
    assert root.change == pytest.approx(0.08)


def test_r166_without_a_formula_the_relative_change_decides(shop: Shop) -> None:
    tree = TREE.replace('formula = "visits * rate * value"\n', "")
    root = (
        day_shop(shop, [DAYS[0], ("2026-02-10", 12_000, 600, 60_000.0)], as_of="2026-03-31", tree=tree)
        .book()
        .drivers.tree("goal", FEBRUARY)
    )
    # visits +20 %, rate 0, value 80 -> 100 = +25 %
    assert [child.node for child in root.children] == ["value", "visits", "rate"]
    assert all(child.contribution is None for child in root.children)


def test_r165_the_shipped_tree_is_that_of_the_document(project: Path) -> None:
    loaded = load(project / "config")
    assert loaded.workspace is not None
    tree = loaded.workspace.trees["user_payment"]
    assert (tree.root.metric, tree.root.children) == (
        "user_payment_amount",
        ("active_trading_users", "customer_lifetime", "aov"),
    )
    assert {name: tree.nodes[name].children for name in tree.root.children} == {
        "active_trading_users": ("new_users", "active_to_trading_ratio", "winback_rate"),
        "customer_lifetime": ("d30_retention", "churn_rate"),
        "aov": ("items_per_order", "discount_rate"),
    }
    assert [issue for issue in loaded.issues if "tree" in issue.message] == []


def test_r164_more_than_three_children_and_a_fourth_level_are_warned_about(shop: Shop) -> None:
    tree = """
    [trees.wide]
    name = "Wide"
    [[trees.wide.nodes]]
    metric = "paid"
    owner = "boss"
    children = ["visits", "rate", "value", "stock"]
    """ + "".join(
        f'[[trees.wide.nodes]]\nmetric = "{name}"\nowner = "ann"\nchildren = [{child}]\n'
        for name, child in (
            ("visits", '"gmv"'),
            ("rate", ""),
            ("value", ""),
            ("stock", ""),
            ("gmv", '"daily"'),
            ("daily", ""),
        )
    )
    book = day_shop(shop, DAYS, as_of="2026-03-31", tree=tree).book()
    warned = [issue for issue in book.issues if issue.code == "R164"]
    assert {issue.severity for issue in warned} == {Severity.WARNING}
    assert sorted(issue.message for issue in warned) == [
        "tree wide: daily stands on level 4; a tree has 3",
        "tree wide: paid has 4 children, more than 3",
    ]
    assert "wide" in book.workspace.trees


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"rate", "value"]', '"rate", "valeu"]', "unknown node 'valeu'"),
        ('metric = "rate"', 'metric = "nothing"\nnode = "rate"', "unknown metric 'nothing'"),
        ("visits * rate * value", "visits * rate", "do not name the same metrics: value"),
        ("visits * rate * value", "visits * * rate", "not valid SQL"),
        ('owner = "bob"', 'owner = "bob"\nchildren = ["value"]', "hangs in the tree twice"),
        ('owner = "bob"', 'owner = "bob"\nchildren = ["paid"]', "hangs in the tree twice"),
        ('owner = "bob"', 'owner = "bob"\nheight = 3', "unknown key 'height'"),
        ('owner = "ann"', 'owner = "ann"\n[[trees.goal.nodes]]\nmetric = "stock"', "hangs on nothing"),
    ],
)
def test_r164_a_contradictory_tree_is_left_out_with_its_place(shop: Shop, old: str, new: str, words: str) -> None:
    book = day_shop(shop, DAYS, as_of="2026-03-31", tree=TREE.replace(old, new)).book()
    errors = [issue for issue in book.issues if issue.severity is Severity.ERROR]
    assert any(words in issue.message for issue in errors)
    assert all(issue.file == "trees.toml" and issue.line for issue in errors)
    assert book.workspace.trees == {}


def test_r164_a_node_without_owner_and_period_gets_a_hint(shop: Shop) -> None:
    book = day_shop(shop, DAYS, as_of="2026-03-31", tree=TREE.replace('owner = "bob"', "")).book()
    (hint,) = book.issues
    assert (hint.severity, hint.code) == (Severity.HINT, "R164")
    assert "rate has neither an owner nor a period" in hint.message


def ask(shop: Shop, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["-w", str(shop.root), *words])
    captured = capsys.readouterr()
    assert ended.value.code in (0, None), captured.err
    return captured.out


def test_command_gives_json_and_a_waterfall(shop: Shop, book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(ask(shop, capsys, "drivers", "goal", "--period", "2026-02"))
    assert [round(driver["contribution"]) for driver in answer["drivers"]] == [7633, -9367, 4933]
    assert answer["tree"]["moved_most"] == "rate"
    text = ask(shop, capsys, "drivers", "gmv", "--period", "2026-02", "--against", "2026-01", "--format", "table")
    assert "−9,366.67" in text
    rise, fall = (
        next(line for line in text.splitlines() if name in line and "│" in line) for name in ("Visits", "Rate")
    )
    assert "▓" in rise
    assert "░" in fall
