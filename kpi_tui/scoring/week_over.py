"""Whether a week is over, so that the next one's targets can follow from it (R043–R050)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kpi_tui.definitions.answers.chain_card import WeekCell
from kpi_tui.definitions.answers.chain_inputs import ChainInputs
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.chain import Link, TargetRule
from kpi_tui.definitions.message import say, says
from kpi_tui.definitions.period import Grain, Period


def is_running(inputs: ChainInputs, link: Link, period: Period, as_of: date | None) -> bool:
    """Whether the data end inside the period, for a link or one that it follows from."""
    if as_of is None or period.last_day <= as_of:
        return False
    before = inputs.chain.link(link.after) if link.after else None
    own = (inputs.count(name, period.id) for name in (link.numerator or link.absolute, link.denominator))
    return any(count.partial for count in own) or (before is not None and is_running(inputs, before, period, as_of))


def refuse_open(week: Period, cells: Mapping[Link, WeekCell], as_of: date | None) -> None:
    """UsageError for a week that is not over and whose whole numbers nobody typed: how far it is, and when to roll."""
    if as_of is None or week.last_day <= as_of or _is_typed(cells):
        return
    this = week.around(as_of, Grain.WEEK)
    over = this if this.last_day <= as_of else this.previous()
    if week.start > as_of:
        raise UsageError(
            say(
                "{week} has not begun: the data end on {day}; it can be rolled over once {last} has data,"
                " and {over} is the last week that is over",
                week=week.id, day=as_of, last=week.last_day, over=over.id,
            )
        )  # fmt: skip
    raise UsageError(
        says(
            "{week} is not over: {count} of its {days} days is known, up to {day}; it can be rolled over once {last}"
            " has data, and {over} is the last week that is over",
            "{week} is not over: {count} of its {days} days are known, up to {day}; it can be rolled over once {last}"
            " has data, and {over} is the last week that is over",
            (as_of - week.start).days + 1,
            week=week.id, days=week.days, day=as_of, last=week.last_day, over=over.id,
        )
    )  # fmt: skip


def _is_typed(cells: Mapping[Link, WeekCell]) -> bool:
    """Whether its growth link (else any) has its whole number, and no link only a part."""
    growing = [cell for link, cell in cells.items() if link.rule is TargetRule.GROWTH] or list(cells.values())
    return any(cell.actual is not None for cell in growing) and not any(cell.partial for cell in cells.values())
