"""Files that are asked for by their path: one more, and that of exchange rates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kpi_tui.definitions.answers.setup import SetupAnswers
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.written.written_path import written_path
from kpi_tui.text.i18n import _, told
from kpi_tui.tui.screens.wizard.state import WizardState
from kpi_tui.tui.widgets.prompt import Question

Answered = Callable[[SetupAnswers], None]


def placed(text: str) -> Path | str:
    """A path as it was typed, or the sentence why it leads nowhere."""
    try:
        return written_path(text.strip())
    except UsageError as error:
        return told(str(error))


def one_more_file(state: WizardState, answered: Answered) -> Question:
    """A further file, by its path."""

    def file(text: str) -> str:
        if isinstance(path := placed(text), str):
            return path
        if not path.is_file():
            return _("{path} is no file.", path=text)
        answered(state.answers.with_files([path]))
        return ""

    return Question(_("File:"), file)


def file_of_rates(state: WizardState, answered: Answered) -> Question:
    """The file of exchange rates, by its path; none without one."""

    def file(text: str) -> str:
        if isinstance(path := placed(text), str):
            return path
        if text.strip() and not path.is_file():
            return _("{path} is no file.", path=text)
        answered(replace(state.answers, rates=str(path.absolute()) if text.strip() else ""))
        return ""

    return Question(_("Rates (currency, day, rate):"), file, state.answers.rates)
