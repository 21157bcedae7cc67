"""Targets and typed numbers of another calendar: which files they are, and named after their days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.targets.former_file import FormerFile
    from kpi_tui.definitions.edit import Author, Change
    from kpi_tui.definitions.workspace import Workspace


class FormerFiles:
    """Files that are not read, because their names mean other days since [calendar] changed."""

    def __init__(self, workspace: Workspace, author: Author, clock: Callable[[], datetime]) -> None:
        self._workspace, self._author, self._clock = workspace, author, clock
        self.notes: list[str] = []
        """What stays as it is called, and why, after `rename`."""

    def all(self) -> list[FormerFile]:
        """Those of targets, then those of typed numbers."""
        from kpi_tui.workspace.edits.former_files import former_files
        from kpi_tui.workspace.edits.period_files import ACTUALS, TARGETS

        root, calendar = self._workspace.root, self._workspace.calendar
        return [one for folder in (TARGETS, ACTUALS) for one in former_files(root / folder, calendar)]

    def rename(self) -> list[Change]:
        """Name them after their days: a line of the history for each cell. WorkspaceError: one cannot be written."""
        from kpi_tui.workspace.edits.period_files import PeriodFiles
        from kpi_tui.workspace.edits.store import TargetStore

        found, changes = self.all(), []
        self.notes = []
        for folder in dict.fromkeys(one.folder for one in found):
            files = PeriodFiles(self._workspace.root / folder, self._workspace.calendar)
            store = TargetStore(files.folder, self._author, self._clock, files=files)
            changes += store.rename([one for one in found if one.folder == folder], files)
            self.notes += store.notes
        return changes
