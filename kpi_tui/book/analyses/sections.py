"""Sections of pages that are analyses of their own, each asked of the part of the Book that knows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kpi_tui.book.analyses.campaigns import CampaignTables
from kpi_tui.book.analyses.comparisons import Comparisons
from kpi_tui.book.analyses.moves import MoveTables
from kpi_tui.definitions.answers.page import ComparisonsFound, Found, ScoresFound
from kpi_tui.definitions.library.analysis_parts import (
    CampaignsPart,
    CohortPart,
    ComparePart,
    FestivalPart,
    MovesPart,
    ProjectionPart,
    RulesPart,
    ScoresPart,
    TopPart,
)
from kpi_tui.definitions.library.page import FunnelPart

if TYPE_CHECKING:
    from kpi_tui.book.analyses.festivals import Festivals
    from kpi_tui.book.causes.cohorts import Cohorts
    from kpi_tui.book.causes.projections import Projections
    from kpi_tui.book.funnels import Funnels
    from kpi_tui.book.goods import Goods
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.book.scores import Scores
    from kpi_tui.definitions.answers.projection import Assumed
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.engine.numbers import Numbers

AnalysisPart = (
    FunnelPart
    | CohortPart
    | MovesPart
    | CampaignsPart
    | ComparePart
    | RulesPart
    | TopPart
    | ScoresPart
    | FestivalPart
    | ProjectionPart
)


class SectionAnalyses:
    """Answers the analyses of pages."""

    def __init__(
        self,
        numbers: MetricNumbers,
        cohorts: Cohorts,
        funnels: Funnels,
        goods: Goods,
        projections: Projections,
        scores: Scores,
        festivals: Festivals,
        engine: Numbers,
    ) -> None:
        self._cohorts = cohorts
        self._funnels = funnels
        self._goods = goods
        self._projections = projections
        self._scores = scores
        self._festivals = festivals
        self._comparisons = Comparisons(numbers)
        self._moves = MoveTables(numbers)
        self._campaigns = CampaignTables(numbers, engine)

    def of(
        self, part: AnalysisPart, period: Period, assumed: Mapping[str, Assumed], progress: Progress | None
    ) -> Found:
        """The answer of a section; UsageError or TableError says why there is none."""
        match part:
            case FunnelPart():
                if part.by:
                    return self._funnels.by(part.funnel, period, part.by, progress=progress)
                return self._funnels.of(part.funnel, period)
            case CohortPart():
                return self._cohorts.of(part, period, progress=progress)
            case MovesPart():
                return self._moves.of(part, period, progress=progress)
            case CampaignsPart():
                return self._campaigns.of(part.metrics, period, progress=progress)
            case ComparePart():
                return ComparisonsFound(self._comparisons.of(part.metrics, period, progress=progress))
            case RulesPart():
                return self._goods.listed(part, period)
            case TopPart():
                return self._goods.top(part.of, period, part.count or None)
            case ScoresPart():
                cards = self._scores.everyone(part.of, period, progress=progress)
                return ScoresFound(cards, self._scores.of_parts(part.of, period, progress=progress))
            case FestivalPart():
                return self._festivals.section(part, period, progress=progress)
            case ProjectionPart():
                return self._projections.of(part.of, period, assumed.get(part.of), progress=progress)
