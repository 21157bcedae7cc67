"""What a person edits in one sitting, targets and numbers typed by hand as one: steps, undo, redo, save, conflict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kpi_tui.definitions.edit import Change
from kpi_tui.definitions.period import Period
from kpi_tui.views.edits.conflict import MINE, Clash

if TYPE_CHECKING:
    from kpi_tui.book import Book

TARGETS, ACTUALS, DEFINITIONS = "targets", "actuals", "definitions"
"""Where an edit can lie: in one of two folders, or in the definitions."""
Stepped = list[Change] | str | None
"""What undo or redo touched: saved changes, the text of an unsaved step, or nothing."""


class EditSession:
    """Every step is taken back in the order it was made, whichever folder it lies in.

    `changed` is called after every step: edit, undo, redo, save, a conflict settled.
    """

    def __init__(self, book: Book, changed: Callable[[], None]) -> None:
        self._folders = {TARGETS: book.targets, ACTUALS: book.actuals}
        self._changed = changed
        self._done: list[str] = []
        self._undone: list[str] = []

    # --- steps -------------------------------------------------------------------------------------
    def edit(self, folder: str, act: Callable[[], object]) -> bool:
        """Do one step in a folder; False when it changed nothing. Errors of `act` pass through."""
        edits = self._folders[folder]
        before = dict(edits.pending())
        act()
        if before == dict(edits.pending()):
            return False
        self._done.append(folder)
        self._undone.clear()
        self._changed()
        return True

    def undo(self) -> Stepped:
        """Take back the last step, else my last saved batch."""
        return self._step(self._done, self._undone, lambda folder: self._folders[folder].undo())

    def redo(self) -> Stepped:
        """Do again what undo took back."""
        return self._step(self._undone, self._done, lambda folder: self._folders[folder].redo())

    def _step(self, take: list[str], give: list[str], act: Callable[[str], Stepped]) -> Stepped:
        folder = take[-1] if take else TARGETS
        result = act(folder)
        if take:
            take.pop()
        if result:
            give.append(folder)
            self._changed()
        return result

    # --- saving ------------------------------------------------------------------------------------
    @property
    def unsaved(self) -> int:
        """How many cells differ from the files."""
        return sum(len(edits.pending()) for edits in self._folders.values())

    @property
    def needs_reason(self) -> bool:
        """Whether a target of a period that is over was edited (R009)."""
        targets = self._folders[TARGETS]
        return any(targets.is_locked(Period.parse(period)) for period in {period for period, _key in targets.pending()})

    def save(self, why: str = "") -> list[Change]:
        """Write everything unsaved; every folder becomes one step. ConflictError, KpiError: as the book's own save."""
        saved: list[Change] = []
        try:
            for folder, edits in self._folders.items():
                if edits.pending():
                    saved += edits.save(why)
                    self._done = [*(one for one in self._done if one != folder), folder]
            self._undone.clear()
        finally:
            self._changed()
        return saved

    def notes(self) -> list[str]:
        """What is to be said beside what was saved."""
        return self._folders[TARGETS].notes()

    # --- conflict ----------------------------------------------------------------------------------
    def clashes(self) -> list[Clash]:
        """Unsaved cells whose saved value is no longer the one their editor saw."""
        found: list[Clash] = []
        for folder, edits in self._folders.items():
            for (period, key), (base, mine) in edits.pending().items():
                theirs = edits.saved(Period.parse(period)).get(key)
                if (theirs.value if theirs else None) != base:
                    found.append(Clash(folder, period, key, base, mine, theirs))
        return found

    def settle(self, clashes: list[Clash], choices: Mapping[str, str]) -> None:
        """Let the chosen side of every contested cell stand (row key -> `mine` or `theirs`)."""
        for clash in clashes:
            edits = self._folders[clash.folder]
            decide = edits.keep_mine if choices[clash.row_key] == MINE else edits.take_theirs
            decide(Period.parse(clash.period), clash.key)
        self._changed()

    # --- a former session ----------------------------------------------------------------------------
    def restore_draft(self) -> int:
        """Take up what a former session left unsaved; how many cells."""
        count = 0
        for folder, edits in self._folders.items():
            if found := edits.restore_draft():
                self._done.append(folder)
                count += found
        self._changed()
        return count

    def discard(self) -> None:
        """Forget every unsaved edit and the draft."""
        for edits in self._folders.values():
            edits.discard()
        self._done.clear()
        self._undone.clear()
        self._changed()
