"""Files of the data folder that no table reads are named once by `check`."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from kpi_tui.book.files.data_files import unread_data, without_folders
from tests.workspaces import Shop

ORDER = {"order_id": "1", "user_id": "u", "created_at": "2026-10-05", "paid_at": "2026-10-05", "paid_amount": 5}


def test_files_that_no_table_reads_are_one_hint(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    shop = Shop(root).has("orders", [ORDER])
    assert not list(unread_data(shop.book().workspace)), "orders.csv is read"
    for name in ("old", "stock", "tours", "zoo"):
        (root / f"{name}.csv").write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    (root / "notes.txt").write_text("mine", encoding="utf-8")
    (issue,) = list(unread_data(shop.book().workspace))
    assert "4 files" in issue.message and "old.csv (2 rows)" in issue.message and "1 more" in issue.message
    assert "zoo" not in issue.message and "notes" not in issue.message
    assert f"kpi-tui init {root} FILE" in issue.hint
    assert issue in shop.book().data.check()


def test_a_workbook_that_nobody_asked_for_is_named_and_not_opened(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop").has("orders", [ORDER])
    shop.book().close()
    book = Workbook()
    for row in (("a", "b"), (1, 2), (3, 4)):
        book.active.append(row)
    book.save(tmp_path / "shop" / "old.xlsx")
    (issue,) = list(unread_data(shop.book().workspace))
    assert "old.xlsx" in issue.message and "rows" not in issue.message


def test_a_folder_stands_for_the_files_it_holds(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("x\n", encoding="utf-8")
    (tmp_path / "a.xlsx").write_bytes(b"")
    (tmp_path / "readme.md").write_text("", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    found = without_folders([tmp_path, tmp_path / "b.csv", tmp_path / "empty"])
    assert [path.name for path in found] == ["a.xlsx", "b.csv", "b.csv", "empty"]
