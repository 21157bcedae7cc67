"""`score --last N`: each period by what counted in it; scores and bands worked out by hand (R009, R037, R089)."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

PAID = {"06": 60.0, "07": 100.0, "08": 200.0, "09": 300.0, "10": 240.0}
ROLE = """
[roles.ops]
name = { en = "Ops", zh = "运营" }
from = "2026-08"
[[roles.ops.lines]]
metric = "paid_amount"
weight = 60
[[roles.ops.lines]]
metric = "buyers"
weight = 40
"""
TARGETS = {"2026-08": (100, 1), "2026-09": (600, 2), "2026-10": (240, 1)}
"""Of the amount and of the buyers: 200/100 × 60 + 40 = 160, 300/600 × 60 + 1/2 × 40 = 50, 60 + 40 = 100 points."""


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """One buyer a month; the role counts from August."""
    shop = Shop(tmp_path / "sales")
    rows = [(f"o{month}", f"u{month}", f"2026-{month}-01 10:00:00", amount) for month, amount in PAID.items()]
    shop.has("orders", orders(*rows), complete_until="2026-10-31").says(as_of="2026-10-31")
    shop.defines("roles/ops.toml", ROLE)
    shop.book()
    for period, aims in TARGETS.items():
        lines = "".join(
            f"{metric} = {{ value = {aim} }}\n" for metric, aim in zip(("paid_amount", "buyers"), aims, strict=True)
        )
        shop.defines(f"targets/{period}.toml", f"[targets.ops]\n{lines}")
    return shop.root


def test_every_period_is_scored_by_its_own_targets_and_one_before_the_role_has_none(run: Run, sales: Path) -> None:
    found = run("-w", sales, "score", "ops", "--period", "2026-10", "--last", "4").json
    assert [(one["period"], round(one["score"], 9)) for one in found] == [
        ("2026-08", 160),
        ("2026-09", 50),
        ("2026-10", 100),
    ]
    assert [one["weakest"] for one in found] == [None, "paid_amount", None]


def test_csv_has_the_lines_and_then_the_periods(run: Run, sales: Path) -> None:
    """The amount met its target in August and October, two of three; the role counts from August."""
    lines, periods = run(
        "-w", sales, "score", "ops", "--period", "2026-10", "--last", "4", "--format", "csv"
    ).out.split("\n\n")
    assert lines.splitlines() == [
        "role,state,metric,last,met,known,low,high",
        "ops,,score,100.0,,,50.0,160.0",
        "ops,on_target,paid_amount,240.0,2,3,200.0,300.0",
        "ops,on_target,buyers,1,2,3,1,1",
        "ops,unknown,user_payment_amount,240.0,,,200.0,300.0",  # the north star, which nobody gave a target
    ]
    assert [line.split(",")[1:4] for line in periods.splitlines()[1:]] == [
        ["2026-07", "", ""],
        ["2026-08", "160.0", "100.0"],
        ["2026-09", "50.0", "100.0"],
        ["2026-10", "100.0", "100.0"],
    ]


def test_a_person_reads_a_chart_and_that_the_role_did_not_count(run: Run, sales: Path) -> None:
    out = run("-w", sales, "score", "ops", "--period", "2026-10", "--last", "4", "--format", "table").out
    assert "It did not count in 1 period." in out
    chart = out[out.rindex("\nScore\n") :].splitlines()
    assert chart[2].startswith("160.0 ┤") and "2026-10" in "".join(chart[:12])


def test_the_band_is_learned_from_the_whole_periods_before_the_last(sales: Path) -> None:
    """60, 100, 200, 300: the median is 150, half of them lie within 75 of it (90, 50, 50, 150 away: median 70).

    150 − 2.5 × 1.4826 × 70 = −109.5: what was never below 0 does not go there.
    """
    with closing(Book.open(sales, who="ann", draft=False)) as book:
        history = book.scores.score_history("ops", Period.parse("2026-10"), 5)
    band = history.bands["paid_amount"]
    assert band.low == 0
    assert band.high == pytest.approx(150 + 2.5 * 1.4826 * 70)
    assert [card and card.score for card in history.cards] == [None, None, *map(pytest.approx, (160, 50, 100))]
