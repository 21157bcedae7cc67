"""Unsaved edits of definitions: steps that can be undone, a draft on disk, then the store (R009, R038)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from kpi_tui.definitions.edit import Author, Change, Edit, KeyPath
from kpi_tui.definitions.issue import ConflictError, Issue, Severity, WorkspaceError
from kpi_tui.definitions.message import says
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.definition_edits.documents import Documents
from kpi_tui.workspace.definition_edits.edited_workspace import edited_workspace
from kpi_tui.workspace.definition_edits.key_paths import check_length
from kpi_tui.workspace.definition_edits.new_errors import refuse_new_errors
from kpi_tui.workspace.definition_edits.sections import WHOLE_AT_ONCE
from kpi_tui.workspace.definition_edits.store import FOLDER, Cell, DefinitionStore, IsLate, changed_cells
from kpi_tui.workspace.edits.draft import DraftEdits, draft_path
from kpi_tui.workspace.edits.former_files import former_files
from kpi_tui.workspace.edits.kept_draft import KeptDraft
from kpi_tui.workspace.edits.period_files import ACTUALS, TARGETS
from kpi_tui.workspace.edits.recorded_writes import HISTORY
from kpi_tui.workspace.edits.steps import Steps

Step = tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class DefinitionClash:
    """A key two people changed: what I saw and wish, what stands there now, and who changed it last."""

    cell: Cell
    base: Any
    mine: Any
    theirs: Any
    last: Change | None = None


class DefinitionEdits:
    """Edits of one person in the TOML of a workspace; `is_late` tells what reaches into a closed period."""

    def __init__(
        self, workspace: Workspace, store: DefinitionStore, is_late: IsLate, draft: Path | None = None
    ) -> None:
        self._space = workspace
        self._store = store
        self._is_late = is_late
        self._draft = KeptDraft(draft, workspace.calendar, self._not_saved)
        self._told: list[str] = []
        self._steps: Steps[Step] = Steps()
        self._read: Documents | None = None
        self._laid: Documents | None = None
        self._edited: tuple[Workspace, tuple[Issue, ...]] | None = None

    @property
    def root(self) -> Path:
        """The folder of the workspace."""
        return self._space.root

    @property
    def saved(self) -> Documents:
        """The files as they stood when they were first asked for. WorkspaceError when one cannot be read."""
        if self._read is None:
            self._read = Documents.read(self.root)
        return self._read

    @property
    def now(self) -> Documents:
        """The same with the unsaved edits."""
        if self._laid is None:
            self._laid = self.saved.copy()
            for edit in self._edits():
                self._laid.put(edit.key, edit.to, edit.since)
        return self._laid

    # --- reading ----------------------------------------------------------------------------
    def pending(self) -> Mapping[Cell, tuple[Any, Any]]:
        """Unsaved cells: what the files say, and what is wished."""
        changed = changed_cells(self.saved, self.now, self._edits())
        return {(edit.since, edit.key): (edit.base, edit.to) for edit in changed}

    def unsaved(self) -> tuple[Edit, ...]:
        """The unsaved edits in their order, for `take_up` of another process."""
        return tuple(self._edits())

    def take_up(self, unsaved: tuple[Edit, ...]) -> None:
        """These are the unsaved edits now, upon the files as they are; nothing is kept of them."""
        if unsaved != self.unsaved():
            self._steps.rewrite([unsaved] if unsaved else [])
            self._reread([])

    def edited(self) -> tuple[Workspace, tuple[Issue, ...]]:
        """The workspace with the unsaved edits, and what is wrong with them."""
        if self._edited is None:
            self._edited = edited_workspace(self._space, self.now)
        return self._edited

    def history(self) -> list[Change]:
        """Every saved change, newest last."""
        return self._store.history()

    def history_issues(self) -> tuple[Issue, ...]:
        """A warning per line of the history that cannot be read."""
        file = f"{FOLDER}/{HISTORY}"
        try:
            self._store.history()
        except WorkspaceError as error:
            return error.issues or (Issue(Severity.ERROR, str(error), file=file),)
        return tuple(Issue(Severity.WARNING, note, file=file, code="history") for note in self._store.notes)

    def notes(self) -> list[str]:
        """What is to be said beside the answers: durability, a network folder, damaged history or draft."""
        told, self._told = self._told, []
        return list(dict.fromkeys([*self._draft.notes(), *self._store.notes, *told]))

    # --- editing ----------------------------------------------------------------------------
    def set_all(self, cells: Sequence[tuple[str, KeyPath, Any]], why: str = "") -> int:
        """Set (or with None remove) values, each since a period, as one step; how many changed.

        UsageError: a key of workspace.toml that is an error, or of no use; WorkspaceError: nothing can be changed here.
        Nothing is set then.
        """
        step: list[Edit] = []
        after = self.now.copy()
        for since, path, value in cells:
            base = after.value(path, since)
            if base != value:
                check_length(path, value)
                after.put(path, value, since)
                step.append(Edit(path, deepcopy(value), base, why, since))
        if step:
            self._store.expect_writable()
            self._judge_at_once(step, after)
            self._steps.add(tuple(step))
            self._laid, self._edited = after, None
            self._keep()
        return len(step)

    def undo(self, why: str = "") -> Step | list[Change] | None:
        """Take back the last step, else my last saved batch; None: nothing. ReasonNeeded: the batch is a late one."""
        if step := self._steps.undo():
            self._lay()
            return step
        return self._reread(self._store.undo(self._judge, self._is_late, why)) or None

    def redo(self, why: str = "") -> Step | list[Change] | None:
        """Do again what undo took back; None: nothing. ReasonNeeded: as `undo`."""
        if step := self._steps.redo():
            self._lay()
            return step
        return self._reread(self._store.redo(self._judge, self._is_late, why)) or None

    def discard(self) -> None:
        """Forget every unsaved edit and the draft, a former session's included."""
        self._draft.decide()
        self._steps.clear()
        self._lay()

    def save(self, why: str = "") -> list[Change]:
        """Write everything unsaved as one batch; errors save nothing (`DefinitionStore.save`)."""
        told = self._moved() if self.now.calendar != self.saved.calendar else []  # nothing can fail after the save
        try:
            changes = self._store.save(self._edits(), self._judge, self._is_late, why)
        except ConflictError:
            self._reread([])
            raise
        self._read = None
        self.discard()
        self._told = told
        return changes

    def _moved(self) -> list[str]:
        """What another calendar makes of files that are there."""
        count = sum(len(former_files(self.root / folder, self.now.calendar)) for folder in (TARGETS, ACTUALS))
        said = says(
            "{count} file of targets is of days that its name does not mean now: `kpi-tui target calendar` mends it",
            "{count} files of targets are of days that their names do not mean now: `kpi-tui target calendar` mends it",
            count,
        )
        return [said] if count else []

    def follow(self, workspace: Workspace, is_late: IsLate) -> None:
        """The files were read again: the unsaved edits lie upon what they say now."""
        self._space, self._is_late = workspace, is_late
        self._draft.follow(workspace.calendar)
        self._reread([])

    # --- after a conflict -------------------------------------------------------------------
    def clashes(self) -> list[DefinitionClash]:
        """Unsaved edits of keys that say something else now than their editor saw."""
        found: dict[Cell, DefinitionClash] = {}
        for edit, there in self._store.lay(Documents.read(self.root), self._edits()):
            cell = (edit.since, edit.key)
            mine, last = self.now.value(edit.key, edit.since), self._store.last_change(edit)
            found[cell] = DefinitionClash(cell, edit.base, mine, there, last)
        return list(found.values())

    def keep_mine(self, cell: Cell) -> None:
        """My unsaved value shall replace what somebody else saved meanwhile."""
        fresh = Documents.read(self.root)
        steps = []
        for step in self._steps:
            made = []
            for edit in step:
                if (edit.since, edit.key) == cell:
                    edit = replace(edit, base=fresh.value(edit.key, edit.since))
                fresh.put(edit.key, edit.to, edit.since)
                made.append(edit)
            steps.append(tuple(made))
        self._steps.rewrite(steps)
        self._lay()

    def take_theirs(self, cell: Cell) -> None:
        """Drop my unsaved edits of this key."""
        steps = [tuple(edit for edit in step if (edit.since, edit.key) != cell) for step in self._steps]
        self._steps.rewrite([step for step in steps if step])
        self._lay()

    # --- draft ------------------------------------------------------------------------------
    def draft_found(self) -> int:
        """How many edits a former session left unsaved."""
        return len(self._draft.former())

    def restore_draft(self) -> int:
        """Take them up again, as one step; how many."""
        found = self._draft.decide()
        edits, count = found.edits.get(FOLDER, ()), len(found)
        if edits:
            self._steps.add(tuple(edits))
            self._lay()
        return count

    def _not_saved(self, edits: DraftEdits) -> DraftEdits:
        """All of them or none, as a save is: one may rest upon another."""
        there, some = Documents.read(self.root), edits.get(FOLDER, ())
        after = there.copy()
        for edit in some:
            after.put(edit.key, edit.to, edit.since)
        return edits if changed_cells(there, after, some) else {}

    def draft_lost(self) -> str:
        """Why the unsaved edits are not kept on disk; empty where they are."""
        return self._draft.lost

    def close(self) -> None:
        """Make sure the draft is on disk."""
        if self._edits():
            self._keep()

    def _keep(self) -> None:
        self._draft.keep({FOLDER: self._edits()})

    # --- steps ------------------------------------------------------------------------------
    def _lay(self) -> None:
        self._laid = self._edited = None
        self._keep()

    def _reread(self, changes: list[Change]) -> list[Change]:
        self._read = self._laid = self._edited = None
        return changes

    def _edits(self) -> list[Edit]:
        return [edit for step in self._steps for edit in step]

    def _judge(self, before: Documents, after: Documents) -> None:
        refuse_new_errors(self._space, before, after, to_save=True)

    def _judge_at_once(self, step: Sequence[Edit], after: Documents) -> None:
        """The same of a key that is whole as soon as it is typed; roles and chains may be wrong while one works."""
        if all(edit.key[0] in WHOLE_AT_ONCE for edit in step):
            refuse_new_errors(self._space, self.now, after)


def open_definition_edits(
    workspace: Workspace,
    author: Author,
    environ: Mapping[str, str] | None,
    clock: Callable[[], datetime],
    is_late: IsLate,
) -> DefinitionEdits:
    """The edits of a workspace's definitions; without `environ` they keep no draft."""
    draft = None if environ is None else draft_path(workspace.root / FOLDER, author.name, environ)
    return DefinitionEdits(workspace, DefinitionStore(workspace.root, author, clock), is_late, draft)
