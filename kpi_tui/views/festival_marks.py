"""The festivals inside a period, by their short names: what stands below a chart over time."""

from __future__ import annotations

from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined

MARKED = (Grain.DAY, Grain.WEEK, Grain.MONTH)
"""A quarter or a year has too many of them."""


def festival_mark(period: Period, space: Workspace) -> Word:
    """Those whose own day lies in it, in the order of their days; "" for none."""
    if period.grain not in MARKED:
        return ""
    years = {period.start.year, period.last_day.year}
    days = ((one.day_in(year), one) for one in space.festivals.values() for year in years)
    found = sorted(
        ((day, one) for day, one in days if day and period.start <= day < period.end), key=lambda pair: pair[0]
    )
    return joined(*dict.fromkeys(one.short for _, one in found), between="/") if found else ""
