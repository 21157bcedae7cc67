"""The festivals inside a period, by their short names: what stands below a chart over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, is_empty, joined
from kpi_tui.views.cells import Series

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


def with_festivals(series: Series, periods: Iterable[Period], space: Workspace) -> Series:
    """The series, its points marked with the festivals of their periods."""
    pairs = zip(series.points, periods, strict=True)
    return replace(series, points=tuple(replace(point, mark=festival_mark(one, space)) for point, one in pairs))


def festivals_of(periods: Iterable[Period], space: Workspace) -> Word:
    """`2026-06 618 · 2026-10 National Day`: where a trend has no room for marks; "" for none."""
    found = ((one.id, mark) for one in periods if not is_empty(mark := festival_mark(one, space)))
    return joined(*(joined(id_, mark, between=" ") for id_, mark in found), between=" · ")
