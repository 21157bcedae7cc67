"""Chains: their cards, the roll-over of their targets, and the numbers that are typed by hand (R039–R072)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kpi_tui.book.chain.cells import chain_key, count_cells, link_of
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.chain import GROWTH, Chain, TargetRule
from kpi_tui.definitions.library.chain_periods import month_of
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Grain, Period

if TYPE_CHECKING:
    from kpi_tui.book.chain.material import ChainMaterial
    from kpi_tui.definitions.answers.baseline import Pace
    from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard, Roll
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.target import Target, TargetKey
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.numbers import Numbers
    from kpi_tui.workspace.edits.period_edits import PeriodEdits


class Towards(Protocol):
    """How far a base measure (else a metric) has come to a target: `Paces.towards`."""

    def __call__(self, measure: str, period: Period, target: float, *, progress: Progress | None = None) -> Pace:
        """Its pace in a period that runs."""


class Chains:
    """Reads chains, agrees their targets, takes typed numbers."""

    def __init__(
        self,
        workspace: Workspace,
        engine: Numbers,
        material: ChainMaterial,
        targets: PeriodEdits,
        actuals: PeriodEdits,
        towards: Towards,
    ) -> None:
        self._workspace = workspace
        self._engine = engine
        self._material = material
        self._targets = targets
        self._actuals = actuals
        self._towards = towards

    def find(self, chain: str = "") -> Chain:
        """A chain by id; without one `site`, else the first. UsageError names the known ones."""
        return self._material.find(chain)

    def card(self, chain: str, period: Period, *, progress: Progress | None = None) -> ChainCard:
        """A chain in a month, pending edits included; another period is read as the month it ends in."""
        from kpi_tui.analysis.chain.diagnosis import diagnose
        from kpi_tui.book.chain.context import gather
        from kpi_tui.scoring.chain_score import score_month

        definition, month, today = self.find(chain), month_of(period), self._material.today()
        context = gather(self._workspace, self._engine, definition, month, today, progress)
        material = self._material.with_counts(definition, month, context.counts)
        card = score_month(material, month, today)
        past = tuple(score_month(material, month.previous(back), today) for back in (2, 1))
        found = diagnose(material, card, past, context.facts, today)
        links = tuple(replace(link, pace=self._pace(link, today, progress)) for link in found.links)
        return replace(found, links=links)

    def _pace(self, link: LinkCard, today: date | None, progress: Progress | None) -> Pace | None:
        """Of a count that runs, towards a target that will not move with it: a scaled one grows until it is agreed."""
        cell = next((cell for cell in link.weeks if cell.is_running(today)), None)
        stands = link.link.rule is TargetRule.GROWTH or (link.link.is_scaled and cell is not None and cell.agreed)
        if cell is None or cell.target is None or cell.by_hand or not stands:
            return None
        counted = link.link.numerator or link.link.absolute
        found = self._towards(counted, cell.period, cell.target, progress=progress)
        return found if found.low is not None else None

    # --- targets ----------------------------------------------------------------------------
    def roll(self, chain: str, period: Period) -> list[Roll]:
        """What the rules propose next, beside what is agreed now; nothing is written.

        A week: the next week's targets. A month: its next open week; when all its weeks are over, the growth
        baseline, the first week and the visitor targets of the next month (R043–R062).
        """
        from kpi_tui.scoring.roll_proposal import proposal

        definition, month = self.find(chain), month_of(period)
        week = period if period.grain is Grain.WEEK else None
        return proposal(self._material.read(definition, month), month, week, self._material.today())

    def take_roll(self, chain: str, rolls: Iterable[Roll], why: str = "") -> int:
        """Pending edits that agree to a proposal; how many cells changed. `save` writes, `undo` takes back."""
        cells: dict[str, dict[TargetKey, float | None]] = {}
        for roll in rolls:
            cells.setdefault(roll.period, {})[chain_key(self.find(chain).id, roll.key)] = roll.new
        return self._targets.set_all(cells, why or f"rolled over: {chain}")

    def set_target(self, chain: str, link: str, period: Period, value: float | None, why: str = "") -> None:
        """Agree the target of a link in a week (a count for the growth link, else a rate)."""
        definition = self.find(chain)
        self._targets.set(chain_key(definition.id, link_of(definition, link).id), period, value, why)

    def set_points(self, chain: str, link: str, month: Period, points: float | None, why: str = "") -> None:
        """Change the points of a link from the chain's own for one month (R070)."""
        definition = self.find(chain)
        if points is not None and points < 0:
            raise UsageError(say("points cannot be negative"))
        self._targets.set(chain_key(definition.id, f"points.{link_of(definition, link).id}"), month, points, why)

    def reset_growth(self, chain: str, month: Period, growth: float | None, why: str) -> None:
        """Set the growth baseline of a month by hand; it needs a note (R061). None: back to the chain's own."""
        if not why.strip():
            raise UsageError(say("a reset of the growth baseline needs a note (why)"))
        if growth is not None and not 0 <= growth < 10:
            raise UsageError(say("a growth baseline is a share a week, such as 3%"))
        self._targets.set(chain_key(self.find(chain).id, GROWTH), month, growth, why)

    # --- numbers typed by hand --------------------------------------------------------------
    def enter(
        self, chain: str, link: str, period: Period, value: float | None, base: float | None = None, why: str = ""
    ) -> None:
        """Type the count of a link in a week (in its own period for G and H), and what it is divided by.

        The numbers belong to their measures: the inquiries of C are also what D divides by. They count where the
        tables have no number. UsageError for a link without counts, or a number below 0.
        """
        cells = count_cells(link_of(self.find(chain), link), value, base)
        self._actuals.set_all({period.id: cells}, why)

    def enter_all(self, rows: Mapping[str, Mapping[TargetKey, float | None]], why: str = "") -> int:
        """Many typed numbers as one step: period id -> cells (of `read_sheet`); how many changed."""
        return self._actuals.set_all(rows, why)

    def read_sheet(self, chain: str, path: Path) -> dict[str, dict[TargetKey, float | None]]:
        """A CSV sheet with the columns week, link, numerator, denominator; UsageError names every bad row."""
        from kpi_tui.workspace.edits.actual_sheet import read_rows

        definition = self.find(chain)
        found: dict[str, dict[TargetKey, float | None]] = {}
        for row in read_rows(path, definition, self._workspace.calendar):
            cells = count_cells(link_of(definition, row.link), row.numerator, row.denominator)
            found.setdefault(row.period, {}).update(cells)
        return found

    def is_sheet(self, path: Path) -> bool:
        """Whether a file is such a sheet."""
        from kpi_tui.workspace.edits.actual_sheet import is_chain_sheet

        return is_chain_sheet(path)

    def typed(self, period: Period) -> Mapping[str, Target]:
        """Measure -> the number typed for a period, unsaved ones included."""
        return {key.metric: target for key, target in self._actuals.of(period).items()}
