"""The targets of a period: as a list for a command, and to edit, with what that does (R009, R016, R038)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kpi_tui.definitions.answers.score import Scorecard, ScoreLine
from kpi_tui.definitions.attainment_state import state_of
from kpi_tui.definitions.period import TO_DAY, Period
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.role import Role, role_and_value
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH, SCORE_DIGITS, difference
from kpi_tui.text.phrase import BothNames, Word, joined, phrase
from kpi_tui.views.cells import (
    AttainmentCell,
    Cell,
    ChangeCell,
    NumberCell,
    StateCell,
    TextCell,
    finite,
    of_value,
    text,
    without_sign,
)
from kpi_tui.views.edits.edited_cell import cell_key, cell_unit
from kpi_tui.views.edits.history import set_by
from kpi_tui.views.edits.own_reasons import told_reason
from kpi_tui.views.edits.unsaved import CHANGED, Pending, unsaved
from kpi_tui.views.metric_meaning import benchmark, unit_sign
from kpi_tui.views.names import metric_name, owner_name, target_name, target_unit
from kpi_tui.views.reasons import period_kind
from kpi_tui.views.record import Record, record
from kpi_tui.views.scores.score_sentences import points
from kpi_tui.views.targets.exported import exported, exported_column
from kpi_tui.views.view import Column, Row, Sentence, View, listed, sheet


def targets_list(period: str, cells: Mapping[TargetKey, Target], space: Workspace) -> View:
    """A line per target."""

    def value(key: TargetKey) -> NumberCell:
        return NumberCell(finite(cells[key].value), target_unit(space, key))

    def known_benchmark(key: TargetKey) -> TextCell:
        return text(agreed(cells[key], target_unit(space, key)), "muted", cells[key].benchmark)

    lines = listed(
        cells,
        [
            (Column("role", phrase("Role")), lambda key: text(key.role)),
            (Column("metric", phrase("Metric")), lambda key: text(key.metric)),
            (Column("name"), lambda key: text(target_name(space, key), "muted", metric_name(space, key.metric))),
            (Column("value", phrase("Target"), right=True), value),
            (Column("benchmark", phrase("Benchmark"), right=True), known_benchmark),
            (Column("by", phrase("By")), lambda key: text(cells[key].by, "muted")),
            (Column("at", phrase("When")), lambda key: text(cells[key].at, "muted")),
            (
                Column("why", phrase("Why")),
                lambda key: text(told_reason(cells[key].why, space), "muted", cells[key].why),
            ),
            (Column("late"), lambda key: text(phrase("late") if cells[key].late else "", "near", cells[key].late)),
            (Column("period", hidden=True, back=True), lambda _key: text(period)),
            (exported_column(), lambda key: exported({period: cells[key].value})),
        ],
        cell_key,
        notes=[] if cells else [phrase("No targets for {period}.", period=period)],
        name="targets",
    )
    return View(sheets=(lines,), data=[_data(key, target, period, space) for key, target in cells.items()])


def agreed(target: Target, unit: str) -> Word:
    """What the market does, with the source, as agreed beside a target (R016); empty where nothing was."""
    if target.benchmark is None:
        return ""
    source = f"[{target.benchmark_source}]" if target.benchmark_source else ""
    return joined(Quantity(target.benchmark, unit), source, between=" ")


def _data(key: TargetKey, target: Target, period: str, space: Workspace) -> Record:
    metric = space.metrics.get(key.metric)
    return {
        **record(key, "role", "metric"),
        "period": period,
        **record(target, "value"),
        "unit": metric.unit if metric else "",
        **record(target, "by", "at", "why", "late", "benchmark", "benchmark_source"),
    }


# --- to edit -------------------------------------------------------------------------------------------
TARGET = "target"
"""The column that is edited."""
_WAITING = TextCell("…", "muted")
_UNKNOWN = NumberCell(None, tone="muted")


@dataclass(frozen=True, slots=True)
class PeriodTargets:
    """A period's targets now, those of the period before, what is unsaved, and the cards with and without the edits.

    `locked`: the period is over, None while that is not known; `computing`: the cards are still to come.
    """

    period: Period
    targets: Mapping[TargetKey, Target]
    last: Mapping[TargetKey, Target]
    pending: Pending
    cards: Mapping[str, Scorecard] = field(default_factory=dict)
    saved: Mapping[str, Scorecard] = field(default_factory=dict)
    locked: bool | None = None
    computing: bool = False

    def line(self, key: TargetKey, saved: bool = False) -> ScoreLine | None:
        """The scored line of a cell, None until it is computed."""
        card = (self.saved if saved else self.cards).get(key.role)
        lines = card.lines if card else ()
        return next((line for line in lines if line.metric == key.metric and not line.for_orientation), None)


def targets_sheet(found: PeriodTargets, space: Workspace) -> View:
    """Every role that counts in the period as a section with its score, its lines below."""
    space = space.at(found.period)
    rows = [
        row
        for role in space.roles.values()
        for one in (role, *_values(found, role))
        for row in _role_rows(found, one, space)
    ]
    period = found.period.id
    return View(
        joined(phrase("Targets"), period),
        (Sentence(_when(found), key="when"),),
        (sheet(_columns(), rows, key="targets"),),
        data=[_data(key, target, period, space) for key, target in found.targets.items()],
        name=f"targets-{period}",
    )


def _columns() -> list[Column]:
    """Metric, actual and target never leave."""
    return [
        Column("state", width=1),
        Column("metric", phrase("Metric"), least=14, flex=1),
        Column("unit", phrase("Unit"), most=6, drop=6),
        Column("actual", phrase("Actual"), least=7, most=11, right=True),
        Column("last", phrase("Last target"), short=phrase("Last tgt"), least=6, most=11, right=True, drop=5),
        Column(TARGET, phrase("Target"), width=13, right=True),
        Column("attainment", phrase("Attained"), short=phrase("Att."), least=5, most=14, right=True, drop=4),
        Column("points", phrase("Points"), short=phrase("Pts"), least=5, most=6, right=True, drop=3),
        Column("effect", phrase("Effect"), least=7, most=8, right=True, drop=2),
        Column("role", hidden=True),
    ]


def _when(found: PeriodTargets) -> Word:
    """`‹ 2026-10 ›  month · over: changes need a reason   ✎ 3 unsaved (1 in other periods)`."""
    state: Word = ""
    if found.period.grain in TO_DAY:
        state = phrase("looked at only")
    elif found.locked is not None:
        state = phrase("over: changes need a reason") if found.locked else phrase("open")
    elsewhere = sum(when != found.period.id for when, _key in found.pending)
    there = phrase("({count} in other periods)", count=elsewhere) if elsewhere else ""
    open_ = joined(unsaved(len(found.pending)), there, between=" ")
    when = joined(f"‹ {found.period.id} ›", period_kind(found.period))
    return joined(joined(when, state, between=" · "), open_, between="   ")


def _values(found: PeriodTargets, role: Role) -> list[Role]:
    """The role for each value of its `per` that has a card or a target, in the order of the values."""
    owners = {*found.cards, *(key.role for key in found.targets)} if role.per else ()
    return [replace(role, id=one) for one in sorted(owners) if one != role.id and role_and_value(one)[0] == role.id]


def _role_rows(found: PeriodTargets, role: Role, space: Workspace) -> Iterator[Row]:
    yield Row(
        f"role {role.id}", heading=joined(BothNames(owner_name(space, role.id)), "──", _score(found, role), between=" ")
    )
    for line in role.lines:
        key = TargetKey(role.id, line.metric)
        yield Row(cell_key(key), tuple(_cells(found, key, space)))


def _score(found: PeriodTargets, role: Role) -> Word:
    """`86.40 → 88.00 / 100  ▲ 1.60`: the score before and after the unsaved edits."""
    card, saved = found.cards.get(role.id), found.saved.get(role.id)
    if card is None:
        return "…" if found.computing else DASH
    limit = Quantity(card.possible or 100, "weight")
    score = joined(points(card.score, card.possible), limit, between=" / ")
    if saved is None or saved.score is None or card.score is None or saved.score == card.score:
        return score
    before = points(saved.score, saved.possible)
    return joined(joined(before, score, between=" → "), difference(card.score - saved.score, SCORE_DIGITS))


def _cells(found: PeriodTargets, key: TargetKey, space: Workspace) -> list[Cell]:
    line, unit = found.line(key), cell_unit(space, key)
    target, last = found.targets.get(key), found.last.get(key)
    changed = (found.period.id, key) in found.pending
    value = target.value if target else None
    return [
        StateCell(state_of(line.attainment if line else None), ""),
        text(metric_name(space, key.metric), exact=key.metric),
        text(unit_sign(unit, space.currency), "muted", unit),
        without_sign(of_value(line.actual)) if line else _WAITING if found.computing else _UNKNOWN,
        without_sign(NumberCell(last.value if last else None, unit, "muted")),
        without_sign(NumberCell(value, unit, "changed", before=f"{CHANGED} "))
        if changed
        else without_sign(NumberCell(value, unit, "strong" if target else "muted")),
        AttainmentCell(finite(line.attainment) if line else None),
        NumberCell(finite(line.points), "score", below=line.weight) if line else NumberCell(None, "score"),
        _effect(line, found.line(key, saved=True)) if changed else TextCell(),
        text(key.role),
    ]


def _effect(line: ScoreLine | None, saved: ScoreLine | None) -> Cell:
    """What the unsaved edit does to the points of its line."""
    if line is None or saved is None or line.points is None or saved.points is None:
        return ChangeCell(None, "muted", points=True)
    return ChangeCell(line.points - saved.points, "changed", points=True)


def cell_sentence(key: TargetKey, target: Target | None, period: Period, space: Workspace) -> Word:
    """`Buy-back rate 回购率 · ann 2026-09-28 09:00 “agreed” · Benchmark ≥ 25.0 %`: who set it, what is known (R016)."""
    metric, unit = space.metrics.get(key.metric), cell_unit(space, key)
    none = phrase("looked at only") if period.grain in TO_DAY else phrase("no target yet: Enter sets one")
    said = [none if target is None else set_by(target, space)]
    marks = [agreed(target, unit)] if target is not None and target.benchmark is not None else []
    marks += [benchmark(mark, unit) for mark in (metric.benchmarks[:1] if metric else ())]
    said += [joined(phrase("Benchmark"), mark, between=" ") for mark in marks]
    return joined(BothNames(metric_name(space, key.metric)), *said, between=" · ")
