"""The numbers a chain is judged by, asked from the engine in as few questions as possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.chain_card import PlatformWeek, Verdict
from kpi_tui.definitions.answers.chain_facts import SERIES, ChainFacts
from kpi_tui.definitions.answers.chain_inputs import Count, Counts
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.chain import Chain, TargetRule
from kpi_tui.definitions.library.chain_periods import MONTHS, periods_needed, weeks_before, weeks_of
from kpi_tui.engine.measure_metrics import metric_for
from kpi_tui.engine.query.cut import Cut

if TYPE_CHECKING:
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.numbers import Numbers

WEEKS = 4  # a platform is stable when its last four weeks are (R082)
VISITORS, VISITS, MARKET, SATURATION = (
    "platform_visitor_count",  # returning ones too: new visitors go to nothing exactly at the ceiling
    "platform_visit_count",
    "market_size_max",
    "platform_saturation",
)
EARNED, INVESTED = "cum_profit_sum", "invested_sum"
WANTED, DUE, SINCE = "payback_target", "payback_due_on", "first_invested_on"


Cells = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Context:
    """The base numbers of the links, and the facts the diagnosis wants beside them."""

    counts: Counts
    facts: ChainFacts


def gather(
    workspace: Workspace,
    numbers: Numbers,
    chain: Chain,
    month: Period,
    today: date | None,
    progress: Progress | None,
) -> Context:
    """Everything a card needs. A chain without a growth link is only read, not diagnosed."""
    counts = counts_of(workspace, numbers, periods_needed(chain, month, today), progress)
    if today is None or not any(link.rule is TargetRule.GROWTH for link in chain.links):
        return Context(counts, ChainFacts())
    facts = ChainFacts(
        series=_series(workspace, numbers, month),
        platforms=_platforms(workspace, numbers, month, today),
        verdicts=_verdicts(workspace, numbers, month, today),
        units={name: workspace.metrics[name].unit for name in SERIES if name in workspace.metrics},
    )
    return Context(counts, facts)


def counts_of(
    workspace: Workspace, numbers: Numbers, wanted: Mapping[str, Sequence[Period]], progress: Progress | None
) -> Counts:
    """Base numbers by name and period id, in one question; a shop without tables has none, its numbers are typed."""
    try:
        numbers.as_of()
    except TableError as error:
        none = Count(None, reason=Reason.NO_TABLE, detail=str(error))
        return {(name, period.id): none for name, periods in wanted.items() for period in periods}
    periods = list(dict.fromkeys(period for some in wanted.values() for period in some))
    names = {metric_for(workspace, name): name for name in wanted}
    values = numbers.values(list(names), periods, Cut(), progress)
    return {(names[value.metric], value.period.id): _count(value) for value in values}


def _count(value: Value) -> Count:
    return Count(
        value.value,
        partial=value.partial,
        reason=value.reason,
        detail=value.detail,
        left_out=value.left_out,
        notes=value.notes,
        until=value.until,
    )


def _series(workspace: Workspace, numbers: Numbers, month: Period) -> dict[str, tuple[float | None, ...]]:
    """Month values of the figures the warnings compare, oldest first; an unfinished month has none."""
    names = [name for name in SERIES if name in workspace.metrics]
    months = [month.previous(back) for back in range(MONTHS, -1, -1)]
    found: dict[str, list[float | None]] = {name: [] for name in names}
    for value in numbers.values(names, months, Cut()):
        found[value.metric].append(None if value.partial else value.value)
    return {name: tuple(row) for name, row in found.items()}


def _platforms(workspace: Workspace, numbers: Numbers, month: Period, today: date | None) -> tuple[PlatformWeek, ...]:
    """The last four weeks per platform (R083); none where no platform has a market size."""
    names = [name for name in (VISITORS, VISITS, MARKET) if name in workspace.measures]
    if len(names) < 3 or SATURATION not in workspace.metrics or not workspace.tables.keys() & {"platform_market"}:
        return ()
    weeks = [*weeks_before(month, WEEKS), *weeks_of(month)]
    weeks = [week for week in weeks if today is None or week.last_day <= today][-WEEKS:]
    asked = [*(metric_for(workspace, name) for name in names), SATURATION]
    fields = dict(zip(asked, ("visitors", "visits", "market_size", "saturation"), strict=True))
    found: dict[tuple[str, str], dict[str, Value]] = {}
    for value in numbers.values(asked, weeks, Cut("channel_id")):
        if value.segment is not None:
            found.setdefault((value.segment, value.period.id), {})[fields[value.metric]] = value
    rows = [_platform(platform, week, behind) for (platform, week), behind in found.items()]
    return tuple(row for row in sorted(rows, key=lambda row: (row.platform, row.week)) if row.market_size)


def _platform(platform: str, week: str, behind: Mapping[str, Value]) -> PlatformWeek:
    known = {name: value.value for name, value in behind.items()}
    visitors, visits = known.get("visitors"), known.get("visits")
    return PlatformWeek(platform, week, visitors, visits, known.get("market_size"), known.get("saturation"), behind)


def _verdicts(workspace: Workspace, numbers: Numbers, month: Period, today: date) -> tuple[Verdict, ...]:
    """ROI of every project at its payback date, as far as the data of this month go (R084)."""
    names = (EARNED, INVESTED, DUE, WANTED, SINCE)
    if not set(names) <= set(workspace.measures) or not workspace.tables.keys() & {"investments"}:
        return ()
    found: dict[str, dict[Period, Cells]] = {}
    asked = [metric_for(workspace, name) for name in names]
    for value in numbers.values(asked, [month.previous(), month], Cut("project_id")):
        if value.segment is not None:
            cells = found.setdefault(value.segment, {}).setdefault(value.period, {})
            cells[value.metric.lstrip("=")] = value.value
    return tuple(
        _verdict(project, cells[month], cells.get(month.previous(), {}), month, today)
        for project, cells in sorted(found.items())
        if cells.get(month, {}).get(INVESTED)
    )


def _verdict(project: str, cells: Cells, before: Cells, month: Period, today: date) -> Verdict:
    """reached or missed once the date has come, else a projection at the pace so far; `before`: of the month before."""
    target, due, since = cells.get(WANTED), _day(cells.get(DUE)), _day(cells.get(SINCE))
    roi, now = _return(cells), min(month.last_day, today)
    if roi is None or target is None or due is None:
        return Verdict(project, roi, target, due.isoformat() if due else "", "unknown")
    if due <= now:
        return Verdict(project, roi, target, due.isoformat(), "reached" if roi >= target - 1e-9 else "missed")
    last, paced, day = month.previous().last_day, _return(before), now
    if now < month.last_day and since is not None and since <= last and paced is not None:
        day = last
    else:
        paced = roi
    passed, whole = ((day - since).days + 1, (due - since).days + 1) if since else (0, 0)
    projected = paced * whole / passed if passed > 0 else None
    told = day.isoformat() if day != now and projected is not None else ""
    return Verdict(project, roi, target, due.isoformat(), "projection", projected, told)


def _return(cells: Cells) -> float | None:
    """Profits so far per money put in."""
    earned, invested = cells.get(EARNED), cells.get(INVESTED)
    return earned / invested if earned is not None and invested else None


def _day(number: float | None) -> date | None:
    """A day written as days since 1970-01-01."""
    return None if number is None else date.fromordinal(date(1970, 1, 1).toordinal() + round(number))
