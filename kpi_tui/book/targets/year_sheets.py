"""The year sheet: the targets of a long period and of its parts, beside what was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kpi_tui.definitions.answers.targets.year_sheet import Adding, YearActuals, YearCell, YearLine, YearSheet
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.role import owner_of, role_and_value
from kpi_tui.definitions.target import Target, TargetKey

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.book.scores import Scores
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.period import Grain, Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.workspace.edits.period_edits import PeriodEdits


class YearSheets:
    """Lays targets of a period's parts side by side, unsaved edits included."""

    def __init__(
        self,
        workspace: Workspace,
        numbers: MetricNumbers,
        scores: Scores,
        targets: PeriodEdits,
        as_of: Callable[[], date],
    ) -> None:
        self._workspace, self._numbers, self._scores = workspace, numbers, scores
        self._targets, self._as_of = targets, as_of

    def actuals(
        self, period: Period, grain: Grain, roles: Sequence[str] = (), *, progress: Progress | None = None
    ) -> YearActuals:
        """What was in the whole and in its parts so far, of the lines of these roles (none: all).

        A role with `per` has its lines once more for each value that rows or targets of the year know.
        """
        parts = _parts(period, grain)
        owners = {owner for key in self._keys(parts, roles) for owner in self._values_of(key.role, period, progress)}
        keys = self._keys(parts, roles, owners)
        rows, whole = {}, {}
        for where, some in self._by_rows(keys, period).items():
            metrics = list(dict.fromkeys(key.metric for key in some))
            of = self._numbers.values(metrics, parts[-1], last=len(parts), where=where, progress=progress)
            so_far = self._numbers.values(metrics, period, where=where, progress=progress)
            for key in some:
                rows[key] = tuple(value for value in of if value.metric == key.metric)
                whole[key] = next(value for value in so_far if value.metric == key.metric)
        adding = {key: self._adding(key.metric, rows[key], whole[key]) for key in rows}
        return YearActuals(period, grain, rows, whole, adding, frozenset(self._over(parts)))

    def _values_of(self, role: str, period: Period, progress: Progress | None) -> list[str]:
        whole, value = role_and_value(role)
        named = [] if value is not None else self._scores.parts(whole, period, progress) if self._per(whole) else []
        return [owner_of(whole, one) for one in named]

    def _per(self, role: str) -> str:
        found = self._workspace.roles.get(role)
        return found.per if found else ""

    def _by_rows(self, keys: Sequence[TargetKey], period: Period) -> dict[str | None, list[TargetKey]]:
        """The keys by the condition on the rows that they count; those that cannot be cut so are left out."""
        found: dict[str | None, list[TargetKey]] = {}
        for key in keys:
            role, value = role_and_value(key.role)
            if value is None or self._scores.is_cut(key.metric, self._per(role)):
                found.setdefault(self._scores.rows_of(key.role, period) or None, []).append(key)
        return found

    def sheet(
        self, period: Period, grain: Grain, roles: Sequence[str] = (), known: YearActuals | None = None
    ) -> YearSheet:
        """The targets as they stand now beside the actuals that are `known`; fast, no polars."""
        parts = _parts(period, grain)
        held = {one: _Held(self._targets.of(one), self._targets.saved(one)) for one in (period, *parts)}
        owners = {key.role for key in known.parts} if known else set()
        owners |= {key.role for one in held.values() for key in one.now if role_and_value(key.role)[1] is not None}
        lines = tuple(_line(key, period, parts, held, known) for key in self._keys(parts, roles, owners))
        return YearSheet(period, grain, lines, known is not None, len(self._targets.pending()))

    def _adding(self, metric: str, parts: Sequence[Value], whole: Value | None) -> Adding:
        from kpi_tui.scoring.year_plan import adding_of, sums_so_far

        found = self._workspace.metrics[metric]
        adding = adding_of(found, adds_up=self._numbers.adds_up(found))
        return Adding.SUM if adding is Adding.NONE and sums_so_far(parts, whole) else adding

    def _keys(self, parts: Sequence[Period], roles: Sequence[str], owners: Iterable[str] = ()) -> list[TargetKey]:
        """The lines of the roles (a person stands for the roles held) in any of the parts, as the last one has them.

        `owners`: values of roles among others; those of the roles that are meant follow their role.
        """
        wanted = dict.fromkeys(one for role in roles for one in self._roles(role, parts[-1]))
        found: dict[str, dict[str, None]] = {role: {} for role in wanted or self._workspace.at(parts[-1]).roles}
        for part in reversed(parts):
            for role in self._workspace.at(part).roles.values():
                held = dict.fromkeys(line.metric for line in role.lines if line.metric in self._workspace.metrics)
                for owner in [role.id] if not wanted else [one for one in found if role_and_value(one)[0] == role.id]:
                    found.setdefault(owner, {}).update(held)
        values: dict[str, list[str]] = {}
        for owner in sorted(owners):
            whole, value = role_and_value(owner)
            if value is not None and owner not in found and self._per(whole):
                values.setdefault(whole, []).append(owner)
        return [
            TargetKey(owner, metric)
            for role, metrics in found.items()
            for owner in (role, *values.get(role, ()))
            for metric in metrics
        ]

    def _roles(self, role: str, period: Period) -> tuple[str, ...]:
        space = self._workspace.at(period)
        self._scores.post(role, period)  # UsageError for one that is not there
        return space.people[role].roles if role in space.people else (role,)

    def _over(self, parts: Sequence[Period]) -> Iterator[Period]:
        try:
            day = self._as_of()
        except TableError:
            return
        yield from (part for part in parts if part.last_day <= day)


def _parts(period: Period, grain: Grain) -> list[Period]:
    parts = list(period.split(grain)) if not period.grain.is_span and period.holds(grain) else []
    if len(parts) < 2:
        raise UsageError(say("{period} has no {grain}s to lay side by side", period=period.id, grain=grain.word))
    return parts


class _Held(NamedTuple):
    """The targets of a period now and as saved, read once for all lines."""

    now: Mapping[TargetKey, Target]
    saved: Mapping[TargetKey, Target]


def _line(
    key: TargetKey, period: Period, parts: Sequence[Period], held: Mapping[Period, _Held], known: YearActuals | None
) -> YearLine:
    from kpi_tui.scoring.year_plan import done_of, due_of, needed_of, total_of

    values = {value.period: value for value in known.parts.get(key, ())} if known else {}
    over = known.over if known else frozenset()
    cells = tuple(_cell(key, part, held[part], values.get(part), part in over) for part in parts)
    adding = known.adding.get(key, Adding.NONE) if known else Adding.NONE
    so_far = known.whole.get(key) if known else None
    whole = _cell(key, period, held[period], so_far, parts[-1] in over)
    total = total_of(adding, [cell.target for cell in cells])
    if known is None or key not in known.parts:
        return YearLine(key, adding, whole, cells, total)
    aims = [cell.target for cell in cells if cell.is_over]
    done = done_of(adding, [values[part] for part in parts if part in over], so_far, whole.target, aims)
    left = sum(part not in over for part in parts)
    needed = needed_of(adding, whole.target, done.value, left)
    due = due_of(adding, whole.target, aims, left)
    return YearLine(key, adding, whole, cells, total, done.value, done.why, needed, due, done.rests_on)


def _cell(key: TargetKey, period: Period, held: _Held, value: Value | None, is_over: bool) -> YearCell:
    now, saved = held.now.get(key), held.saved.get(key)
    actual = value.value if value is not None else None
    return YearCell(period, now.value if now else None, saved.value if saved else None, actual, is_over)
