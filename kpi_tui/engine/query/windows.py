"""Which days feed a measure at a period: by its window, the same for the SQL, the explanation and the coverage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from kpi_tui.definitions.library.metric import EVERY_DAY, Measure, Window
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Setting
from kpi_tui.sql.parameters import bind

TO_DATE = (Window.TO_DATE, Window.AS_OF_END, Window.BEFORE_PERIOD)
"""Windows that begin with the data."""


def shift_of(measure: Measure) -> str:
    """Which earlier period the measure is read at: "", "previous" or "last_year"."""
    if measure.window in (Window.PREVIOUS_PERIOD, Window.BEFORE_PERIOD):
        return "previous"
    return "last_year" if measure.window is Window.SAME_PERIOD_LAST_YEAR else ""


def anchor_of(measure: Measure, period: Period) -> Period:
    """The period whose days feed the measure at `period`."""
    shift = shift_of(measure)
    return period.previous() if shift == "previous" else period.a_year_earlier() if shift else period


def relation_of(measure: Measure, settings: Mapping[str, Setting], per_period: bool) -> str:
    """The window relation (`relations.window_…`) a measure's rows are joined to; "own" for a fact per period."""
    if per_period:
        return "own"
    if measure.window is Window.ALL:
        return ""
    if measure.window in TO_DATE:
        return "to_date"
    if measure.window is Window.TRAILING:
        return f"trailing:{days(measure.days, settings)}"
    return "period"


def window_days(measure: Measure, period: Period, settings: Mapping[str, Setting]) -> tuple[date | None, date | None]:
    """First and last day that feed the measure at `period`; first None = from the beginning."""
    anchor = anchor_of(measure, period)
    if measure.window is Window.ALL:
        return None, None
    if measure.window in TO_DATE:
        return None, anchor.last_day
    if measure.window is Window.TRAILING:
        return trailing_start(anchor.end, days(measure.days, settings)), anchor.last_day
    return anchor.start, anchor.last_day


def trailing_start(end: date, length: int) -> date:
    """The first of the `length` days before `end`, which is exclusive."""
    return end - timedelta(days=length)


def looked_back_to(period: Period, reach: str, settings: Mapping[str, Setting]) -> date:
    """The first of the days before a period that a `looks_back` of a fact names: days, or periods, itself the first."""
    if reach == EVERY_DAY:
        return date.min
    if days_before(reach):
        return period.start - timedelta(days=days_before(reach))
    count = int(reach if reach.isdigit() else settings[reach])
    return period.start - timedelta(days=count) if reach.endswith("_days") else period.previous(count - 1).start


def days_before(reach: str) -> int:
    """The days of a `looks_back` that is written in days: 2 of `2d`; 0 of any other."""
    return int(reach[:-1]) if reach.endswith("d") and reach[:-1].isdigit() else 0


def days(text: str, settings: Mapping[str, Setting]) -> int:
    """A number of days, or the setting `:name` that holds it."""
    return int(bind(text, settings)) if text else 0
