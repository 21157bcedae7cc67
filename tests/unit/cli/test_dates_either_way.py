"""03/10/2026 is March or October: asked, answered by `--dates`, never picked. Sums by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.test_sheets_by_people import asked, begun, paid
from tests.unit.cli.test_told_again import table

ROWS = "订单号,下单日期,客户,实付金额\n1,03/10/2026,张三,100\n2,05/10/2026,李四,50\n3,10/03/2026,王五,7\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_what_nobody_said_is_asked_and_not_counted(run: Run, file: Path, tmp_path: Path) -> None:
    begun(run, tmp_path / "shop", file)
    said = asked(run, tmp_path / "shop")
    assert "下单日期 holds '03/10/2026': day or month first? `init … --dates 下单日期=day` (or `=month`)" in said
    assert "which is no ISO date; day or month first is never guessed" in said


@pytest.mark.parametrize(
    ("order", "sums"),
    [("day", {"2026-10": (150, 2), "2026-03": (7, 1)}), ("month", {"2026-10": (7, 1), "2026-03": (100, 1)})],
)
def test_the_answer_decides_the_month(
    run: Run, file: Path, tmp_path: Path, order: str, sums: dict[str, tuple[float, int]]
) -> None:
    begun(run, tmp_path / "shop", file, more=("--dates", f"下单日期={order}"))
    assert {month: paid(run, tmp_path / "shop", month) for month in sums} == sums
    assert "day or month" not in asked(run, tmp_path / "shop")


def test_it_is_answered_later_too(run: Run, file: Path, tmp_path: Path) -> None:
    begun(run, tmp_path / "shop", file)
    begun(run, tmp_path / "shop", file, more=("--dates", "day"))
    assert paid(run, tmp_path / "shop") == (150, 2)
    assert "day or month" not in asked(run, tmp_path / "shop")
    assert table(tmp_path / "shop")["columns"]["created_at"] == "strptime(下单日期, '%d/%m/%Y')"


def test_dates_of_several_forms_are_asked_together(run: Run, tmp_path: Path) -> None:
    """With and without the time: both by the day first, 100 + 50 in October."""
    path = tmp_path / "own.csv"
    path.write_text(ROWS.replace("05/10/2026", "05/10/2026 18:30"), encoding="utf-8")
    begun(run, tmp_path / "shop", path, more=("--dates", "day"))
    assert paid(run, tmp_path / "shop") == (150, 2)


def test_what_is_sure_is_not_to_be_answered(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(ROWS.replace("05/10", "25/10"), encoding="utf-8")
    ran = run("init", tmp_path / "shop", path, "--dates", "month", "--yes")
    assert ran.code == 2 and "day and month are sure in it; no column holds such dates" in ran.err
    assert run("init", tmp_path / "shop", path, "--dates", "year", "--yes").code == 2
    begun(run, tmp_path / "shop", path)
    assert paid(run, tmp_path / "shop") == (150, 2)
