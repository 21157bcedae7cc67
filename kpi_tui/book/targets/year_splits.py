"""The targets of a year split over its months: by last year's shape, or by days; what is done is taken off first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.targets.year_sheet import Adding, YearLine
from kpi_tui.definitions.answers.targets.year_split import SplitBy, SplitLine, YearSplit
from kpi_tui.definitions.message import say
from kpi_tui.definitions.role import role_and_value

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.book.targets.year_sheets import YearSheets
    from kpi_tui.definitions.period import Grain, Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.workspace.edits.period_edits import PeriodEdits


class YearSplits:
    """Proposes the targets of parts from that of the whole; nothing is pending before it is accepted."""

    def __init__(
        self, workspace: Workspace, numbers: MetricNumbers, year_sheets: YearSheets, targets: PeriodEdits
    ) -> None:
        self._workspace, self._numbers = workspace, numbers
        self._year_sheets, self._targets = year_sheets, targets

    def of(
        self,
        period: Period,
        grain: Grain,
        by: SplitBy,
        roles: Sequence[str] = (),
        *,
        progress: Progress | None = None,
    ) -> YearSplit:
        """Per line of these roles (none: all). UsageError for a role nobody knows, or a period without such parts."""
        known = self._year_sheets.actuals(period, grain, roles, progress=progress)
        sheet = self._year_sheets.sheet(period, grain, roles, known)
        left = [part for part in sheet.parts if part not in known.over]
        metrics = list(dict.fromkeys(line.key.metric for line in sheet.lines if line.adding is Adding.SUM))
        shapes = self._shapes(metrics, sheet.parts, progress) if by is SplitBy.SHAPE and metrics and left else {}
        lines = tuple(self._line(line, left, by, shapes.get(line.key.metric, {})) for line in sheet.lines)
        return YearSplit(period, grain, by, lines)

    def accept(self, found: YearSplit) -> int:
        """Pending edits of every part; how many cells changed."""
        return self._targets.set_all(found.cells, say("{year} split by {how}", year=found.period.id, how=found.by))

    def _shapes(
        self, metrics: Sequence[str], parts: Sequence[Period], progress: Progress | None
    ) -> dict[str, dict[Period, float]]:
        """Metric -> the parts of last year with a whole number."""
        found: dict[str, dict[Period, float]] = {metric: {} for metric in metrics}
        for value in self._numbers.a_year_earlier(metrics, parts, progress):
            if value.value is not None and not value.partial:
                found[value.metric][value.period] = value.value
        return found

    def _line(self, line: YearLine, left: Sequence[Period], by: SplitBy, shape: Mapping[Period, float]) -> SplitLine:
        from kpi_tui.scoring.split_target import split

        target = line.whole.target
        if target is None:
            return SplitLine(line.key, why=say("no target of {period}", period=line.whole.period.id))
        if not left:
            return SplitLine(line.key, why=say("{period} is over", period=line.whole.period.id))
        if line.adding is Adding.MEAN:
            return SplitLine(line.key, tuple((part, target) for part in left))
        if line.adding is not Adding.SUM:
            return SplitLine(line.key, why=say("its periods do not add up"))
        if by is SplitBy.SHAPE and role_and_value(line.key.role)[1] is not None:
            return SplitLine(line.key, why=say("the shape of last year is known of the whole alone: split it by days"))
        if line.done is None:
            return SplitLine(line.key, why=line.why)
        if (rest := target - line.done) <= 0:
            return SplitLine(line.key, why=say("{period} is reached already", period=line.whole.period.id))
        shares = [float(part.days) for part in left]
        if by is SplitBy.SHAPE:
            before = [part.a_year_earlier() for part in left]
            unknown = next((one for one in before if one not in shape), None)
            if unknown is not None:
                return SplitLine(line.key, why=say("no whole value of {period}", period=unknown.id))
            shares = [shape[one] for one in before]
            if min(shares) < 0 or sum(shares) <= 0:
                return SplitLine(line.key, why=say("nothing in these periods last year"))
        unit = self._workspace.metrics[line.key.metric].unit
        return SplitLine(line.key, tuple(zip(left, split(rest, shares, unit), strict=True)))
