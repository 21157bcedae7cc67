"""The one door: a Book opens a workspace, answers questions, takes edits, undoes, saves.

Screens and commands talk to this room only. A question's family is a part of the Book (`book.scores`,
`book.targets` …): an ordinary class, in a file of its own, that is given what it needs.

Owns who answers what: which rooms a question passes, in which order. Never lays out an answer, knows a language or
imports Textual or rich; polars is imported by the first question that needs rows, not before.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kpi_tui.book.book import Book as Book
    from kpi_tui.book.files.write_file import write_file as write_file
    from kpi_tui.book.new_workspace import (
        add_preset as add_preset,
    )
    from kpi_tui.book.new_workspace import (
        add_to_workspace as add_to_workspace,
    )
    from kpi_tui.book.new_workspace import (
        create_demo as create_demo,
    )
    from kpi_tui.book.new_workspace import (
        create_workspace as create_workspace,
    )
    from kpi_tui.book.new_workspace import (
        disk_note as disk_note,
    )
    from kpi_tui.book.new_workspace import (
        find as find,
    )
    from kpi_tui.book.new_workspace import (
        propose as propose,
    )
    from kpi_tui.book.person.user_name import user_name as user_name
    from kpi_tui.definitions.issue import KpiError as KpiError
    from kpi_tui.definitions.progress import Cancelled as Cancelled
    from kpi_tui.definitions.progress import Progress as Progress
    from kpi_tui.workspace.edits.period_edits import PeriodEdits as PeriodEdits  # for annotations of callers

_FROM = {
    "Book": "kpi_tui.book.book",
    "Cancelled": "kpi_tui.definitions.progress",
    "KpiError": "kpi_tui.definitions.issue",
    "Progress": "kpi_tui.definitions.progress",
    "add_preset": "kpi_tui.book.new_workspace",
    "add_to_workspace": "kpi_tui.book.new_workspace",
    "create_demo": "kpi_tui.book.new_workspace",
    "create_workspace": "kpi_tui.book.new_workspace",
    "disk_note": "kpi_tui.book.new_workspace",
    "find": "kpi_tui.book.new_workspace",
    "propose": "kpi_tui.book.new_workspace",
    "user_name": "kpi_tui.book.person.user_name",
    "write_file": "kpi_tui.book.files.write_file",
}


def __getattr__(name: str) -> Any:
    """Imported when it is asked for: `--help` and the settings of a person need none of it."""
    if name not in _FROM:
        raise AttributeError(name)
    return getattr(import_module(_FROM[name]), name)
