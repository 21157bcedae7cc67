"""What is edited in one sitting, targets, typed numbers and definitions as one: steps, undo, redo, save, conflict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from kpi_tui.definitions.edit import Change, Edit
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.tui.terminal.confirmation import Confirmation
from kpi_tui.views.edits.conflict import DEFINITIONS, MINE, Clash, changed_by, saved_by

if TYPE_CHECKING:
    from kpi_tui.book import Book

TARGETS, ACTUALS = "targets", "actuals"
"""Where an edit can lie: in one of two folders, or in the definitions."""
Stepped = list[Change] | tuple[Edit, ...] | str | None
"""What undo or redo touched: saved changes, an unsaved step of definitions or its text, or nothing."""


class Editable(Protocol):
    """A place of edits, as far as a sitting knows it."""

    def pending(self) -> Mapping[Any, tuple[Any, Any]]: ...
    def undo(self, why: str = "") -> Stepped: ...
    def redo(self, why: str = "") -> Stepped: ...
    def save(self, why: str = "") -> list[Change]: ...
    def discard(self) -> None: ...
    def restore_draft(self) -> int: ...
    def notes(self) -> list[str]: ...


class EditSession:
    """Every step is taken back in the order it was made, wherever it lies.

    `changed` is called after every step: edit, undo, redo, save, a conflict settled.
    """

    def __init__(self, book: Book, changed: Callable[[], None]) -> None:
        self._folders = {TARGETS: book.targets, ACTUALS: book.actuals}
        self._definitions = book.definitions
        # definitions first: a target of a line that is refused must not be written before it
        self._places: dict[str, Editable] = {DEFINITIONS: book.definitions, **self._folders}
        self._changed = changed
        self.leaving = Confirmation()  # of leaving although something would be lost
        self._done: list[str] = []
        self._undone: list[str] = []

    @property
    def space(self) -> Workspace:
        """The workspace as it was edited: what was made in this sitting has a name in it."""
        return self._definitions.workspace()

    # --- steps -------------------------------------------------------------------------------------
    def edit(self, place: str, act: Callable[[], object]) -> bool:
        """Do one step in a place; False when it changed nothing. Errors of `act` pass through."""
        edits = self._places[place]
        before = dict(edits.pending())
        act()
        if before == dict(edits.pending()):
            return False
        self._done.append(place)
        self._undone.clear()
        self._changed()
        return True

    def undo(self, otherwise: str = TARGETS, why: str = "") -> Stepped:
        """Take back the last step, else my last saved batch, of the place `otherwise`. ReasonNeeded: that is late."""
        return self._step(self._done, self._undone, lambda place: self._places[place].undo(why), otherwise)

    def redo(self, otherwise: str = TARGETS, why: str = "") -> Stepped:
        """Do again what undo took back. ReasonNeeded: that is late."""
        return self._step(self._undone, self._done, lambda place: self._places[place].redo(why), otherwise)

    def _step(self, take: list[str], give: list[str], act: Callable[[str], Stepped], otherwise: str) -> Stepped:
        place = take[-1] if take else otherwise
        result = act(place)
        if take:
            take.pop()
        if result:
            give.append(place)
            self._changed()
        return result

    # --- saving ------------------------------------------------------------------------------------
    @property
    def unsaved(self) -> int:
        """How many cells and keys differ from the files."""
        return sum(len(edits.pending()) for edits in self._places.values())

    @property
    def defines(self) -> bool:
        """Whether anything unsaved is a definition."""
        return bool(self._definitions.pending())

    @property
    def needs_reason(self) -> bool:
        """Whether an edit reaches into a period that is over (R009)."""
        targets = self._folders[TARGETS]
        periods = {period for period, _key in targets.pending()}
        return self._definitions.needs_reason or any(targets.is_locked(period) for period in periods)

    def save(self, why: str = "") -> list[Change]:
        """Write everything unsaved; every place becomes one step. ConflictError, KpiError: as the book's own save."""
        saved: list[Change] = []
        try:
            for place, edits in self._places.items():
                if edits.pending():
                    saved += edits.save(why)
                    self._done = [*(one for one in self._done if one != place), place]
            self._undone.clear()
        finally:
            self._changed()
        return saved

    def notes(self) -> list[str]:
        """What is to be said beside what was saved."""
        return [*self._definitions.notes(), *self._folders[TARGETS].notes()]

    # --- conflict ----------------------------------------------------------------------------------
    def clashes(self) -> list[Clash]:
        """Unsaved cells and keys whose saved value is no longer the one their editor saw."""
        found: list[Clash] = []
        for folder, edits in self._folders.items():
            for (period, key), (base, mine) in edits.pending().items():
                theirs = edits.saved(period).get(key)
                if (theirs.value if theirs else None) != base:
                    value, by = (theirs.value, saved_by(theirs, self.space)) if theirs else (None, "")
                    found.append(Clash(folder, period, key, base, mine, value, by))
        for one in self._definitions.clashes():
            since, path = one.cell
            by = changed_by(one.last, self.space) if one.last else ""
            found.append(Clash(DEFINITIONS, since, path, one.base, one.mine, one.theirs, by))
        return found

    def settle(self, clashes: list[Clash], choices: Mapping[str, str]) -> None:
        """Let the chosen side of every contested cell stand (row key -> `mine` or `theirs`)."""
        for clash in clashes:
            mine = choices[clash.row_key] == MINE
            if clash.place == DEFINITIONS:
                decide = self._definitions.keep_mine if mine else self._definitions.take_theirs
                decide((clash.period, clash.key))
            else:
                edits = self._folders[clash.place]
                (edits.keep_mine if mine else edits.take_theirs)(clash.period, clash.cell)
        self._changed()

    # --- a former session ----------------------------------------------------------------------------
    def restore_draft(self) -> int:
        """Take up what a former session left unsaved; how many cells and keys."""
        count = 0
        for place, edits in self._places.items():
            if found := edits.restore_draft():
                self._done.append(place)
                count += found
        self._changed()
        return count

    def discard(self) -> None:
        """Forget every unsaved edit and the draft."""
        for edits in self._places.values():
            edits.discard()
        self._done.clear()
        self._undone.clear()
        self._changed()
