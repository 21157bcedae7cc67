"""Whose rows a person wants to see."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.period import Period


@dataclass(frozen=True, slots=True)
class RowsWanted:
    """Those that a metric, or a base measure, counted in a period; `where`: of them, the condition of a segment.

    `table`: instead, those of its files that did not arrive; a period means nothing to them.
    """

    metric: str
    period: Period
    where: str = ""
    table: str = ""
