"""Everything about a period on one document, for a boss, finance and HR."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.provenance import Pack, WeakLine
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.analysis_parts import SCORED

if TYPE_CHECKING:
    from kpi_tui.book.analyses.moving_parts import MovingParts
    from kpi_tui.book.causes.drivers import DriverAnalysis
    from kpi_tui.book.chain.chains import Chains
    from kpi_tui.book.files.provenance import PageSources
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.book.pages import Pages
    from kpi_tui.book.scores import Scores
    from kpi_tui.definitions.answers.drivers import Drivers
    from kpi_tui.definitions.answers.score import Scorecard
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace

TREND = 12
"""Periods of a chart."""


class Packs:
    """Puts together what the other parts answer."""

    def __init__(
        self,
        workspace: Workspace,
        numbers: MetricNumbers,
        scores: Scores,
        chains: Chains,
        drivers: DriverAnalysis,
        parts: MovingParts,
        sources: PageSources,
        pages: Pages,
    ) -> None:
        self._workspace, self._numbers, self._scores = workspace, numbers, scores
        self._chains, self._drivers, self._parts = chains, drivers, parts
        self._sources, self._pages = sources, pages

    def of(self, period: Period, progress: Progress | None = None, pages: Sequence[str] | None = None) -> Pack:
        """Every role of the period, its scores over time and its weak line, chain, north star, what moved them, pages.

        `pages`: their ids; None: those that say `pack = true`. UsageError on an unknown one.
        """
        chosen = [one.id for one in self._workspace.pages.values() if one.pack] if pages is None else pages
        for page in chosen:
            self._pages.find(page)  # said before anything is computed
        space = self._workspace
        cards = self._scores.everyone("roles", period, progress=progress)
        wholes = [one for of in SCORED for one in self._scores.of_parts(of, period, progress=progress)]
        chain = self._chains.card(self._chains.find().id, period, progress=progress) if space.chains else None
        star = space.at(period).north_star
        star = star if star in space.metrics else ""
        histories = tuple(self._scores.score_history(card.role, period, TREND, progress=progress) for card in cards)
        return Pack(
            period,
            cards,
            chain,
            tuple(self._numbers.values([star], period, last=TREND, progress=progress)) if star else (),
            self._moved(star, period, progress) if star else None,
            histories,
            self._weak(cards, period, progress),
            self._sources.of(period),
            tuple(self._pages.of(page, period, progress=progress) for page in chosen),
            tuple(wholes),
        )

    def _weak(self, cards: Sequence[Scorecard], period: Period, progress: Progress | None) -> tuple[WeakLine, ...]:
        """The weak line of each post, once, with those who share it and what moved it."""
        owners: dict[str, list[str]] = {}
        for card in cards:
            if card.weakest:
                owners.setdefault(card.weakest, []).append(card.role)
        return tuple(self._weak_line(metric, tuple(whose), period, progress) for metric, whose in owners.items())

    def _weak_line(self, metric: str, owners: tuple[str, ...], period: Period, progress: Progress | None) -> WeakLine:
        try:
            return WeakLine(metric, owners, self._parts.of(metric, period, progress=progress))
        except UsageError as error:
            return WeakLine(metric, owners, None, str(error))

    def _moved(self, star: str, period: Period, progress: Progress | None) -> Drivers | None:
        try:
            return self._drivers.of(star, period, progress=progress)
        except UsageError:
            return None  # a metric read off a chain has no drivers of its own
