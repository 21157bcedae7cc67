"""What a value says by itself (spec R118, R121, R150, R160, R161)."""

from __future__ import annotations

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import Signal
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.text.phrase import FilledText, Word


def signal_word(signal: Signal, value: Value) -> Word:
    """The sentence of the metric; {value} and {rest} (1 - value) stand for numbers."""
    rest = None if value.value is None else 1 - value.value
    return FilledText(signal.says, (("value", Quantity(value.value, value.unit)), ("rest", Quantity(rest, value.unit))))
