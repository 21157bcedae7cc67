"""The files of a folder of edits that cannot be read, and the damaged lines of its history."""

from __future__ import annotations

from kpi_tui.definitions.issue import Issue, Severity, WorkspaceError
from kpi_tui.workspace.edits.recorded_writes import HISTORY
from kpi_tui.workspace.edits.store import TargetStore


def unreadable_files(store: TargetStore) -> list[Issue]:
    """An error per file, a warning per damaged line."""
    found: list[Issue] = []
    history = f"{store.folder.name}/{HISTORY}"
    for period in store.periods():
        try:
            store.sheet(period)
        except WorkspaceError as error:
            file = f"{store.folder.name}/{store.files.path(period).name}"
            found += error.issues or [Issue(Severity.ERROR, str(error), file=file)]
    try:
        store.history()
    except WorkspaceError as error:
        found += error.issues or [Issue(Severity.ERROR, str(error), file=history)]
    return found + [Issue(Severity.WARNING, note, file=history, code="history") for note in store.notes]
