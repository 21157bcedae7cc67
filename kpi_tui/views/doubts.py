"""What is doubtful about numbers, told below them: unfinished periods, rows left out, and notes of the engine.

The marks beside the numbers are drawn by `text/format.py:marks`; every mark has its sentence here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import decimals
from kpi_tui.text.marks_behind_numbers import DOUBT, LATE, PARTIAL
from kpi_tui.text.phrase import Aside, Word, joined, phrase, phrases
from kpi_tui.views.cells import TextCell, text
from kpi_tui.views.named_ids import NAMED, names_of, part_name, with_names
from kpi_tui.views.record import Record
from kpi_tui.views.view import ADVICE, Column, Sentence

KEY = "doubt"
"""The key of these sentences within a view."""


def doubts(found: Iterable[Value], space: Workspace | None = None) -> list[Sentence]:
    """A sentence for every kind of mark that stands beside one of these values, and the notes, each once.

    Tables, metrics and measures are called by their names in `space`; without it, for csv, by their ids.
    """
    values = list(found)
    known = [value for value in values if value.value is not None]
    late = sum(value.late for value in known)
    unfinished = sum(value.partial for value in known) - late
    words: list[Word] = []
    if unfinished:
        words.append(joined(_unfinished(unfinished), data_up_to(value.until for value in known), between=""))
    if late:
        words.append(
            phrases(
                "{mark} {count} value whose data begin later than its period",
                "{mark} {count} values whose data begin later than their periods",
                late,
                mark=LATE,
            )
        )
    words += left_out((value.left_out for value in values), space)
    words += noted((note for value in values for note in value.notes), space)
    words += dict.fromkeys(said for value in values for said in value.asked_of)
    return [Sentence(word, "muted", KEY) for word in words]


def whole_lines(found: Iterable[Value], space: Workspace) -> list[Sentence]:
    """The same on a page, below lines of which nobody can ask what their mark means."""
    return [replace(sentence, key=ADVICE) for sentence in doubts(found, space)]


def _unfinished(count: int) -> Word:
    return phrases(
        "{mark} {count} value of a period that is not over",
        "{mark} {count} values of periods that are not over",
        count,
        mark=PARTIAL,
    )


def data_up_to(days: Iterable[str]) -> Word:
    """`: data up to 2026-10-17`, or the first and the last of several such days; nothing where none is known."""
    ends = sorted({day for day in days if day})
    return phrase(": data up to {day}", day=joined(*dict.fromkeys((ends[0], ends[-1])), between=" … ")) if ends else ""


def left_out(found: Iterable[Mapping[str, int]], space: Workspace | None) -> list[Word]:
    """`⚠ rows left out: Orders 2, Refunds 1 (kpi-tui tables TABLE says why)`; nothing where every row was read."""
    tables = {table: count for one in found for table, count in one.items()}
    if not tables:
        return []
    schemas = space.schemas if space else {}
    counts = ((part_name(table, schemas), decimals(count, 0)) for table, count in sorted(tables.items()))
    said = joined(*(joined(*one, between=" ") for one in counts), between=", ")
    told = phrases(
        "{count} row left out: {tables}", "{count} rows left out: {tables}", sum(tables.values()), tables=said
    )
    return [
        joined(
            DOUBT, told, Aside(phrase("(`kpi-tui tables TABLE` says why)"), phrase("(6 Data says why)")), between=" "
        )
    ]


def noted(notes: Iterable[str], space: Workspace | None) -> list[Word]:
    """`⚠ Orders: history begins on …`, each note once."""
    said = dict.fromkeys(notes)
    names = names_of(space) if space and said else {}
    return [joined(DOUBT, with_names(note, names, NAMED), between=" ") for note in said]


def shared_doubt_cell(values: Iterable[Value]) -> TextCell:
    """All that is doubtful about the values of one row, in one line."""
    return text(joined(*(sentence.word for sentence in doubts(values)), between="; "))


def shared_doubt_data(values: Iterable[Value]) -> Record:
    """The JSON of what is doubtful about the values of one row."""
    known = [value for value in values if value.value is not None]
    left_out = {table: count for value in known for table, count in value.left_out.items()}
    notes = dict.fromkeys(note for value in known for note in notes_data(value))
    partial, late = any(value.partial for value in known), any(value.late for value in known)
    return {"partial": partial, "late": late, "left_out": sum(left_out.values()), "notes": list(notes)}


def notes_data(value: Value) -> list[str]:
    """The notes in words, and whose columns the condition of the question names, which is no doubt and has no mark."""
    return [*value.notes, *value.asked_of]


def doubt_column() -> Column:
    """What csv keeps of the marks: the column stands last."""
    return Column("doubts", hidden=True)


def doubt_cell(value: Value) -> TextCell:
    """All that is doubtful about one value, in one line."""
    return shared_doubt_cell([value])


def doubt_data(value: Value) -> Record:
    """The JSON of what is doubtful: whether the data begin later, how many rows were left out, the notes in words."""
    return {"late": value.late, "left_out": sum(value.left_out.values()), "notes": notes_data(value)}
