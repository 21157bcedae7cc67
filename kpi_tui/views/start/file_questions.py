"""What only a person can say of how a file is read: a line each, with what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kpi_tui.definitions.answers.proposal import FileLook, Proposal
from kpi_tui.definitions.answers.setup import SetupAnswers
from kpi_tui.definitions.library.file_reading import AS_IT_STANDS, DAY_FIRST, MONTH_FIRST, YEAR_OF_FILE, ReadingQuestion
from kpi_tui.definitions.written.file_names import names_beside
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.cells import text
from kpi_tui.views.view import Row

TAKEN, LEFT = "●", "○"
_AT = "read\n"


def question_rows(found: Proposal, answers: SetupAnswers) -> Iterable[Row]:
    """A line for each question, of the files in their order."""
    names = names_beside(look.path for look in found.files)
    for look in found.files:
        for one in look.questions:
            answer = answer_of(look, one, answers)
            yield Row(
                f"{_AT}{look.path}\n{one.kind}\n{one.column}",
                (
                    text(TAKEN if answer else LEFT, "good" if answer else "near"),
                    text(_label(one, answer), "" if answer else "near"),
                    text(names[look.path]),
                    text(""),
                    text(one.said),
                ),
            )


ORDERS_SAID = {
    "": N_("{column}: day or month first?"),
    DAY_FIRST: N_("{column}: the day first"),
    MONTH_FIRST: N_("{column}: the month first"),
}


def _label(one: ReadingQuestion, answer: str) -> Word:
    if one.kind == "sheet":
        return phrase("all sheets together") if answer else phrase("first sheet only")
    if one.kind == "fill_down":
        return (
            phrase("empty {column}: as above", column=one.column)
            if answer
            else phrase("empty {column}: unknown", column=one.column)
        )
    if one.kind == "dates":
        return phrase(ORDERS_SAID[answer], column=one.column)
    if not answer:
        return phrase("{column}: no year, e says it", column=one.column)
    if answer == YEAR_OF_FILE:
        return phrase("{column}: year of the file", column=one.column)
    return phrase("{column}: from {year} on", column=one.column, year=answer)


def answer_of(look: FileLook, one: ReadingQuestion, answers: SetupAnswers) -> str:
    """What a person answered, else what the file says itself; "" for neither."""
    said = answers.readings.get(look.path, AS_IT_STANDS)
    if one.kind == "sheet":
        return said.sheet
    if one.kind == "fill_down":
        return one.column if one.column in said.fill_down else ""
    if one.kind == "dates":
        return said.dates.get(one.column, "")
    return said.year_of.get(one.column, look.years.get(one.column, ""))


def question_at(found: Proposal, key: str) -> tuple[FileLook, ReadingQuestion] | None:
    """The file and the question of a row; None where another row stands."""
    if not key.startswith(_AT):
        return None
    for look in found.files:
        for one in look.questions:
            if key == f"{_AT}{look.path}\n{one.kind}\n{one.column}":
                return look, one
    return None


def file_at(key: str) -> Path | None:
    """The file that the question of a row is about."""
    return Path(key.split("\n")[1]) if key.startswith(_AT) else None
