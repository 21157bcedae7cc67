"""Targets that could be set, each with what it would have meant in the periods before."""

from __future__ import annotations

from kpi_tui.definitions.answers.targets.target_proposal import Basis, LineProposal, PastScore, RoleProposal
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.causes.baseline import band_data
from kpi_tui.views.cells import AttainmentCell, Cell, NumberCell, Point, Series, SparkCell, text
from kpi_tui.views.names import metric_name
from kpi_tui.views.reasons import known
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Sheet, View, listed

_BASES = {
    Basis.LAST: N_("the period before"),
    Basis.YEAR: N_("the same period last year"),
    Basis.MEAN: N_("mean of the last periods"),
    Basis.MEDIAN: N_("median of the last periods"),
    Basis.BAND: N_("middle of what is usual"),
    Basis.BENCHMARK: N_("benchmark"),
    Basis.GROWTH: N_("the period before, raised"),
    Basis.PARENT: N_("target of the longer period, split"),
}


def proposals(found: RoleProposal, space: Workspace) -> View:
    """A row per line and basis; with the scores and the bonus that one basis would have given, where it is one."""
    sheets = [_lines(found, space)]
    if found.scores:
        sheets.append(_scores(found))
    return View(sheets=tuple(sheets), data=_data(found))


def _lines(found: RoleProposal, space: Workspace) -> Sheet:
    def number(one: LineProposal, value: float | None) -> NumberCell:
        metric = space.metrics.get(one.metric)
        return NumberCell(value, metric.unit if metric else "", blank=True)

    def trend(one: LineProposal) -> Cell:
        points = tuple(Point(past.period.id, past.actual) for past in one.past)
        return SparkCell(Series(points, number(one, None).unit))

    notes: list[Word] = [phrase("Nothing is set yet: --set takes the targets over.")]
    notes += [
        joined(joined(metric_name(space, one.metric), known(_BASES[one.basis]), between=" · "), one.why, between=": ")
        for one in found.lines
        if one.why
    ]
    return listed(
        found.lines,
        [
            (
                Column("metric", phrase("Metric"), flex=1),
                lambda one: text(metric_name(space, one.metric), "", one.metric),
            ),
            (Column("basis", phrase("Basis")), lambda one: text(known(_BASES[one.basis]), "muted", str(one.basis))),
            (Column("now", phrase("Now"), right=True, drop=3), lambda one: number(one, one.now)),
            (Column("value", phrase("Proposed"), right=True), lambda one: number(one, one.value)),
            (Column("met", phrase("Met"), right=True), lambda one: text(_met(one), "", one.met)),
            (Column("known", hidden=True), lambda one: NumberCell(one.known, "count")),
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


def _met(one: LineProposal) -> Word:
    """`7 of 12`: past periods in which the target would have been met, of those in which it is known."""
    if one.value is None:
        return ""
    if not one.known:
        return phrase("no past")
    return phrase("{met} of {known}", met=one.met, known=one.known)


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


def _share(one: PastScore) -> AttainmentCell:
    return AttainmentCell(one.score / one.possible if one.score is not None and one.possible else None)


# --- data --------------------------------------------------------------------------------------------
def _data(found: RoleProposal) -> Record:
    return {
        **record(found, "role", "period"),
        "lines": [_line_data(one) for one in found.lines],
        "scores": [record(one, "period", "score", "possible", "effect") for one in found.scores],
    }


def _line_data(one: LineProposal) -> Record:
    return {
        **record(one, "metric", "weight", "basis", "value", "why", "now", "floor", "stretch", "met", "known"),
        "range": band_data(one.range),
        "past": [record(past, "period", "actual", "attainment", "met") for past in one.past],
    }
