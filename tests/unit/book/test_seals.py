"""A data file that changed after it was sealed is told; the sums are those of another program."""

from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.issue import Severity, TableError, WorkspaceError
from tests.workspaces import Shop, orders


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path / "shop").has("orders", orders(("a", "u1", "2026-10-01 08:00:00", 5.0)))


def told(book: Book) -> list[tuple[Severity, str]]:
    return [(issue.severity, issue.message) for issue in book.data.check() if issue.code == "seal"]


def test_nothing_is_said_where_nobody_sealed(shop: Shop) -> None:
    assert told(shop.book()) == []


def test_the_sums_are_those_of_sha256sum(shop: Shop) -> None:
    assert shop.book().data.seal() == 1
    sealed = tomllib.loads((shop.root / "seals.toml").read_text(encoding="utf-8"))
    said = subprocess.run(["sha256sum", shop.root / "orders.csv"], capture_output=True, text=True, check=True).stdout
    assert sealed == {"sha256": {"orders.csv": said.split()[0]}}
    assert told(shop.book()) == []


def test_one_flipped_bit_is_an_error_with_its_line(shop: Shop) -> None:
    shop.book().data.seal()
    content = bytearray((shop.root / "orders.csv").read_bytes())
    content[-4] ^= 1
    (shop.root / "orders.csv").write_bytes(content)
    (issue,) = [issue for issue in shop.book().data.check() if issue.code == "seal"]
    assert (issue.severity, issue.file, issue.line, issue.key) == (Severity.ERROR, "seals.toml", 3, "sha256.orders.csv")
    assert "orders.csv: its content is not what was sealed" in issue.message and "check --seal" in issue.hint


def test_a_file_that_is_gone_and_one_that_came_are_told(shop: Shop) -> None:
    shop.book().data.seal()
    (shop.root / "orders.csv").rename(shop.root / "new.csv")
    book = shop.says_of("orders", path="new.csv").book()
    said = told(book)
    assert [severity for severity, _message in said] == [Severity.ERROR, Severity.HINT]
    assert "orders.csv: it was sealed and cannot be read" in said[0][1] and said[1][1] == "not sealed yet: new.csv"
    book.data.seal()
    assert told(shop.book()) == []


def test_what_is_no_regular_file_is_not_read_for_ever(shop: Shop) -> None:
    os.mkfifo(shop.root / "pipe")
    (shop.root / "seals.toml").write_text('[sha256]\npipe = "0"\n"/dev/zero" = "0"\n', encoding="utf-8")
    errors = [message for severity, message in told(shop.book()) if severity is Severity.ERROR]
    assert len(errors) == 2 and all("not a regular file" in message for message in errors)


def test_a_broken_file_of_seals_is_one_issue(shop: Shop) -> None:
    (shop.root / "seals.toml").write_text("x = ", encoding="utf-8")
    issues = [issue for issue in shop.book().data.check() if issue.file == "seals.toml"]
    assert len(issues) == 1 and issues[0].severity is Severity.ERROR


def test_where_nothing_can_be_read_or_written_nothing_is_sealed_and_it_is_said(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = shop.book()
    (shop.root / "seals.toml").mkdir()
    with pytest.raises(WorkspaceError, match=r"seals\.toml: Is a directory"):
        book.data.seal()
    (shop.root / "seals.toml").rmdir()

    def refused(_path: Path) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("kpi_tui.book.files.seals._sum", refused)
    with pytest.raises(TableError, match=r"nothing was sealed: .*orders\.csv: Permission denied"):
        book.data.seal()
    assert not (shop.root / "seals.toml").exists()
