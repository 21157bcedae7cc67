"""A reference value in words (spec R016)."""

from __future__ import annotations

from kpi_tui.definitions.metric import Benchmark
from kpi_tui.text.format import number

_SIGNS = {">=": "≥", "<=": "≤", "==": "=", "!=": "≠"}


def benchmark_text(mark: Benchmark, unit: str) -> str:
    """`≥ 40.0 % good for web products [004]`: comparison, value, what it is about, source."""
    upper = "" if mark.upper is None else f" – {number(mark.upper, unit)}"
    source = f"[{mark.source}]" if mark.source else ""
    return " ".join(filter(None, (_SIGNS.get(mark.op, mark.op), number(mark.value, unit) + upper, mark.about, source)))
