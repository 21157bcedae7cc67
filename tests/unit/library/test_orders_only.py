"""With an orders file alone: what needs only orders works, everything else names the tables it wants."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.period import Grain, Period
from tests.workspaces import Shop, orders

SPEC = Path(__file__).resolve().parents[4] / "shared" / "spec" / "metrics.toml"
ALLOWED = {Reason.NO_DATA, Reason.PENDING, Reason.NO_ROWS, Reason.ZERO_DENOMINATOR, Reason.NOT_APPLICABLE}
OPTIONAL = {
    "seller_id": "s1",
    "guide_id": "g1",
    "channel_id": "",
    "campaign_id": "",
    "coupon_id": "",
    "completed_at": "",
}


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    if not SPEC.exists():
        pytest.skip("the catalogue of the specification is not on this machine")
    return dict(tomllib.loads(SPEC.read_text(encoding="utf-8"))["metrics"])


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Two buyers over fourteen months, both domains, every column of the canonical table."""
    months = [f"{2025 + month // 12}-{month % 12 + 1:02d}" for month in range(9, 23)]
    rows = [(f"a{month}", "u1", f"{month}-05 10:00:00", 100.0) for month in months]
    rows += [(f"b{month}", "u2", f"{month}-07 11:00:00", 50.0) for month in months[::2]]
    shop = Shop(tmp_path_factory.mktemp("orders_only") / "shop")
    lines = orders(*rows, **OPTIONAL)
    for number, line in enumerate(lines):
        line["domain"] = "private" if number % 2 else "public"
    return shop.has("orders", lines, complete_until="2026-11-30").book(draft=False)


def test_every_metric_whose_catalogue_entry_names_orders_alone_is_live(book: Book, spec: dict[str, Any]) -> None:
    wanted = {id_ for id_, entry in spec.items() if entry["tables"] == ["orders"] and id_ in book.workspace.metrics}
    assert len(wanted) >= 30
    assert {id_: book.numbers.is_live(id_)[1] for id_ in wanted if not book.numbers.is_live(id_)[0]} == {}


def test_nothing_is_live_that_the_catalogue_computes_from_other_tables(book: Book, spec: dict[str, Any]) -> None:
    live = {id_ for id_ in book.workspace.metrics if book.numbers.is_live(id_)[0] and id_ in spec}
    assert {id_: spec[id_]["tables"] for id_ in live if "orders" not in spec[id_]["tables"]} == {}


def test_every_live_metric_has_a_number_or_a_reason_that_is_no_fault_at_each_of_its_grains(book: Book) -> None:
    live = [metric for metric in book.workspace.metrics.values() if book.numbers.is_live(metric.id)[0]]
    numbers = 0
    for grain in Grain:
        asked = [metric.id for metric in live if grain in metric.grains]
        if not asked:
            continue
        period = Period.containing(Period.parse("2026-10-30").start, grain)
        for value in book.numbers.values(asked, period):
            assert value.value is not None or value.reason in ALLOWED, (grain, value.metric, value.detail)
            numbers += value.value is not None
    assert numbers >= 40


def test_every_other_metric_names_the_tables_it_wants_and_is_not_computed(book: Book) -> None:
    lacks = dict(book.data.coverage().missing)
    dead = [id_ for id_ in book.workspace.metrics if not book.numbers.is_live(id_)[0]]
    assert set(lacks) == set(dead)
    for id_ in dead:
        tables = {lack.table for lack in lacks[id_] if not lack.column}
        columns = {lack.name for lack in lacks[id_] if lack.column}
        assert tables == set(book.numbers.tables_of(id_)) - {"orders"}, id_
        assert tables or columns, id_
        assert book.numbers.is_live(id_)[1].removeprefix("needs the ").split()[1] in tables | columns
    by_rows = [id_ for id_ in dead if not book.library.metric(id_).chain]  # the weeks of a chain may be typed by hand
    for value in book.numbers.values(by_rows, Period.parse("2026-10")):
        only_columns = all(lack.column for lack in lacks[value.metric])
        reason = Reason.NO_COLUMN if only_columns else Reason.NO_TABLE
        assert (value.value, value.reason) == (None, reason), value.metric
        assert "needs the" in value.detail


def test_one_column_that_is_not_in_the_file_is_named_and_unlocks_its_metrics(tmp_path: Path) -> None:
    lines = [{k: v for k, v in line.items() if k != "list_amount"} for line in orders(("1", "u", "2026-10-05", 9.0))]
    book = Shop(tmp_path / "shop").has("orders", lines).book(draft=False)
    unlocks = {unlock.missing.name: unlock.metrics for unlock in book.data.coverage().unlocks}
    assert "discount_rate" in unlocks["orders.list_amount"]
    assert book.numbers.is_live("discount_rate") == (False, "needs the column orders.list_amount")
