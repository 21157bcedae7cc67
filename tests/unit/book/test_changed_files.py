"""Which files of an open book somebody has changed."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.book.files.changed_files import ChangedFiles
from tests.workspaces import Shop

ORDER = {"order_id": "1", "user_id": "u", "created_at": "2026-10-05", "paid_at": "2026-10-05", "paid_amount": 5}


def test_each_kind_is_named_by_its_place(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    parts = Shop(root).has_source("orders", "tmall", [ORDER]).has_source("orders", "jd", [ORDER])
    book = parts.book()
    assert book.files.changed() == ChangedFiles()
    (root / "orders-jd.csv").write_text("order_id\n", encoding="utf-8")
    (root / "roles").mkdir()
    (root / "roles" / "new.toml").write_text("", encoding="utf-8")
    (root / "targets").mkdir(exist_ok=True)
    (root / "targets" / "2026-10.toml").write_text("", encoding="utf-8")
    found = book.files.changed()
    assert (found.definitions, found.data, found.cells) == (
        ("roles/new.toml",),
        ("orders-jd.csv",),
        ("targets/2026-10.toml",),
    )
    (root / "roles" / "new.toml").write_text("# once more", encoding="utf-8")
    assert book.files.changed() != found  # the same file, another change


def test_a_file_that_went_is_a_change_and_one_that_came_by_a_glob_too(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    shop = Shop(root).has("orders", [ORDER])
    shop.says_of("orders", path="orders*.csv")
    book = shop.book()
    assert not book.files.changed()
    (root / "orders-2.csv").write_text((root / "orders.csv").read_text(), encoding="utf-8")
    assert book.files.changed().data == ("orders-2.csv",)
    (root / "orders-2.csv").unlink()
    assert not book.files.changed()
    (root / "orders.csv").unlink()
    assert book.files.changed().data == ("orders.csv",)
