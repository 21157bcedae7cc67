"""Sections of a page that are analyses of their own: cohorts, and what joins them (see page.py for the others)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.text import Text

COHORT_FORMS = ("triangle", "curve")
PROJECTIONS = ("churn", "viral")
TOP_FORMS = ("list", "pulls")
SCORED = ("roles", "people")
DATES = "dates"
FESTIVAL_OF_PERIOD = ""
"""The festival with most days in the period, else the last one before."""


@dataclass(frozen=True, slots=True)
class CohortPart:
    """Who came together and how many of them stay (R129), as a triangle, or all cohorts together as a curve.

    Without `metric`: users registered in each part of the period (`grain`), and who is active `days` days after.
    With it: a metric that counts people by the dimension `by`, whose values are the ids of periods (2026-10); the
    `last` of those periods, and every one of them in each that followed.
    """

    grain: Grain = Grain.WEEK
    days: int = 7
    metric: str = ""
    by: str = ""
    last: int = 12
    form: str = COHORT_FORMS[0]


@dataclass(frozen=True, slots=True)
class MovesPart:
    """Who went from where to where: a count of people by a dimension and by the one that holds it a period before.

    `names`: segment -> what it is called; they stand in this order, others after them.
    """

    metric: str
    by: str
    before: str
    names: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RulesPart:
    """What is bought together (R157): rules from a support and a confidence on, highest lift first, `most` of them."""

    level: str = "product"
    support: float = 0.01
    confidence: float = 0.2
    longest: int = 2
    most: int = 20


@dataclass(frozen=True, slots=True)
class TopPart:
    """The products with most units or profit (R156), or `most` pairs by which hot ones pull profitable ones."""

    of: str = "units"
    count: int = 0  # 0: the setting top_n
    form: str = TOP_FORMS[0]
    most: int = 20


@dataclass(frozen=True, slots=True)
class CampaignsPart:
    """Every campaign of the period over its own days: participants, and metrics of them against as many days before."""

    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparePart:
    """Metrics beside those of the period before and of the same period last year."""

    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectionPart:
    """What churn would leave, or invitations would win, if nothing changed (R132, R141, R142)."""

    of: str = PROJECTIONS[1]


@dataclass(frozen=True, slots=True)
class FestivalPart:
    """Metrics on the days of a festival beside those of last year.

    `of`: a festival, FESTIVAL_OF_PERIOD, `weekday` (the days of the period beside the same weekdays of last year), or
    DATES: when all festivals are, without metrics.
    """

    of: str = ""
    metrics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoresPart:
    """The scores of all roles, or of all people, beside each other (R033, R037); `of`: one of SCORED."""

    of: str = SCORED[0]
