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
