"""A value beside the benchmark of its metric (R092)."""

from __future__ import annotations

from kpi_tui.definitions.library.metric import Benchmark


def against(value: float | None, benchmark: Benchmark | None) -> str | None:
    """inside | above | below a benchmark band (R092). "about 70 %" and more is inside."""
    if value is None or benchmark is None:
        return None
    if value < benchmark.value - 1e-12:
        return "below"
    return "above" if benchmark.upper is not None and value > benchmark.upper + 1e-12 else "inside"
