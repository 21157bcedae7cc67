"""Unsaved edits of definitions: steps that can be undone, laid upon the files as they stand (R009, R038)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kpi_tui.definitions.edit import Author, Change, Edit, KeyPath
from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.definition_edits.documents import Documents
from kpi_tui.workspace.definition_edits.edited_workspace import edited_workspace

DefinitionCell = tuple[str, KeyPath]
"""A key of a definition: the id of the period since which its value counts ("": since ever), and its path."""
Step = tuple[Edit, ...]


class DefinitionEdits:
    """Edits of one person in the TOML of a workspace."""

    def __init__(self, workspace: Workspace, author: Author) -> None:
        self._saved_workspace = workspace
        self._root: Path = workspace.root
        self.author = author
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._read: Documents | None = None
        self._laid: Documents | None = None
        self._edited: tuple[Workspace, tuple[Issue, ...]] | None = None

    @property
    def _saved(self) -> Documents:
        """The files as they stood when they were first asked for. WorkspaceError when one cannot be read."""
        if self._read is None:
            self._read = Documents.read(self._root)
        return self._read

    @property
    def _now(self) -> Documents:
        """The same with the unsaved edits."""
        if self._laid is None:
            self._laid = self._saved.copy()
            for edit in self._edits():
                self._laid.put(edit.key, edit.to, edit.since)
        return self._laid

    # --- reading ----------------------------------------------------------------------------
    def value(self, path: KeyPath, since: str = "") -> Any:
        """The value in force since a period, unsaved edits included."""
        return self._now.value(path, since)

    def pending(self) -> Mapping[DefinitionCell, tuple[Any, Any]]:
        """Unsaved cells: what the files say, and what is wished."""
        found = {}
        for edit in self._edits():
            cell = (edit.since, edit.key)
            pair = (self._saved.value(edit.key, edit.since), self._now.value(edit.key, edit.since))
            if pair[0] != pair[1]:
                found[cell] = pair
        return found

    def edited(self) -> tuple[Workspace, tuple[Issue, ...]]:
        """The workspace with the unsaved edits, and what is wrong with them."""
        if self._edited is None:
            self._edited = edited_workspace(self._saved_workspace, self._now)
        return self._edited

    # --- editing ----------------------------------------------------------------------------
    def set_all(self, cells: Sequence[tuple[str, KeyPath, Any]], why: str = "") -> int:
        """Set (or with None remove) values, each since a period, as one step; how many changed."""
        step: list[Edit] = []
        for since, path, value in cells:
            base = self._now.value(path, since)
            if base != value:
                self._now.put(path, value, since)
                step.append(Edit(path, value, base, why, since))
        if step:
            self._done.append(tuple(step))
            self._undone.clear()
            self._edited = None
        return len(step)

    def undo(self) -> Step | list[Change] | None:
        """Take back the last step."""
        return self._move(self._done, self._undone)

    def redo(self) -> Step | list[Change] | None:
        """Do again what undo took back."""
        return self._move(self._undone, self._done)

    def discard(self) -> None:
        """Forget every unsaved edit."""
        self._done.clear()
        self._undone.clear()
        self._lay()

    def follow(self, workspace: Workspace) -> None:
        """The files were read again: the unsaved edits lie upon what they say now."""
        self._saved_workspace, self._read = workspace, None
        self._lay()

    def _move(self, take: list[Step], give: list[Step]) -> Step | None:
        if not take:
            return None
        give.append(take.pop())
        self._lay()
        return give[-1]

    def _lay(self) -> None:
        self._laid = self._edited = None

    def _edits(self) -> list[Edit]:
        return [edit for step in self._done for edit in step]
