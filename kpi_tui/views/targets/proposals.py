"""Targets that could be set, each with what it would have meant in the periods before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from kpi_tui.definitions.answers.targets.target_proposal import (
    BasisScores,
    LineProposal,
    PastScore,
    RoleProposal,
)
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.text.terms import BASES
from kpi_tui.views.causes.baseline import band_data
from kpi_tui.views.cells import AttainmentCell, Cell, NumberCell, Point, Series, SparkCell, text
from kpi_tui.views.names import metric_name
from kpi_tui.views.reasons import known
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Sheet, View, listed


def proposals(found: RoleProposal, space: Workspace) -> View:
    """A row per line and basis; with the scores and the bonus that one basis would have given, where it is one."""
    sheets = [_lines(found, space)]
    if found.scores:
        sheets.append(_scores(found))
    elif any(one.scores for one in found.compared):
        sheets.append(_compared(found))
    return View(sheets=tuple(sheets), data=_data(found))


def not_set() -> Word:
    """What a command says of targets that it only shows."""
    return phrase("Nothing is set yet: --set takes the targets over.")


def of_roles(found: Sequence[RoleProposal], space: Workspace) -> View:
    """The same of several roles, one below the other."""
    views = [proposals(one, space) for one in found]
    return View(sheets=tuple(sheet for view in views for sheet in view.sheets), data=[view.data for view in views])


def _lines(found: RoleProposal, space: Workspace) -> Sheet:
    def number(one: LineProposal, value: float | None) -> NumberCell:
        metric = space.metrics.get(one.metric)
        return NumberCell(value, metric.unit if metric else "", blank=True)

    def trend(one: LineProposal) -> Cell:
        points = tuple(Point(past.period.id, past.actual) for past in one.past)
        return SparkCell(Series(points, number(one, None).unit))

    notes: list[Word] = [not_set()]
    notes += [
        joined(joined(metric_name(space, one.metric), known(BASES[one.basis]), between=" · "), one.why, between=": ")
        for one in found.lines
        if one.why
    ]
    notes += [
        joined(phrase("Odds"), why, between=": ") for why in dict.fromkeys(one.odds.why for one in found.lines) if why
    ]
    if any(one.odds.share is not None for one in found.lines):
        notes.append(what_odds_are())
    return listed(
        found.lines,
        [
            (
                Column("metric", phrase("Metric"), flex=1),
                lambda one: text(metric_name(space, one.metric), "", one.metric),
            ),
            (Column("basis", phrase("Basis")), lambda one: text(known(BASES[one.basis]), "muted", str(one.basis))),
            (Column("now", phrase("Now"), right=True, drop=3), lambda one: number(one, one.now)),
            (Column("value", phrase("Proposed"), right=True), lambda one: number(one, one.value)),
            (Column("met", phrase("Met"), right=True), lambda one: text(met(one), "", one.met)),
            (Column("known", hidden=True), lambda one: NumberCell(one.known, "count")),
            (Column("odds", phrase("Odds"), right=True), odds),
            (Column("low", phrase("From"), right=True, drop=1), lambda one: number(one, one.odds.low)),
            (Column("high", phrase("To"), right=True, drop=1), lambda one: number(one, one.odds.high)),
            (Column("floor", phrase("Floor"), right=True, drop=2), lambda one: number(one, one.floor)),
            (Column("stretch", phrase("Stretch"), right=True, drop=2), lambda one: number(one, one.stretch)),
            (Column("trend", phrase("Trend"), drop=4), trend),
            (Column("why", hidden=True), lambda one: text(one.why, "muted")),
        ],
        lambda one: f"{one.metric}/{one.basis}",
        joined(found.role, found.period.id),
        notes,
        "proposals",
    )


def met(one: LineProposal) -> Word:
    """`7 of 12`: past periods in which the target would have been met, of those in which it is known."""
    if one.value is None:
        return ""
    if not one.known:
        return phrase("no past")
    return phrase("{met} of {known}", met=one.met, known=one.known)


def odds(one: LineProposal) -> Cell:
    """How likely the period to come meets the proposal; a dash where that is not known, nothing without a proposal."""
    return NumberCell(one.odds.share, "percent", digits=0, blank=one.value is None)


def what_odds_are() -> Word:
    """What stands below the odds."""
    return phrase(
        "Odds: how likely the period to come meets it, by how the metric changed from one period to the next so far; "
        "8 of 10 such periods end from … to."
    )


def _scores(found: RoleProposal) -> Sheet:
    best = [one for one in found.scores if one.effect is not None and one.effect > 0]
    return listed(
        found.scores,
        [
            (Column("period", phrase("Period")), lambda one: text(one.period.id)),
            (Column("score", phrase("Score"), right=True), lambda one: NumberCell(one.score, "score", digits=1)),
            (Column("of", phrase("of"), right=True), lambda one: NumberCell(one.possible, "weight")),
            (Column("share", phrase("Reached"), right=True), _share),
            (Column("bonus", phrase("Bonus"), right=True), lambda one: NumberCell(one.effect, "effect", signed=True)),
        ],
        lambda one: one.period.id,
        phrase("With these targets the past would have given"),
        [
            phrase(
                "A raise of the bonus in {count} of {all} known periods; periods with a line unknown are left out.",
                count=len(best),
                all=len(found.scores),
            )
        ],
        "scores",
    )


def _compared(found: RoleProposal) -> Sheet:
    return listed(
        [one for one in found.compared if one.scores],
        [
            (Column("basis", phrase("Basis")), lambda one: text(known(BASES[one.basis]), "", str(one.basis))),
            (Column("low", phrase("Lowest"), right=True), lambda one: _score(one, min)),
            (Column("mid", phrase("Median"), right=True), lambda one: _score(one, median)),
            (Column("high", phrase("Highest"), right=True), lambda one: _score(one, max)),
            (Column("raised", phrase("Bonus raised"), right=True), lambda one: text(_raised(one), "", one.raised)),
        ],
        lambda one: str(one.basis),
        phrase("Scores that each basis would have given"),
        name="compared",
    )


def _score(one: BasisScores, of: Callable[[list[float]], float]) -> NumberCell:
    return NumberCell(of(_known(one)), "score", digits=1)


def _known(one: BasisScores) -> list[float]:
    return [past.score for past in one.scores if past.score is not None] or [0.0]


def _raised(one: BasisScores) -> Word:
    return phrase("{met} of {known}", met=one.raised, known=len(one.scores))


def basis_sentence(one: BasisScores) -> Word:
    """What the last periods would have given, were all lines of the role set by this basis."""
    if not one.scores:
        return phrase("All lines by this basis: no past period has them all.")
    low, mid, high = (Quantity(of(_known(one)), "score", digits=1) for of in (min, median, max))
    return phrase(
        "All by this basis: score {low} … {high}, median {mid}; bonus raised in {raised}.",
        low=low,
        high=high,
        mid=mid,
        raised=_raised(one),
    )


def _share(one: PastScore) -> AttainmentCell:
    return AttainmentCell(one.score / one.possible if one.score is not None and one.possible else None)


# --- data --------------------------------------------------------------------------------------------
def _data(found: RoleProposal) -> Record:
    return {
        **record(found, "role", "period"),
        "lines": [_line_data(one) for one in found.lines],
        "scores": _scores_data(found.scores),
        "compared": [{**record(one, "basis", "raised"), "scores": _scores_data(one.scores)} for one in found.compared],
    }


def _scores_data(found: Sequence[PastScore]) -> list[Record]:
    return [record(one, "period", "score", "possible", "effect") for one in found]


def _line_data(one: LineProposal) -> Record:
    return {
        **record(one, "metric", "weight", "basis", "value", "why", "now", "floor", "stretch", "met", "known"),
        "range": band_data(one.range),
        "odds": record(one.odds, "known", "met", "share", "least", "most", "low", "high", "why"),
        "past": [record(past, "period", "actual", "attainment", "met") for past in one.past],
    }
