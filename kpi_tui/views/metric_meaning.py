"""What a metric means: definition, formula, direction, edge cases, assumption, benchmarks."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_tui.definitions.library.metric import Benchmark, Metric
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.written.currencies import PRINTED_SIGNS
from kpi_tui.text.format import UNITS
from kpi_tui.text.phrase import Word, is_empty, joined, phrase
from kpi_tui.text.terms import BETTER
from kpi_tui.views.cells import text
from kpi_tui.views.reasons import term
from kpi_tui.views.view import Column, Sheet, sheet

_SIGNS = {">=": "≥", "<=": "≤", "==": "=", "!=": "≠"}
REACHED, MISSED = "✓", "✗"


def meaning(metric: Metric, formula: bool = True) -> tuple[Sheet, ...]:
    """One untitled-column sheet per subject that has something to say; the formula only where wanted."""
    found: list[tuple[Word, list[Word]]] = [
        (phrase("Definition"), [metric.definition]),
        (phrase("Formula"), [metric.how] if formula else []),
        (phrase("Direction"), [term(BETTER, metric.better)]),
        (phrase("Edge cases"), [joined("·", edge, between=" ") for edge in metric.edge]),
        (phrase("Assumption"), [metric.assumption]),
        (phrase("Benchmarks"), [benchmark(mark, metric.unit) for mark in metric.benchmarks]),
    ]
    return tuple(paragraphs(title, lines) for title, lines in found if any(not is_empty(line) for line in lines))


def unit_word(unit: str, currency: str = "") -> Word:
    """The unit in words; a currency by its own code when known."""
    return currency if unit == "currency" and currency else term(UNITS, unit)


def amount_in(amount: float, currency: str) -> Word:
    """`¥8,000.00`; a currency that has no sign by its code: `8,000.00 CHF`."""
    return joined(Quantity(amount, "currency", digits=2), "" if currency in PRINTED_SIGNS else currency, between=" ")


def unit_sign(unit: str, currency: str = "") -> Word:
    """The same where room is dear: `%` for a share."""
    return "%" if unit == "percent" else unit_word(unit, currency)


def paragraphs(title: Word, lines: Iterable[Word], column: str = "text") -> Sheet:
    """Lines of text under a title; `column` heads them in csv."""
    return sheet([Column(column, flex=1)], [[text(line)] for line in lines], title)


def benchmark(mark: Benchmark, unit: str, value: float | None = None) -> Word:
    """`≥ 40.0 % good for web products [004]`: comparison, value, what it is about, source; `✓ reached` with a value.

    One that describes a trade says so instead.
    """
    upper = ("–", Quantity(mark.upper, unit)) if mark.upper is not None else ()
    source = f"[{mark.source}]" if mark.source else ""
    sign = _SIGNS.get(mark.op, mark.op)
    judged = phrase("(usual in a trade, no mark)") if mark.describes else verdict(mark, value)
    return joined(sign, Quantity(mark.value, unit), *upper, mark.about, source, judged, between=" ")


def verdict(mark: Benchmark, value: float | None) -> Word:
    """`✓ reached` or `✗ missed`; empty without a value."""
    reached = mark.reached(value)
    if reached is None:
        return ""
    return joined(*((REACHED, phrase("reached")) if reached else (MISSED, phrase("missed"))), between=" ")
