"""Edits of what a workspace says, with the date since which it counts: roles, people, bonus, stages, modules (R009)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from kpi_tui.book.editing.scored_periods import ScoredPeriods
from kpi_tui.definitions.edit import Change, Edit, KeyPath
from kpi_tui.definitions.issue import Issue, UsageError, WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    from kpi_tui.workspace.definition_edits.edits import DefinitionClash, DefinitionEdits
    from kpi_tui.workspace.definition_edits.store import Cell


class Definitions:
    """Sets keys of definitions; nothing is written before `save`.

    A key path is that of the TOML: `("roles", "operations", "lines", "dau", "weight")`, a line by its metric, a link
    by its id; `("people", "ann", "roles")`, `("bonus", "steps")`, `("stages", "active", "aim")`, `("modules", "off")`,
    `("north_star",)`. A value is what TOML holds: number, text, `{"en": …, "zh": …}`, list, table; None removes.
    """

    def __init__(self, edits: DefinitionEdits, scored: ScoredPeriods) -> None:
        self._edits = edits
        self._scored = scored

    def follow(self, workspace: Workspace, scored: ScoredPeriods) -> None:
        """Lay the unsaved edits upon a workspace that was read again."""
        self._scored = scored
        self._edits.follow(workspace, scored.reached)

    # --- reading ----------------------------------------------------------------------------
    def value(self, path: KeyPath, since: Period | None = None) -> Any:
        """What counts since a period (None: since ever), unsaved edits included; a table as a plain dict."""
        return self._edits.now.value(path, _id(since))

    def ids(self, section: str) -> list[str]:
        """The ids of the roles, people, stages or chains that the workspace itself defines, unsaved ones included."""
        return self._edits.now.ids(section)

    def pending(self) -> Mapping[Cell, tuple[Any, Any]]:
        """Unsaved cells: (period id or "", path) -> (as saved, as wished)."""
        return self._edits.pending()

    def unsaved(self) -> tuple[Edit, ...]:
        """The unsaved edits in their order, for `take_up` of another process."""
        return self._edits.unsaved()

    def take_up(self, unsaved: tuple[Edit, ...]) -> None:
        """These are the unsaved edits now; nothing is kept of them."""
        self._edits.take_up(unsaved)

    def workspace(self, period: Period | None = None) -> Workspace:
        """The workspace with the unsaved edits; of a period, only what counts in it."""
        space = self._edits.edited()[0]
        return space if period is None else space.at(period)

    def problems(self, period: Period | None = None) -> tuple[Issue, ...]:
        """What is wrong or doubtful in the edited definitions, at their lines: errors, then principles and advice."""
        from kpi_tui.definitions.issue import severest_first
        from kpi_tui.workspace.check.held_roles import roles_held_in_vain
        from kpi_tui.workspace.check.lint import lint

        space = self.workspace(period) if period else self.workspace().lasting
        return severest_first([*self._edits.edited()[1], *roles_held_in_vain(space), *lint(space)])

    def history_issues(self) -> tuple[Issue, ...]:
        """Lines of the history that cannot be read."""
        return self._edits.history_issues()

    def history(self, path: KeyPath = ()) -> list[Change]:
        """Every saved change of what stands at a path, or below it; newest last."""
        return [change for change in self._edits.history() if change.key[: len(path)] == path]

    def late(self, owners: Collection[str], period: Period) -> tuple[Change, ...]:
        """What was changed after the period was over and counts in it for one of these roles and people (R009)."""
        from kpi_tui.book.editing.late_changes import late_changes

        try:
            history = self._edits.history()
        except WorkspaceError:  # the check says that it cannot be read
            return ()
        return late_changes(history, owners, period, period.calendar, self._edits.now.begins)

    def notes(self) -> list[str]:
        """What is to be said beside the answers: durability, a network folder, damaged history or draft."""
        return self._edits.notes()

    def moved_line(self, role: str, metric: str, place: int, since: Period | None = None) -> list[dict[str, Any]]:
        """The lines of a role since a period as TOML holds them, one of them at another place: the first is 1, the
        last any that is beyond. UsageError where the role has no such line."""
        path = ("roles", role, "lines")
        lines: list[dict[str, Any]] = list(self.value(path, since) or ())
        moved = next((line for line in lines if line.get("metric") == metric), None)
        if moved is None:
            raise UsageError(say("role {role!r} has no line of {metric!r}", role=role, metric=metric))
        lines.remove(moved)
        lines.insert(max(place, 1) - 1, moved)
        return lines

    # --- dates ------------------------------------------------------------------------------
    def since_for(self, path: KeyPath, period: Period) -> Period | None:
        """Since when an edit made while looking at a period counts; None: since ever.

        What was scored in a closed period keeps its form: the edit makes one that begins with `period`. Anything else
        is changed where it stands.
        """
        now = self._edits.now
        if not now.is_dated(path):
            return None
        is_new = len(path) == 2 and now.value(path) is None  # who was not there must not appear in closed periods
        if self._scored.reached(path, "") or (is_new and self._scored.anybody):
            return period
        found = now.begins(path, period.id)
        return Period.parse(found, period.calendar) if found else None

    def is_late(self, path: KeyPath, since: Period | None) -> bool:
        """Whether an edit reaches into a closed period: it needs a reason then, and is marked (R009)."""
        return self._scored.reached(path, _id(since))

    @property
    def needs_reason(self) -> bool:
        """Whether any unsaved edit is late."""
        return any(self._scored.reached(path, since) for since, path in self.pending())

    # --- editing ----------------------------------------------------------------------------
    def set(self, path: KeyPath, value: Any, since: Period | None = None, why: str = "") -> int:
        """Set one value (None removes it) since a period; 0 where it says so already. UsageError for a wrong path."""
        return self.set_all({path: value}, since, why)

    def set_all(self, values: Mapping[KeyPath, Any], since: Period | None = None, why: str = "") -> int:
        """Set values as one step that undo takes back at once; how many changed.

        UsageError: a wrong path; a key that is an error, or of no use; rates of a file or column that is not there.
        """
        if any(path[0] == "rates" for path in values):
            self._expect_rates(values)
        return self._edits.set_all([(_id(since), path, value) for path, value in values.items()], why)

    def _expect_rates(self, values: Mapping[KeyPath, Any]) -> None:
        from kpi_tui.book.editing.expected_rates import expect_rates
        from kpi_tui.workspace.definition_edits.edited_workspace import edited_workspace

        after = self._edits.now.copy()
        for path, value in values.items():
            after.put(path, value, "")
        expect_rates(edited_workspace(self.workspace(), after)[0], values)

    def undo(self, why: str = "") -> tuple[Edit, ...] | list[Change] | None:
        """Take back the last step: unsaved edits, else my last saved batch; None: nothing.

        ReasonNeeded where that batch reaches into a period that is over.
        """
        return self._edits.undo(why)

    def redo(self, why: str = "") -> tuple[Edit, ...] | list[Change] | None:
        """Do again what undo took back; None: nothing. ReasonNeeded: as `undo`."""
        return self._edits.redo(why)

    def discard(self) -> None:
        """Forget every unsaved edit and the draft."""
        self._edits.discard()

    def save(self, why: str = "") -> list[Change]:
        """Write everything unsaved as one batch: comments and order of hand-written files stay.

        ConflictError: somebody changed the same since. UsageError: an error is left (weights that do not sum to 100),
        or a late edit has no reason. WorkspaceError: a file cannot be read or written. All three save nothing.
        """
        return self._edits.save(why)

    # --- after a conflict, and after a crash ------------------------------------------------
    def clashes(self) -> list[DefinitionClash]:
        """Unsaved edits of keys that say something else now than their editor saw."""
        return self._edits.clashes()

    def keep_mine(self, cell: Cell) -> None:
        """My unsaved value shall replace what somebody else saved meanwhile."""
        self._edits.keep_mine(cell)

    def take_theirs(self, cell: Cell) -> None:
        """Drop my unsaved edits of this key."""
        self._edits.take_theirs(cell)

    def draft_found(self) -> int:
        """How many edits a former session left unsaved."""
        return self._edits.draft_found()

    def restore_draft(self) -> int:
        """Take them up again, as one step; how many."""
        return self._edits.restore_draft()

    def draft_lost(self) -> str:
        """Why the unsaved edits are not kept on disk; empty where they are."""
        return self._edits.draft_lost()

    def close(self) -> None:
        """Make sure the draft is on disk; safe to call from a signal handler."""
        self._edits.close()


def _id(since: Period | None) -> str:
    return since.id if since else ""
