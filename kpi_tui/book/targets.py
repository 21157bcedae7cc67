"""Edits of targets: kept on the desk, drafted, undone, saved (spec R009, R038)."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import Change, Target, TargetKey
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    from kpi_tui.workspace.edits.desk import Desk


class TargetDesk:
    """The part of the Book that takes edits."""

    workspace: Workspace
    _desk: Desk
    _actuals: Desk

    @abstractmethod
    def as_of(self) -> date:
        """The last day that counts; the whole Book knows it."""

    def targets(self, period: Period) -> Mapping[TargetKey, Target]:
        """Targets of a period, pending edits included."""
        return self._desk.targets(period.id)

    def saved_targets(self, period: Period) -> Mapping[TargetKey, Target]:
        """Targets of a period as they stand in the file."""
        return self._desk.saved(period.id)

    def is_locked(self, period: Period) -> bool:
        """True when data exist beyond the period: edits need a reason and are marked late (R009)."""
        try:
            return self.as_of() > period.last_day
        except TableError:
            return False

    def edit(self, key: TargetKey, period: Period, value: float | None, why: str = "") -> None:
        """Set or clear (None) one cell in memory; kept as a draft on disk until saved or discarded."""
        self._desk.edit(period.id, {key: value}, why)

    def keep_mine(self, period: Period, key: TargetKey) -> None:
        """After a conflict: my unsaved value shall replace what somebody else saved."""
        self._desk.rebase((period.id, key))

    def take_theirs(self, period: Period, key: TargetKey) -> None:
        """After a conflict: drop my unsaved value of this cell."""
        self._desk.forget((period.id, key))

    def notes(self) -> list[str]:
        """What the last save has to say beside its success: unconfirmed durability, a network folder …"""
        return self._desk.notes()

    def copy_targets(self, period: Period, source: Period) -> int:
        """Pending edits that take over every target of `source` that `period` lacks; how many cells changed."""
        mine, theirs = self.targets(period), self.targets(source)
        known = self.workspace.metrics  # a chain's points and growth stay with their month
        cells = {key: target.value for key, target in theirs.items() if key not in mine and key.metric in known}
        return self._desk.edit(period.id, cells, f"copied from {source.id}")

    def raise_targets(self, period: Period, factor: float, role: str | None = None) -> int:
        """Pending edits that multiply targets by `factor` (1.05 = +5 %); how many cells changed.

        Targets that are counts become whole numbers, rounded half up (R003).
        """
        chosen = {
            key: self._times(key.metric, target.value, factor)
            for key, target in self.targets(period).items()
            if key.role == role or (role is None and key.metric in self.workspace.metrics)  # not a chain's points
        }
        return self._desk.edit(period.id, chosen, f"× {factor:g}")

    def _times(self, metric: str, value: float, factor: float) -> float:
        from kpi_tui.definitions.rounding import times, whole

        known = self.workspace.metrics.get(metric)
        product = times(value, factor)
        return whole(product) if known is not None and known.unit == "count" else product

    def pending(self) -> Mapping[tuple[str, TargetKey], tuple[float | None, float | None]]:
        """Unsaved cells: (period id, key) -> (saved value, new value)."""
        return self._desk.pending()

    def discard(self) -> None:
        """Forget unsaved edits and the draft."""
        self._desk.discard()

    def save(self, why: str = "") -> list[Change]:
        """Write pending edits safely; ConflictError shows both sides of a cell changed by two people."""
        late = {period for period, _ in self.pending() if self.is_locked(Period.parse(period))}
        return self._desk.save(why, late)

    def undo(self) -> list[Change] | str | None:
        """Take back the last step: an unsaved edit (returns its text), else the last saved batch of mine."""
        return self._desk.undo(self._is_late)

    def redo(self) -> list[Change] | str | None:
        """Do again what undo took back."""
        return self._desk.redo(self._is_late)

    def _is_late(self, period: str) -> bool:
        return self.is_locked(Period.parse(period))

    def history(self, role: str = "", metric: str = "", period: str = "") -> list[Change]:
        """The append-only history, newest last."""
        changes = self._desk.history()
        return [c for c in changes if role in ("", c.role) and metric in ("", c.metric) and period in ("", c.period)]

    def draft_found(self) -> int:
        """Number of unsaved edits a former session left behind (offered at start)."""
        return self._desk.draft_found() + self._actuals.draft_found()

    def restore_draft(self) -> int:
        """Take the former session's draft as pending edits; how many."""
        return self._desk.restore_draft() + self._actuals.restore_draft()

    def close(self) -> None:
        """Flush the draft; safe to call from a signal handler."""
        self._desk.close()
        self._actuals.close()
