"""A question that names what is not there is wrong usage: one sentence on stderr, nothing on stdout, exit code 2."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize("command", ["values", "explain"])
@pytest.mark.parametrize("period", ["2026-10", "2031-10"])
@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("citi = 'x'", "kpi-tui: orders has no column citi; did you mean city?"),
        ("orders.citi = 'x'", "kpi-tui: orders has no column citi; did you mean city?"),
        ("users.city = 'x'", "kpi-tui: orders leads to no users.city"),
    ],
)
def test_a_condition_on_an_unknown_column(
    shop: Path, run: Run, command: str, period: str, where: str, said: str
) -> None:
    """2031 has no data; that does not make the question right."""
    ran = run("-w", shop, command, "aov", "--period", period, "--where", where)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(said)
    assert len(ran.err.splitlines()) == 1


def test_a_cut_by_an_unknown_column(shop: Path, run: Run) -> None:
    ran = run("-w", shop, "values", "aov", "orders", "--period", "2026-10", "--by", "citi")
    assert (ran.code, ran.out, ran.err) == (2, "", "kpi-tui: orders has no column citi; did you mean city?\n")


def test_a_condition_that_compares_what_cannot_be_compared(shop: Path, run: Run) -> None:
    """It ended as a value with the reason error, and exit code 1, as if the metric were broken."""
    ran = run("-w", shop, "values", "aov", "orders", "--period", "2026-10", "--where", "city > 5")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "kpi-tui: --where 'city > 5': a number and a text are compared in 'city > 5'; cast one of them\n"


def test_the_column_with_its_table(shop: Path, run: Run) -> None:
    """October: 150, 50 and 100, of three cities each."""
    asked = ("--period", "2026-10", "--where", "orders.amount >= 100", "--by", "orders.city")
    values = run("-w", shop, "values", "orders", *asked).json
    assert [one["value"] for one in values] == [2, 1, 1]


def test_a_metric_defined_with_an_error_stands_without_a_number(shop: Path, run: Run) -> None:
    """Three orders in October; the other metric's formula names nothing. Exit 1: something must be mended."""
    file = shop / "metrics/revenue.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("amount_sum / cheap_count", "amount_sum / cheep_count"))
    ran = run("-w", shop, "values", "never", "orders", "--period", "2026-10")
    assert (ran.code, [one["value"] for one in ran.json]) == (1, [None, 3])
    assert ran.json[0]["reason"] == "error"
    assert "unknown name 'cheep_count'" in ran.json[0]["detail"]
    assert "1 error in this workspace was left out" in ran.err
    table = run("-w", shop, "values", "never", "orders", "--period", "2026-10", "--format", "table").out
    assert "—" in table
    assert run("-w", shop, "explain", "never", "--period", "2026-10").code == 1
