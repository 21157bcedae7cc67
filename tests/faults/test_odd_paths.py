"""Paths that lead nowhere, wherever they are written: one sentence, and what else there is goes on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kpi_tui.book.book import Book
from kpi_tui.book.files.write_file import write_file
from kpi_tui.definitions.issue import Issue, TableError, UsageError
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.written.written_path import data_folder, written_path
from kpi_tui.tables.source.files import resolve
from kpi_tui.workspace.find import find_workspace
from tests.workspaces import Shop, orders, views

NO_USER = "~nobody-of-this-name/x.csv"
LONG = "a" * 5_000
ODD = [
    (NO_USER, "there is no such user"),
    (LONG, os.strerror(36)),
    ("loop.csv", os.strerror(40)),
    ("x\0y", "NUL|outside"),
]


@pytest.mark.parametrize(("path", "why"), ODD, ids=["user", "long", "loop", "nul"])
def test_a_table_of_such_a_path_is_told_with_its_line_and_the_others_are_read(
    tmp_path: Path, path: str, why: str
) -> None:
    shop = Shop(tmp_path / "shop").has("orders", orders(("a", "u1", "2026-10-01 08:00:00", 5.0)))
    shop.has("events", views(("u1", "2026-10-01 08:00:00", "e"))).says_of("events", path=path)
    book = shop.book()
    (tmp_path / "shop" / "loop.csv").symlink_to("loop.csv")
    issues: list[Issue] = [issue for issue in book.data.check() if issue.key == "tables.events.path"]
    assert issues and all(issue.file == "tables.toml" and issue.line and issue.hint for issue in issues)
    assert any(part in issue.message for issue in issues for part in why.split("|"))
    assert shop.value("paid_amount", "2026-10").value == 5


@pytest.mark.parametrize(("path", "why"), ODD[:2], ids=["user", "long"])
def test_a_workspace_or_a_file_to_write_of_such_a_path_is_a_sentence(tmp_path: Path, path: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        find_workspace(Path(path), {}, tmp_path)
    with pytest.raises(UsageError, match=why):
        find_workspace(None, {"KPI_TUI_WORKSPACE": path}, tmp_path)
    with pytest.raises(UsageError, match=why):
        write_file(Path(path), b"")


@pytest.mark.parametrize("data", [NO_USER, LONG, "a\0b"])
def test_a_data_folder_of_such_a_path_is_not_there(tmp_path: Path, data: str) -> None:
    assert not data_folder(tmp_path, data).is_dir()


def test_an_ordinary_path_stays_as_it_is(tmp_path: Path) -> None:
    assert written_path("~/x.csv") == Path.home() / "x.csv"
    assert written_path(tmp_path / "not there.csv") == tmp_path / "not there.csv"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("a**/*.csv", "is no pattern of file names"),
        ("o*.txt", "has a name that is no UTF-8; rename it"),
        ("/proc/self/maps", "is not a regular file"),
    ],
    ids=["stars", "bytes", "proc"],
)
def test_what_cannot_be_a_file_of_a_table_is_told(tmp_path: Path, path: str, why: str) -> None:
    """An unexpected error twice; /proc/kmsg waits for ever."""
    (tmp_path / "d").mkdir()
    os.close(os.open(os.fsencode(tmp_path / "d") + b"/o\xff.txt", os.O_CREAT))
    source = TableSource("orders", (path,), {})
    with pytest.raises(TableError, match=why):
        resolve(source, tmp_path / "d", (Path("/proc"),))


def test_a_data_folder_that_leads_back_to_itself_is_a_sentence(tmp_path: Path) -> None:
    """It ended every command with an unexpected error."""
    shop = Shop(tmp_path / "shop").has("orders", orders(("a", "u1", "2026-10-01 08:00:00", 5.0)))
    shop.book()
    (tmp_path / "shop" / "loop").symlink_to("loop")
    book = Book.open(tmp_path / "shop", data=tmp_path / "shop" / "loop")
    with pytest.raises(TableError, match=os.strerror(40)):
        book.numbers.values(["paid_amount"], Period.parse("2026-10"))
