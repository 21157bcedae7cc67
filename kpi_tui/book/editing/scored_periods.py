"""Closed periods that were scored: a definition that reaches into one needs a reason, and is marked late (R009)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kpi_tui.definitions.dated import forms
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.role import Line, Method

if TYPE_CHECKING:
    from kpi_tui.definitions.edit import KeyPath
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.workspace.edits.period_edits import PeriodEdits

SCORING = {
    "roles": ("lines", "bonus_base"),
    "people": ("roles", "bonus_base"),
    "bonus": ("mode", "steps", "grain"),
    "north_star": ("metric",),
}
"""The keys that move a score or a bonus, or say what stands on every scorecard, of definitions that have a date."""


class ScoredPeriods:
    """Which closed periods somebody was scored in: those with a target, or every one where none is needed."""

    def __init__(self, workspace: Workspace, targets: PeriodEdits) -> None:
        self._workspace = workspace
        self._targets = targets

    def reached(self, path: KeyPath, since: str) -> bool:
        """Whether what stands at the path, changed since a period ("": since ever), moves a closed score."""
        owners = self._owners(path)
        if owners is None:
            return False
        day = Period.parse(since, self._workspace.calendar).start if since else date.min
        if any(period.start >= day and self._has_target(period, owners) for period in self._closed()):
            return True
        return self._needs_no_target(path) and self._is_over(since)

    @property
    def anybody(self) -> bool:
        """Whether anybody was scored in a closed period."""
        return self.reached(("bonus",), "")

    def _owners(self, path: KeyPath) -> set[str] | None:
        """Whose scores a path moves; None: nobody's."""
        section, keys = path[0], path[1:] if path[0] in ("bonus", "north_star") else path[2:]
        if section in SCORING and keys and keys[0] not in SCORING[section]:
            return None
        dated = self._workspace.dated
        if section == "roles":
            holders = (one for one in dated.people.values() if any(path[1] in form.roles for form in forms(one)))
            return {path[1], *(person.id for person in holders)}
        if section == "people":
            person = dated.people.get(path[1])
            return {path[1], *(role for form in (forms(person) if person else ()) for role in form.roles)}
        if section == "chains":
            return {f"chain:{path[1]}"}
        if section == "north_star":
            return {*dated.roles, *dated.people}
        if section in ("bonus", "settings"):
            return {*dated.roles, *dated.people, *(f"chain:{chain}" for chain in self._workspace.chains)}
        return None

    def _closed(self) -> Iterator[Period]:
        for period in self._targets.periods():
            if self._targets.is_locked(period):
                yield period

    def _has_target(self, period: Period, owners: set[str]) -> bool:
        return any(key.role in owners for key in self._targets.saved(period))

    def _needs_no_target(self, path: KeyPath) -> bool:
        """Whether a role has a line that is scored without a target: a range with both its ends."""
        dated = self._workspace.dated
        role = dated.roles.get(path[1]) if path[0] == "roles" else None
        roles = [role] if role else list(dated.roles.values()) if path[0] in ("bonus", "north_star", "people") else []
        return any(_scored_without_target(line) for one in roles for form in forms(one) for line in form.lines)

    def _is_over(self, since: str) -> bool:
        return self._targets.is_locked(since or "1900-01-01")


def _scored_without_target(line: Line) -> bool:
    return line.weight > 0 and line.method is Method.RANGE and {"low", "high"} <= line.options.keys()
