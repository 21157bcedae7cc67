"""A reference value in words (spec R016, R127)."""

from __future__ import annotations

from kpi_tui.definitions.library.metric import Benchmark
from kpi_tui.text.format import number
from kpi_tui.text.i18n import _, language

_SIGNS = {">=": "≥", "<=": "≤", "==": "=", "!=": "≠"}
REACHED, MISSED = "✓", "✗"


def benchmark_text(mark: Benchmark, unit: str, value: float | None = None) -> str:
    """`≥ 40.0 % good for web products [004]`: comparison, value, what it is about, source; `✓ reached` with a value."""
    upper = "" if mark.upper is None else f" – {number(mark.upper, unit)}"
    source = f"[{mark.source}]" if mark.source else ""
    sign = _SIGNS.get(mark.op, mark.op)
    about = mark.about.get(language())
    return " ".join(filter(None, (sign, number(mark.value, unit) + upper, about, source, verdict(mark, value))))


def verdict(mark: Benchmark, value: float | None) -> str:
    """`✓ reached` or `✗ missed`; empty without a value."""
    reached = mark.reached(value)
    return "" if reached is None else f"{REACHED} " + _("reached") if reached else f"{MISSED} " + _("missed")
