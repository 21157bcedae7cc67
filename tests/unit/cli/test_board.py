"""A board of one's own: metrics pinned without role or weight, beside the period before and last year, by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

PAID = [("2025-09-30", 10), ("2025-10-05", 100), ("2026-09-05", 80), ("2026-10-05", 50), ("2026-10-06", 70)]
"""October 120: 50 % more than September, 20 % more than October last year."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    root = tmp_path / "shop"
    rows = [row for at, (day, paid) in enumerate(PAID) for row in orders((f"o{at}", "ann", f"{day} 12:00:00", paid))]
    shop = Shop(root).has("orders", rows, complete_until="as_of").says(as_of=date(2026, 10, 31))
    page = '[pages.own]\nname = "Own"\n[[pages.own.sections]]\nkind = "compare"\nmetrics = ["paid_amount"]\n'
    shop.defines("pages/own.toml", page).book().close()
    return root


def test_what_is_pinned_stands_beside_its_past_and_goes_into_a_pack(run: Run, root: Path) -> None:
    october = ("--period", "2026-10")
    shown = run("-w", root, "board", "--pin", "paid_amount", "--pin", "paid_orders", *october)
    assert shown.code == 0, shown.err
    paid, count = shown.json["sections"][0]["data"]
    assert (paid["metric"], paid["value"], count["value"]) == ("paid_amount", 120, 2)
    assert paid["before"]["value"] == 80 and paid["before"]["change"] == pytest.approx(0.5)
    assert paid["last_year"]["value"] == 100 and paid["last_year"]["change"] == pytest.approx(0.2)
    table = run("-w", root, "page", "board", *october, "--format", "table").out
    assert "My board" in table and "▲ 50.0 %" in table and "▲ 20.0 %" in table
    pack = run("-w", root, "pack", "--pages", "board", *october, "--format", "md").out
    assert "## My board" in pack and "▲ 20.0 %" in pack
    assert [one["page"] for one in run("-w", root, "page").json][:2] == ["board", "own"]
    assert run("-w", root, "board", "--off", "paid_amount", "--off", "paid_orders").code == 0
    empty = run("-w", root, "page", "board", *october)
    assert (empty.code, "kpi-tui board --pin METRIC" in empty.err) == (2, True)


def test_a_board_is_that_of_one_workspace_and_names_what_is_gone(run: Run, root: Path, tmp_path: Path) -> None:
    assert run("-w", root, "config", "set", "board", "paid_amount, gone_metric").code == 0
    shown = run("-w", root, "board", "--period", "2026-10", "--format", "table").out
    assert "120.00" in shown and "gone_metric" in shown
    other = Shop(tmp_path / "other").has("orders", orders(("o", "ann", "2026-10-05 12:00:00", 1)))
    other.book().close()
    assert run("-w", tmp_path / "other", "board", "--period", "2026-10").code == 2


@pytest.mark.parametrize("words", [("--pin", "paid_amuont"), ("--off", "paid_amount")])
def test_what_is_no_metric_or_not_pinned_is_refused(run: Run, root: Path, words: tuple[str, ...]) -> None:
    ran = run("-w", root, "board", *words)
    assert ran.code == 2 and words[1] in ran.err


def test_an_own_page_compares_too(run: Run, root: Path) -> None:
    table = run("-w", root, "page", "own", "--period", "2026-10", "--format", "table").out
    assert "▲ 50.0 %" in table and "▲ 20.0 %" in table


def test_boards_of_two_workspaces_stand_below_each_other(run: Run, root: Path, tmp_path: Path) -> None:
    """October: 120 in the first, 7 in the other; each is under the name of its own workspace."""
    other = tmp_path / "other"
    rows = orders(("a", "ann", "2026-10-05 12:00:00", 7), ("b", "ann", "2026-09-05 12:00:00", 1))
    shop = Shop(other).has("orders", rows, complete_until="as_of").says(as_of=date(2026, 10, 31), name="Other shop")
    shop.book().close()
    october = ("--period", "2026-10")
    for folder in (root, other):
        assert run("-w", folder, "board", "--pin", "paid_amount", *october).code == 0
    both = run("-w", root, "board", "--with", other, *october)
    assert both.code == 0, both.err
    values = [one["sections"][0]["data"][0]["value"] for one in both.json]
    assert values == [120, 7] and both.json[1]["workspace"]["en"] == "Other shop"
    table = run("-w", root, "board", "--with", other, *october, "--format", "table").out
    assert table.index("120") < table.index("Other shop") < table.index("7.00")
    assert "--with DIR" in run("-w", root, "board", "--help").out


def test_a_board_in_another_currency_or_with_nothing_pinned_is_refused(run: Run, root: Path, tmp_path: Path) -> None:
    """Its amounts would stand under the sign of the first."""
    assert run("-w", root, "board", "--pin", "paid_amount", "--period", "2026-10").code == 0
    for folder, currency, said in (("euro", "EUR", "EUR"), ("bare", "", "board --pin METRIC")):
        shop = Shop(tmp_path / folder).has("orders", orders(("a", "ann", "2026-10-05 12:00:00", 7)))
        shop.says(currency=currency).book().close()
        ran = run("-w", root, "board", "--with", tmp_path / folder, "--period", "2026-10")
        assert (ran.code, said in ran.err) == (2, True), ran.err
