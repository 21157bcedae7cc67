"""The targets of a period as rows: actual, last target, target, attainment, points, effect of the edits (R038)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kpi_tui.definitions.answers.score import Scorecard, ScoreLine
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.role import Role
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH, difference, number, unit_name
from kpi_tui.text.i18n import _, language
from kpi_tui.tui.board import UNKNOWN, actual, glyph, honest, percent, plain
from kpi_tui.tui.widgets.cells import Cell, Row
from kpi_tui.tui.widgets.columns import Column

TARGET = "target"
CHANGED = "✎"
WAITING = "…"
Pending = Mapping[tuple[str, TargetKey], tuple[float | None, float | None]]


@dataclass(frozen=True, slots=True)
class TargetView:
    """What the sheet draws: definitions, targets now and before, cards with and without the unsaved edits."""

    workspace: Workspace
    period: Period
    targets: Mapping[TargetKey, Target]
    last: Mapping[TargetKey, Target]
    pending: Pending
    cards: Mapping[str, Scorecard] = field(default_factory=dict)
    saved: Mapping[str, Scorecard] = field(default_factory=dict)
    computing: bool = False

    def line(self, key: TargetKey, saved: bool = False) -> ScoreLine | None:
        """The scored line of a cell, None until it is computed."""
        card = (self.saved if saved else self.cards).get(key.role)
        lines = card.lines if card else ()
        return next((line for line in lines if line.metric == key.metric and not line.north_star), None)

    def unit(self, metric: str) -> str:
        """The unit of a metric."""
        return self.workspace.metrics[metric].unit if metric in self.workspace.metrics else "count"


def row_key(key: TargetKey) -> str:
    """Row key of a cell."""
    return f"{key.role}/{key.metric}"


def cell_of(key: str) -> TargetKey | None:
    """The cell behind a row key; ids hold no slash."""
    role, _slash, metric = key.partition("/")
    return TargetKey(role, metric) if metric else None


def columns(room: int) -> list[Column]:
    """The sheet's columns; metric, actual and target never leave."""
    return [
        Column("glyph", width=1),
        Column("metric", _("Metric"), least=14 if room >= 60 else 10, flex=1),
        Column("unit", _("Unit"), most=6, drop=6),
        Column("actual", _("Actual"), least=7, most=11, right=True),
        Column("last", _("Last"), least=6, most=11, right=True, drop=5),
        Column(TARGET, _("Target"), width=13 if room >= 60 else 11, right=True),
        Column("attained", _("Att."), least=5, most=14, right=True, drop=4),
        Column("points", _("Pts"), least=5, most=6, right=True, drop=3),
        Column("effect", _("Effect"), least=7, most=8, right=True, drop=2),
    ]


def rows(view: TargetView) -> Iterator[Row]:
    """Every role as a section with its score, its lines below."""
    for role in view.workspace.roles.values():
        yield Row(f"role {role.id}", heading=_heading(view, role))
        for line in role.lines:
            yield _row(view, TargetKey(role.id, line.metric))


def _heading(view: TargetView, role: Role) -> str:
    """`Operations 运营岗 ── 86.4 → 88.0 / 100  ▲ 1.6`."""
    card, saved = view.cards.get(role.id), view.saved.get(role.id)
    name = f"{role.name.both(language())} ──"
    if card is None:
        return f"{name} {WAITING if view.computing else DASH}"
    limit = plain(card.possible) if card.possible else "100"
    score = DASH if card.score is None else honest(card.score, card.possible)
    if saved is None or saved.score is None or card.score is None or saved.score == card.score:
        return f"{name} {score} / {limit}"
    return f"{name} {honest(saved.score, saved.possible)} → {score} / {limit}  {difference(card.score - saved.score)}"


def _row(view: TargetView, key: TargetKey) -> Row:
    line, unit = view.line(key), view.unit(key.metric)
    metric = view.workspace.metrics.get(key.metric)
    target, last = view.targets.get(key), view.last.get(key)
    changed = (view.period.id, key) in view.pending
    shown = number(target.value if target else None, unit)
    return Row(
        row_key(key),
        (
            Cell(glyph(line) if line else UNKNOWN),
            Cell((metric.name if metric else Text(key.metric)).get(language())),
            Cell("%" if unit == "percent" else unit_name(unit, view.workspace.currency), "muted"),
            Cell(actual(line) if line else WAITING if view.computing else DASH, "" if line else "muted"),
            Cell(number(last.value if last else None, unit), "muted"),
            Cell(f"{CHANGED} {shown}", "changed") if changed else Cell(shown, "strong" if target else "muted"),
            Cell(percent(line.attainment) if line else DASH),
            Cell(honest(line.points, line.weight) if line and line.points is not None else DASH),
            _effect(line, view.line(key, saved=True)) if changed else Cell(),
        ),
    )


def _effect(line: ScoreLine | None, saved: ScoreLine | None) -> Cell:
    """What the unsaved edit does to the points of its line."""
    if line is None or saved is None or line.points is None or saved.points is None:
        return Cell(DASH, "muted")
    return Cell(difference(line.points - saved.points), "changed")
