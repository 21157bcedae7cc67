"""A small View against a file written by hand from the rules (R001, R002): what csv keeps of every kind of cell."""

from pathlib import Path

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.render import csv
from kpi_tui.views.cells import (
    AttainmentCell,
    ChangeCell,
    NumberCell,
    Point,
    Series,
    SignedBarCell,
    SparkCell,
    StateCell,
    TextCell,
)
from kpi_tui.views.view import Column, Row, View, sheet

GOLDEN = Path(__file__).parent / "golden"
KEYS = ("state", "name", "actual", "share", "change", "side", "trend")


def line(name: str, state: StateCell, actual: NumberCell, share: float | None, change: float | None) -> tuple:
    side = SignedBarCell(None if share is None else 3.0 if share >= 1 else -3.0, 6.0) if share else TextCell()
    trend = SparkCell(Series((Point("2026-08", 1.0), Point("2026-09", None), Point("2026-10", 3.0, partial=True))))
    return state, TextCell(name), actual, AttainmentCell(share), ChangeCell(change), side, trend


def test_csv_keeps_exact_numbers_and_no_formula():
    rows = [
        Row("head", heading="Growth"),
        Row("a", line("=1+1", StateCell("weak"), NumberCell(0.35, "percent"), 0.996, -0.125)),
        Row("b", line("a\x1b[31mb", StateCell("unknown"), NumberCell(None, reason=Reason.NO_DATA), None, None)),
        Row("c", line("All", StateCell("on_target"), NumberCell(1161817.0), 1.0, 0.1), total=True),
    ]
    view = View("Small", sheets=(sheet([Column(key) for key in KEYS], rows),))
    assert csv.render(view) == (GOLDEN / "csv.csv").read_text(encoding="utf-8")
