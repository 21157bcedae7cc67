"""The draft of one person: what a former session left behind, and what is unsaved now (R038)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kpi_tui.definitions.calendar import Calendar
from kpi_tui.definitions.issue import KpiError, WorkspaceError
from kpi_tui.workspace.edits.draft import Draft, DraftEdits, clear_draft, load_draft, save_draft, set_aside

Unsaved = Callable[[DraftEdits], DraftEdits]
"""Those of the edits that the files do not say already. KpiError: they cannot be told."""

NO_EDITS = (ValueError, TypeError, KeyError, AttributeError)
"""Raised by what somebody else wrote into a draft and fits no key."""


class KeptDraft:
    """Unsaved edits on disk; without a path nothing is kept."""

    def __init__(self, path: Path | None, calendar: Calendar, unsaved: Unsaved) -> None:
        """`calendar`: how the periods of the edits are called."""
        self._path = path
        self._calendar = calendar
        self._unsaved = unsaved
        self._former: Draft | None = None
        self._notes: list[str] = []
        self.lost = ""  # why what is unsaved now is not on disk; empty: it is, or none shall be

    def former(self) -> Draft:
        """The draft on disk when this session first looked, until it is decided about.

        Who was killed between a save and the end of its draft left nothing unsaved: it is dropped and not told.
        """
        if self._former is None:
            self._former = self._load(self._path) if self._path else Draft()
            self._notes += [self._former.note] if self._former.note else []
        return self._former

    def _load(self, path: Path) -> Draft:
        draft = load_draft(path, self._calendar)
        if not draft:
            return draft
        with suppress(KpiError, *NO_EDITS):  # files that cannot be read say nothing: all of it is offered
            draft = replace(draft, edits=self._unsaved(draft.edits))
        if not draft:
            with suppress(WorkspaceError):  # it stays where it cannot be removed, and is dropped again next time
                clear_draft(path)
        return draft

    def follow(self, calendar: Calendar) -> None:
        """Periods are called as in this calendar from now on."""
        self._calendar = calendar

    def decide(self) -> Draft:
        """The former draft, which is from now on taken up or dropped."""
        former, self._former = self.former(), Draft()
        return former

    def keep(self, edits: DraftEdits) -> None:
        """Write what is unsaved. A former draft that was not decided about is moved aside first."""
        if self._path is None:
            return
        try:
            if len(self.former()):
                self._notes.append(set_aside(self._path))
                self._former = Draft()
            save_draft(self._path, edits, self._calendar)
            self.lost = ""
        except WorkspaceError as error:  # an edit is not lost with its draft: it is still in memory
            self.lost = str(error)
            self._notes.append(self.lost)

    def notes(self) -> list[str]:
        """What is to be said of the draft, once: damaged, moved aside, not kept."""
        said, self._notes = self._notes, []
        return said
