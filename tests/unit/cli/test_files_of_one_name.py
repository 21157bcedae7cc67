"""Files of one name in several folders are both read, and told apart by their folders. Sums by hand."""

from __future__ import annotations

from pathlib import Path

from kpi_tui import book
from kpi_tui.book.start.shipped import shipped_library
from kpi_tui.definitions.answers.setup import SetupAnswers
from kpi_tui.text.phrase import translate
from kpi_tui.views.data.proposal import with_questions
from kpi_tui.views.start.files import files
from tests.unit.cli.conftest import Run


def orders(file: Path, month: str, *amounts: int) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"{n},2026-{month}-0{n},客{n},{amount}\n" for n, amount in enumerate(amounts, 1))
    file.write_text(f"订单号,下单时间,客户,实付金额\n{rows}", encoding="utf-8")
    return file


def paid(run: Run, folder: Path, month: str, *by: str) -> list[float]:
    values = run("-w", folder, "values", "paid_amount", "--period", f"2026-{month}", *by).json
    return [value["value"] for value in values]


def test_months_in_folders_are_read_together_and_named_with_them(run: Run, tmp_path: Path) -> None:
    """Numbers begin at one in each: 100 + 50 in October, 10 + 5 in November, and each question says which file."""
    both = [
        orders(tmp_path / "10月" / "orders.csv", "10", 100, 50),
        orders(tmp_path / "11月" / "orders.csv", "11", 10, 5),
    ]
    shop = tmp_path / "ws"
    said = run("init", shop, *both, "--yes", "--format", "table").out
    assert "orders from 10月/orders.csv + 1" in said
    assert "11月/orders.csv gives numbers of orders of 10月/orders.csv" in said
    assert (paid(run, shop, "10"), paid(run, shop, "11")) == ([150], [15])


def test_shops_in_folders_are_sources_called_by_them(run: Run, tmp_path: Path) -> None:
    """Two shops of one day each: 100 of the north, 7 of the south, 107 together."""
    both = [orders(tmp_path / "北店" / "orders.csv", "10", 100), orders(tmp_path / "南店" / "orders.csv", "10", 7)]
    assert run("init", tmp_path / "ws", *both, "--yes").code == 0
    values = run("-w", tmp_path / "ws", "values", "paid_amount", "--period", "2026-10", "--by", "source").json
    assert {value.get("segment"): value["value"] for value in values} == {
        None: 107,
        "北店_orders": 100,
        "南店_orders": 7,
    }


def test_the_list_of_files_shows_their_folders(tmp_path: Path) -> None:
    both = [orders(tmp_path / "北店" / "orders.csv", "10", 100), orders(tmp_path / "南店" / "orders.csv", "10", 7)]
    found = with_questions(book.propose(both))
    rows = files(found, SetupAnswers(tmp_path, tuple(both)), shipped_library().schemas).sheets[0].rows
    assert [translate(row.cells[2].word) for row in rows] == ["北店/orders.csv", "南店/orders.csv"]
