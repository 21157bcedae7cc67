"""What a word of a status means: picked from a list, or turned to the next by Space."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kpi_tui.definitions.answers.setup import SetupAnswers
from kpi_tui.definitions.written.status_words import StatusColumn
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.screens.wizard.state import WizardState
from kpi_tui.views.start.status_words import MEANINGS_SAID, asked_files, word_at


def pick_meaning(state: WizardState, key: str) -> tuple[ChoiceScreen, Callable[[str], SetupAnswers]] | None:
    """The list of meanings, and what choosing one answers; None where no word stands."""
    found = _word(state, key)
    if found is None:
        return None
    path, column, word = found
    rows = [Choice(one, translate(MEANINGS_SAID[one])) for one in column.meanings]
    title = _("{column}: what does {word} mean?", column=column.name, word=word)
    return ChoiceScreen(title, rows, _meaning(state, found)), lambda choice: state.answers.meaning(
        path, column.name, word, choice
    )


def next_meaning(state: WizardState, key: str) -> SetupAnswers | None:
    """The word under the cursor with the next meaning."""
    found = _word(state, key)
    if found is None:
        return None
    path, column, word = found
    ways, now = column.meanings, _meaning(state, found)
    at = ways.index(now) + 1 if now else 0
    return state.answers.meaning(path, column.name, word, ways[at % len(ways)])


def has_words(state: WizardState) -> bool:
    """Whether a file has words to be asked about."""
    return state.found is not None and bool(asked_files(state.found, state.parts))


def _word(state: WizardState, key: str) -> tuple[Path, StatusColumn, str] | None:
    return word_at(asked_files(state.found, state.parts), key) if state.found else None


def _meaning(state: WizardState, found: tuple[Path, StatusColumn, str]) -> str:
    path, column, word = found
    return column.means(word, state.answers.words.get(str(path), {}).get(column.name, {}))
