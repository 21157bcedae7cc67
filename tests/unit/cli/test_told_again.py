"""`init` run again on a workspace: what its mapping lacks is added, what a person wrote stays. Sums by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kpi_tui.book import Book
from tests.unit.cli.conftest import Run
from tests.unit.cli.test_sheets_by_people import HEADER, MONTHS, ROWS, asked, begun, paid, workbook

HEAD = "订单号,下单时间,客户,实付金额,状态\n"


def table(folder: Path, name: str = "orders") -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((folder / "tables.toml").read_text(encoding="utf-8"))["tables"][name]
    return found


def without_line(folder: Path, start: str) -> None:
    """The workspace as it was made before a key was known; a comment of somebody's stands in it."""
    path = folder / "tables.toml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(start)]
    path.write_text("\n".join(["# ours", *lines]) + "\n", encoding="utf-8")


def test_a_later_export_wins_once_init_was_run_again(run: Run, tmp_path: Path) -> None:
    """Order 2 of 50 is 40 in the later export: 100 + 50 + 40 = 190 before, which `check` names, 140 after."""
    shop = tmp_path / "shop"
    first, later = tmp_path / "orders_10a.csv", tmp_path / "orders_10b.csv"
    first.write_text(f"{HEAD}1,2026-10-01,张三,100,已完成\n2,2026-10-02,李四,50,已完成\n", encoding="utf-8")
    later.write_text(f"{HEAD}1,2026-10-01,张三,100,已完成\n2,2026-10-02,李四,40,已完成\n", encoding="utf-8")
    begun(run, shop, first, later)
    without_line(shop, "latest_by")
    assert paid(run, shop) == (190, 3)
    assert "1 order stands in several files with other cells (2, last in orders_10b.csv)" in asked(run, shop)
    assert "orders: latest_by added from orders_10a.csv" in begun(run, shop, first, later)
    assert table(shop)["latest_by"] == ["订单号", "下单时间"]
    assert "# ours" in (shop / "tables.toml").read_text(encoding="utf-8")
    assert paid(run, shop) == (140, 2)
    assert "several files with other cells" not in asked(run, shop)
    assert run("init", shop, first, later, "--yes").code == 2  # nothing more to add


def test_the_next_file_of_an_older_workspace_brings_it_too(run: Run, tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    first, later = tmp_path / "orders_10a.csv", tmp_path / "orders_10b.csv"
    first.write_text(f"{HEAD}1,2026-10-01,张三,100,已完成\n2,2026-10-02,李四,50,已完成\n", encoding="utf-8")
    begun(run, shop, first)
    without_line(shop, "latest_by")
    later.write_text(f"{HEAD}1,2026-10-01,张三,100,已完成\n2,2026-10-02,李四,40,已完成\n", encoding="utf-8")
    begun(run, shop, later)
    assert paid(run, shop) == (140, 2)


def test_what_check_asks_is_answered_by_option_on_the_workspace_that_is_there(run: Run, tmp_path: Path) -> None:
    """Blank days: 200, with `--fill-down` 650; the sheets of other months: 15 in September, then 100 in October too."""
    file = workbook(tmp_path / "sales.xlsx", {"s": [HEADER, *ROWS]})
    shop = tmp_path / "shop"
    begun(run, shop, file)
    begun(run, shop, file, more=("--fill-down", "日期"))
    assert paid(run, shop) == (650, 5)
    assert "--fill-down" not in asked(run, shop)
    book, year = workbook(tmp_path / "year.xlsx", MONTHS), tmp_path / "year"
    begun(run, year, book)
    begun(run, year, book, more=("--all-sheets", "year.xlsx"))
    assert (paid(run, year, "2026-09"), paid(run, year)) == ((15, 2), (100, 1))
    assert "--all-sheets" not in asked(run, year)


def test_a_word_is_said_later_and_a_mapping_by_hand_stays(run: Run, tmp_path: Path) -> None:
    """老样子 counts as paid, then as closed: 100 + 50, then 100. What somebody mapped otherwise is left alone."""
    shop, file = tmp_path / "shop", tmp_path / "own.csv"
    file.write_text(f"{HEAD}1,2026-10-01,张三,100,已完成\n2,2026-10-02,李四,50,老样子\n", encoding="utf-8")
    begun(run, shop, file)
    assert paid(run, shop) == (150, 2)
    begun(run, shop, file, more=("--word", "老样子=closed"))
    assert paid(run, shop) == (100, 1)
    path = shop / "tables.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('where = "', 'where = "1 = 1 and '), encoding="utf-8")
    before = table(shop)["where"]
    run("init", shop, file, "--word", "老样子=refunded", "--yes")
    assert table(shop)["where"] == before


def test_what_is_to_be_confirmed_is_agreed_with_by_command(run: Run, tmp_path: Path) -> None:
    """One sentence by a part of it, then all; a text that none contains is refused."""
    shop, file = tmp_path / "shop", tmp_path / "own.csv"
    file.write_text("订单号,下单时间,客户,实付金额\n1,2026-10-01,张三,100\n", encoding="utf-8")
    begun(run, shop, file)
    assert "nothing says when an order was paid" in asked(run, shop)
    ran = run("-w", shop, "check", "--agree", "when an order was paid")
    assert "nothing says when an order was paid" not in ran.out
    assert "currency of its amounts" in ran.out
    assert run("-w", shop, "check", "--agree", "没有这句").code == 2
    assert "to be confirmed" not in run("-w", shop, "check", "--agree", "all").out
    assert "confirm" not in table(shop)


def test_the_currency_of_a_workspace_is_said_by_the_command_that_check_names(run: Run, tmp_path: Path) -> None:
    shop, file = tmp_path / "shop", tmp_path / "own.csv"
    file.write_text("订单号,下单时间,客户,实付金额\n1,2026-10-01,张三,100\n", encoding="utf-8")
    begun(run, shop, file)
    assert "`kpi-tui define set currency USD`" in asked(run, shop)
    assert run("-w", shop, "define", "set", "currency", "USD").code == 0
    assert run("-w", shop, "define", "set", "timezone", "America/New_York").code == 0


def test_check_opens_the_workspace_once(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked to agree with nothing, it opened it twice all the same."""
    opened: list[Path] = []
    real = Book.open
    monkeypatch.setattr(Book, "open", lambda root, **more: opened.append(root) or real(root, **more))
    run("-w", shop, "check")
    assert len(opened) == 1
