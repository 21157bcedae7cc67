"""Edits of what a workspace says, with the date since which it counts: roles, people, bonus, stages, modules (R009)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kpi_tui.definitions.edit import Change, Edit, KeyPath
from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    from kpi_tui.workspace.definition_edits.edits import DefinitionCell, DefinitionEdits


class Definitions:
    """Sets keys of definitions; nothing is written before `save`.

    A key path is that of the TOML: `("roles", "operations", "lines", "dau", "weight")`, a line by its metric, a link
    by its id; `("people", "ann", "roles")`, `("bonus", "steps")`, `("stages", "active", "aim")`, `("modules", "off")`,
    `("north_star",)`. A value is what TOML holds: number, text, `{"en": …, "zh": …}`, list, table; None removes.
    """

    def __init__(self, edits: DefinitionEdits) -> None:
        self._edits = edits

    # --- reading ----------------------------------------------------------------------------
    def value(self, path: KeyPath, since: Period | None = None) -> Any:
        """What counts since a period (None: since ever), unsaved edits included; a table as a plain dict."""
        return self._edits.value(path, _id(since))

    def pending(self) -> Mapping[DefinitionCell, tuple[Any, Any]]:
        """Unsaved cells: (period id or "", path) -> (as saved, as wished)."""
        return self._edits.pending()

    def workspace(self, period: Period | None = None) -> Workspace:
        """The workspace with the unsaved edits; of a period, only what counts in it."""
        space = self._edits.edited()[0]
        return space if period is None else space.at(period)

    def problems(self, period: Period | None = None) -> tuple[Issue, ...]:
        """What is wrong or doubtful in the edited definitions, at their lines: errors, then principles and advice."""
        from kpi_tui.definitions.issue import severest_first
        from kpi_tui.workspace.check.lint import lint

        return severest_first([*self._edits.edited()[1], *lint(self.workspace(period))])

    # --- editing ----------------------------------------------------------------------------
    def set(self, path: KeyPath, value: Any, since: Period | None = None, why: str = "") -> int:
        """Set one value (None removes it) since a period; 0 where it says so already. UsageError for a wrong path."""
        return self.set_all({path: value}, since, why)

    def set_all(self, values: Mapping[KeyPath, Any], since: Period | None = None, why: str = "") -> int:
        """Set values as one step that undo takes back at once; how many changed."""
        return self._edits.set_all([(_id(since), path, value) for path, value in values.items()], why)

    def undo(self) -> tuple[Edit, ...] | list[Change] | None:
        """Take back the last step: unsaved edits, else my last saved batch; None: nothing."""
        return self._edits.undo()

    def redo(self) -> tuple[Edit, ...] | list[Change] | None:
        """Do again what undo took back; None: nothing."""
        return self._edits.redo()

    def follow(self, workspace: Workspace) -> None:
        """Lay the unsaved edits upon a workspace that was read again."""
        self._edits.follow(workspace)

    def discard(self) -> None:
        """Forget every unsaved edit and the draft."""
        self._edits.discard()


def _id(since: Period | None) -> str:
    return since.id if since else ""
