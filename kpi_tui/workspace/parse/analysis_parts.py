"""Sections of pages that are analyses of their own, read from pages/*.toml (definitions/library/analysis_parts.py)."""

from __future__ import annotations

from kpi_tui.definitions.library.analysis_parts import (
    COHORT_FORMS,
    DATES,
    PROJECTIONS,
    SCORED,
    TOP_FORMS,
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
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import GRAINS, Grain
from kpi_tui.definitions.text import Text
from kpi_tui.workspace.toml.fields import Fields


def cohort(fields: Fields) -> CohortPart:
    """Cohorts by registration, or of a metric by the period people came in; `metric` and `by` go together."""
    metric, by = fields.string("metric"), fields.string("by")
    if bool(metric) != bool(by):
        message = say("a cohort by metric needs both metric and by")
        fields.problem("", message, say("write `by`, the dimension that says when people came"), "missing-key")
    return CohortPart(
        grain=Grain(fields.choice("grain", GRAINS, Grain.WEEK)),
        days=whole(fields, "days", 7),
        metric=metric,
        by=by,
        last=whole(fields, "last", 12),
        form=fields.choice("form", COHORT_FORMS, COHORT_FORMS[0]),
    )


def moves(fields: Fields) -> MovesPart:
    """A count of people by where they are and where they were."""
    metric, by, before = (fields.string(key, required=True) for key in ("metric", "by", "before"))
    return MovesPart(metric, by, before, named(fields, "names"))


def scores(fields: Fields) -> ScoresPart:
    """Whose scores stand beside each other."""
    return ScoresPart(fields.choice("of", SCORED, SCORED[0]))


def festival(fields: Fields) -> FestivalPart:
    """Days of a festival beside last year's, or the dates of all."""
    of = fields.string("of")
    return FestivalPart(of, fields.strings("metrics", required=of != DATES))


def campaigns(fields: Fields) -> CampaignsPart:
    """Campaigns of the period with metrics of their participants."""
    return CampaignsPart(fields.strings("metrics", required=True))


def compare(fields: Fields) -> ComparePart:
    """Metrics beside the period before and last year."""
    return ComparePart(fields.strings("metrics", required=True))


def projection(fields: Fields) -> ProjectionPart:
    """Churn or the spread, projected."""
    return ProjectionPart(fields.choice("of", PROJECTIONS, PROJECTIONS[1]))


LEVELS = ("product", "class", "sku")
TOPS = ("units", "profit")


def rules(fields: Fields) -> RulesPart:
    """Association rules; a support and a confidence are shares."""
    return RulesPart(
        level=fields.choice("level", LEVELS, LEVELS[0]),
        support=_share(fields, "support", 0.01),
        confidence=_share(fields, "confidence", 0.2),
        longest=whole(fields, "longest", 2),
        most=whole(fields, "most", 20),
    )


def top(fields: Fields) -> TopPart:
    """The hot list, the profit list, or what pulls what."""
    count = whole(fields, "count", 20) if "count" in fields.data else 0
    of, form = fields.choice("of", TOPS, TOPS[0]), fields.choice("form", TOP_FORMS, TOP_FORMS[0])
    return TopPart(of, count, form, whole(fields, "most", 20))


def _share(fields: Fields, key: str, default: float) -> float:
    number = fields.number(key, default)
    if not 0 <= number <= 1:
        fields.problem(key, say("{key!r} must be a share from 0 to 1", key=key), say("write 0.01 for 1 %"))
    return number


def named(fields: Fields, key: str) -> dict[str, Text]:
    """A table of texts under keys of the writer's own."""
    inner = fields.table(key)
    found = {} if inner is None else {name: inner.text(name) for name in inner.data}
    fields.join(inner)
    return found


def whole(fields: Fields, key: str, default: int) -> int:
    """A whole number from 1 on."""
    number = fields.number(key, default)
    if number < 1 or number != int(number):
        fields.problem(key, say("{key!r} must be a whole number from 1 on", key=key), say("write 7 for the last seven"))
    return int(number)
