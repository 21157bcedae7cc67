"""Arithmetic over targets: copied from another period, raised by a factor. It gives edits; nothing is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.workspace.edits.period_edits import PeriodEdits


class BulkTargets:
    """Edits of many targets at once. A chain's points and growth stay with their month, so they are left alone."""

    def __init__(self, workspace: Workspace, targets: PeriodEdits) -> None:
        self._workspace = workspace
        self._targets = targets

    def copy(self, period: Period, source: Period) -> int:
        """Pending edits that take over every target of `source` that `period` lacks; how many cells changed.

        Those of roles and people that do not count in `period` stay where they are.
        """
        mine, theirs = self._targets.of(period), self._targets.of(source)
        known, space = self._workspace.metrics, self._workspace.at(period)
        absent = {*self._workspace.roles, *self._workspace.people} - {*space.roles, *space.people}
        cells = {
            key: target.value
            for key, target in theirs.items()
            if key not in mine and key.metric in known and key.role not in absent
        }
        return self._targets.set_all({period.id: cells}, f"copied from {source.id}")

    def raise_(self, period: Period, factor: float, role: str | None = None) -> int:
        """Pending edits that multiply targets by `factor` (1.05 = +5 %); how many cells changed.

        Targets that are counts become whole numbers, rounded half up (R003).
        """
        cells = {
            key: self._times(key.metric, target.value, factor)
            for key, target in self._targets.of(period).items()
            if key.role == role or (role is None and key.metric in self._workspace.metrics)
        }
        return self._targets.set_all({period.id: cells}, f"× {factor:g}")

    def _times(self, metric: str, value: float, factor: float) -> float:
        from kpi_tui.definitions.rounding import times, whole

        known = self._workspace.metrics.get(metric)
        product = times(value, factor)
        return whole(product) if known is not None and known.unit == "count" else product
