"""Words that know no language: told where they are shown, and what was filled in is never read as a template."""

from __future__ import annotations

from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.text import Text
from kpi_tui.text.i18n import speaking
from kpi_tui.text.phrase import BothNames, FilledText, joined, translate

NAME = Text("Buy-back rate", "回购率")


def test_a_text_of_the_definitions_is_filled_in_and_other_braces_stay() -> None:
    word = FilledText(Text("{value} of {all} {rest}", "{rest}、{value}"), (("value", Quantity(0.25, "percent")),))
    assert translate(word) == "25.0 % of {all} {rest}"
    with speaking("zh"):
        assert translate(word) == "{rest}、25.0 %"


def test_both_names_begin_with_the_language_in_force() -> None:
    assert translate(BothNames(NAME)) == "Buy-back rate 回购率"
    with speaking("zh"):
        assert translate(BothNames(NAME)) == "回购率 Buy-back rate"


def test_words_said_once_are_compared_in_the_language_in_force() -> None:
    stages = joined(Text("Retention", "留存"), Text("Retention", "活跃/留存"), "", between=" · ", once=True)
    assert translate(stages) == "Retention"
    with speaking("zh"):
        assert translate(stages) == "留存 · 活跃/留存"
