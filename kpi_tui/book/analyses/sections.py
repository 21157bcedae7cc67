"""Sections of pages that are analyses of their own, each asked of the part of the Book that knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_tui.book.analyses.campaigns import CampaignTables
from kpi_tui.book.analyses.moves import MoveTables
from kpi_tui.book.causes.cohorts import Cohorts
from kpi_tui.book.causes.projections import Projections
from kpi_tui.book.funnels import Funnels
from kpi_tui.book.goods import Goods
from kpi_tui.book.numbers import MetricNumbers
from kpi_tui.definitions.answers.page import Found
from kpi_tui.definitions.answers.projection import Assumed
from kpi_tui.definitions.library.analysis_parts import (
    CampaignsPart,
    CohortPart,
    MovesPart,
    ProjectionPart,
    RulesPart,
    TopPart,
)
from kpi_tui.definitions.library.page import FunnelPart, Page, Section
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    from kpi_tui.engine.numbers import Numbers

AnalysisPart = FunnelPart | CohortPart | MovesPart | CampaignsPart | RulesPart | TopPart | ProjectionPart


class SectionAnalyses:
    """Answers the analyses of pages."""

    def __init__(
        self,
        workspace: Workspace,
        numbers: MetricNumbers,
        cohorts: Cohorts,
        funnels: Funnels,
        goods: Goods,
        projections: Projections,
        engine: Numbers,
    ) -> None:
        self._workspace = workspace
        self._cohorts = cohorts
        self._funnels = funnels
        self._goods = goods
        self._projections = projections
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
            case RulesPart():
                return self._goods.listed(part, period)
            case TopPart():
                return self._goods.top(part.of, period, part.count or None)
            case ProjectionPart():
                return self._projections.of(part.of, period, assumed.get(part.of), progress=progress)

    def sections(self, page: Page) -> Iterator[Section]:
        """The sections of a page; one of funnels that names none stands for each of the workspace, steps first."""
        for section in page.sections:
            if not isinstance(section.part, FunnelPart) or section.part.funnel:
                yield section
                continue
            for funnel in sorted(self._workspace.funnels.values(), key=lambda one: not one.steps):
                name = funnel.name if funnel.name.en or funnel.name.zh else Text(funnel.id, funnel.id)
                by = section.part.by
                en, zh = section.title.get("en"), section.title.get("zh")
                title = Text(f"{name.get('en')} · {en}", f"{name.get('zh')} · {zh}") if by and en else name
                part = FunnelPart(funnel.id, by)
                yield replace(section, id=f"{funnel.id}_by" if by else funnel.id, title=title, part=part)
