"""How a file is read: a question answered by Space, or by a year that is typed."""

from __future__ import annotations

from collections.abc import Callable

from kpi_tui.definitions.answers.setup import SetupAnswers
from kpi_tui.definitions.library.file_reading import ORDERS_OF_DATES
from kpi_tui.text.i18n import _
from kpi_tui.tui.screens.wizard.state import WizardState
from kpi_tui.tui.widgets.prompt import Question
from kpi_tui.views.start.file_questions import answer_of, question_at


def answered_otherwise(state: WizardState, key: str) -> SetupAnswers | None:
    """The question under the cursor answered the other way round; None where none stands or a year must be typed."""
    found = question_at(state.found, key) if state.found else None
    if found is None or found[1].kind == "year_of":
        return None
    look, one = found
    now = answer_of(look, one, state.answers)
    answer = "" if now else one.answer
    if one.kind == "dates":
        turns = ("", *ORDERS_OF_DATES)
        answer = turns[(turns.index(now) + 1) % len(turns)]
    return state.answers.read_as(look.path, one.kind, one.column, answer)


def asked_year(state: WizardState, key: str, answered: Callable[[SetupAnswers], None]) -> Question | None:
    """The year of the first row of a column whose days have none."""
    found = question_at(state.found, key) if state.found else None
    if found is None or found[1].kind != "year_of":
        return None
    look, one = found

    def year(text: str) -> str:
        if text.strip() and not (text.strip().isdigit() and len(text.strip()) == len("2026")):
            return _("{text} is no year of four digits.", text=repr(text))
        answered(state.answers.read_as(look.path, one.kind, one.column, text.strip()))
        return ""

    return Question(_("Year of the first row:"), year, answer_of(look, one, state.answers))
