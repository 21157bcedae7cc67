"""The one door: a Book opens a workspace, answers questions, takes edits, undoes, saves.

Screens and commands talk to this room only. A question's family is a part of the Book (`book.scores`,
`book.targets` …): an ordinary class, in a file of its own, that is given what it needs.

Owns who answers what: which rooms a question passes, in which order. Never lays out an answer, knows a language or
imports Textual or rich; polars is imported by the first question that needs rows, not before.
"""

from typing import TYPE_CHECKING

from kpi_tui.book.book import Book
from kpi_tui.book.files.write_file import write_file
from kpi_tui.book.new_workspace import (
    add_preset,
    add_to_workspace,
    create_demo,
    create_workspace,
    disk_note,
    find,
    propose,
)
from kpi_tui.book.person.user_name import user_name
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.progress import Cancelled, Progress

if TYPE_CHECKING:
    from kpi_tui.workspace.edits.period_edits import PeriodEdits as PeriodEdits  # for annotations of callers

__all__ = [
    "Book",
    "Cancelled",
    "KpiError",
    "Progress",
    "add_preset",
    "add_to_workspace",
    "create_demo",
    "create_workspace",
    "disk_note",
    "find",
    "propose",
    "user_name",
    "write_file",
]
