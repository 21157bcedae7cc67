"""How a sheet is laid out: where its header is, which column says whose number of what, which hold numbers of when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpi_tui.book.targets.period_headings import SaidPeriod, said_period, years_in
from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.message import Message, say
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.written.plain_word import plain

if TYPE_CHECKING:
    from kpi_tui.book.targets.cell_names import NameIndex
    from kpi_tui.tables.source.cell_grid import Grid

LOOKED = 30
EXPORTED = "exported"
"""The column in which our own exports say what the cells of a row were when they were written."""
_ROLE = frozenset("role roleid person owner post chain 角色 岗位 职位 岗位角色 人员 负责人 链".split())
_METRIC = frozenset("metric metrics kpi measure 指标 指标名称 考核指标".split())
_PERIOD = frozenset("period month week quarter date 周期 考核周期 期间 月份 年月 日期 时间".split())
_VALUE = frozenset("value target targets number actual actuals 目标 目标值 数值 值 实际 实际值".split())


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of a sheet by their place in its rows; `periods`: those that hold the numbers of a period.

    `role`, `when`, `value` and `exported` are -1 where there is no such column. `year`, of the
    calendar, is meant where none is said.
    """

    header: int
    metric: int
    role: int = -1
    when: int = -1
    value: int = -1
    exported: int = -1
    periods: Mapping[int, Period] = field(default_factory=dict)
    year: int = 0
    notes: tuple[Message, ...] = ()
    calendar: Calendar = ISO


def layout_of(grid: Grid, names: NameIndex, year: int, calendar: Calendar, *, is_year_said: bool) -> Layout | None:
    """The layout of a sheet of targets or typed numbers; None where it is none.

    `year` is the one for headings such as `10月`, unless a title names another and none was said by the person.
    """
    for at, row in enumerate(grid.rows[:LOOKED]):
        said = [plain(cell) if cell else "" for cell in row]
        titles = [year for above in grid.rows[:at] for cell in above if cell for year in years_in(cell)]
        meant = titles[0] if titles and not is_year_said else year
        found = {n: one for n, cell in enumerate(row) if cell and (one := said_period(cell, meant, calendar))}
        value = _first(said, _VALUE)
        metric = _metric_column(grid, at, said, names, found)
        if metric < 0 or not (found or value >= 0):
            continue
        periods = _periods(found)
        notes = _assumed(grid, found, meant, calendar) if not titles and not is_year_said else ()
        role, when = _first(said, _ROLE), _first(said, _PERIOD)
        value = -1 if periods and when < 0 else value
        return Layout(
            at, metric, role, when, value, _first(said, frozenset({EXPORTED})), periods, meant, notes, calendar
        )
    return None


def as_months(found: Sequence[SaidPeriod]) -> bool:
    """Whether whole dates mean months: a spreadsheet makes 2026-10-01 of `2026-10`."""
    days = [one.period.start for one in found if one.day]
    return bool(days) and all(day.day == 1 for day in days)


def meant_period(one: SaidPeriod, months: bool) -> Period:
    """The period, a whole date taken as its month where `months`."""
    return one.period.around(one.period.start, Grain.MONTH) if one.day and months else one.period


def _periods(found: Mapping[int, SaidPeriod]) -> dict[int, Period]:
    months = as_months(list(found.values()))
    return {column: meant_period(one, months) for column, one in found.items()}


def _assumed(grid: Grid, found: Mapping[int, SaidPeriod], year: int, calendar: Calendar) -> tuple[Message, ...]:
    first = next((column for column, one in found.items() if one.assumed), None)
    if first is None:
        return ()
    text = next(
        cell
        for row in grid.rows[:LOOKED]
        if len(row) > first and (cell := row[first]) and said_period(cell, year, calendar)
    )
    return (say("“{text}” and its like are of {year}", text=text, year=calendar.year_id(calendar.year_called(year))),)


def _first(said: Sequence[str], words: frozenset[str]) -> int:
    return next((n for n, word in enumerate(said) if word in words), -1)


def _metric_column(
    grid: Grid, header: int, said: Sequence[str], names: NameIndex, found: Mapping[int, SaidPeriod]
) -> int:
    """The column with that heading, else the one before the periods whose cells are known names most often."""
    if (named := _first(said, _METRIC)) >= 0:
        return named
    before = min(found, default=-1)
    counted = [
        sum(1 for row in grid.rows[header + 1 :] if column < len(row) and (cell := row[column]) and names.find(cell))
        for column in range(before)
    ]
    most = max(counted, default=0)
    return counted.index(most) if most else -1
