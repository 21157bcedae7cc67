"""A signal in words (spec R118, R121, R150, R160, R161)."""

from __future__ import annotations

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import Signal
from kpi_tui.text.format import number
from kpi_tui.text.i18n import language


def signal_text(signal: Signal, value: Value) -> str:
    """The sentence of the language in force; {value} and {rest} (1 - value) stand for numbers."""
    rest = None if value.value is None else 1 - value.value
    text = signal.says.get(language())
    return text.replace("{value}", number(value.value, value.unit)).replace("{rest}", number(rest, value.unit))
