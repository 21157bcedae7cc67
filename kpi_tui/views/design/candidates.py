"""Step 2: metrics to choose from, each with value, trend, users, complexity, ease (R013, R022, R028)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from kpi_tui.definitions.answers.design.state import DesignState
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import Metric
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import BothNames, Word, joined, phrase, phrases
from kpi_tui.views.cells import Cell, SparkCell, TextCell, of_value, series, text
from kpi_tui.views.design.plan import ON
from kpi_tui.views.library.metric_list import live_mark, shelves
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.reasons import term
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Columns, Row, Sentence, View, listed

TREND = 6
COMPLEXITIES = {"simple": N_("simple"), "complex": N_("complex")}
EASES = {"easy": N_("easy"), "manual": N_("by hand"), "hard": N_("hard")}


class Shown(StrEnum):
    """Which metrics of the library are listed."""

    LIVE = "live"
    CHOSEN = "chosen"
    ALL = "all"


SHOWN = {Shown.LIVE: N_("live"), Shown.CHOSEN: N_("chosen and in use"), Shown.ALL: N_("all")}


def candidates(space: Workspace, state: DesignState, shown: Shown = Shown.ALL) -> View:
    """The library by its modules; `✓` is chosen for the posts to come."""
    metrics, used = listed_metrics(space, state, shown), _users(space)
    found = listed(metrics, _columns(space, state, used), lambda one: one.id, name="library")
    rows: list[Row] = []
    for shelf in shelves(space):
        own = [row for row, metric in zip(found.rows, metrics, strict=True) if metric.category == shelf.id]
        rows += [Row(f"heading {shelf.id}", heading=shelf.name), *own] if own else []
    said = Sentence(counts(space, state), key="counts")
    data = [_data(one, space, state, used) for one in metrics]
    return View(phrase("Library"), (said,), (replace(found, rows=tuple(rows)),), data=data, name="design-library")


def listed_metrics(space: Workspace, state: DesignState, shown: Shown) -> list[Metric]:
    """Those of the modules that are on, in the order of the shelves."""
    used = _users(space)

    def wanted(id_: str) -> bool:
        if shown is Shown.LIVE:
            return state.facts.is_live(id_) is not False
        return shown is Shown.ALL or id_ in space.candidates or id_ in used

    order = [shelf.id for shelf in shelves(space)]
    kept = [one for one in space.metrics.values() if one.category in order and wanted(one.id)]
    return sorted(kept, key=lambda one: order.index(one.category))


def counts(space: Workspace, state: DesignState) -> Word:
    """`4 chosen · 16 in use · 42 of 285 live`."""
    live = sum(not lack for lack in state.facts.lacks.values())
    chosen = phrases("{count} chosen", "{count} chosen", len(space.candidates))
    used = phrases("{count} in use", "{count} in use", len(_users(space)))
    known = phrase("{live} of {all} live", live=live, all=len(state.facts.lacks)) if state.facts.lacks else ""
    return joined(chosen, used, known, between=" · ")


def metric_said(metric: Metric, space: Workspace, state: DesignState) -> tuple[Sentence, ...]:
    """What it counts; what speaks against it on a scorecard, and what is missing (R022, R027, R028)."""
    warned: list[Word] = []
    if metric.complexity == "complex":
        warned.append(phrase("! complex: good for analysis, not for appraisal"))
    if metric.data_ease != "easy":
        warned.append(phrase("○ its data is {ease} to get", ease=term(EASES, metric.data_ease)))
    if lack := state.facts.lacks.get(metric.id, ""):
        warned.append(phrase("○ not live: it wants {lack}", lack=lack))
    shown = BothNames(metric_name(space, metric.id))
    return (Sentence(joined(shown, metric.definition, between=": ")), *(Sentence(one, "near") for one in warned))


def _users(space: Workspace) -> Mapping[str, list[str]]:
    """Metric -> the roles whose scorecards hold it."""
    found: dict[str, list[str]] = {}
    for role in space.roles.values():
        for line in role.lines:
            found.setdefault(line.metric, []).append(role.id)
    return found


def _columns(space: Workspace, state: DesignState, used: Mapping[str, Sequence[str]]) -> Columns[Metric]:
    def chosen(one: Metric) -> Cell:
        here = one.id in space.candidates
        return text(ON if here else "", "changed", here)

    def value(one: Metric) -> Cell:
        row = state.facts.values.get(one.id)
        return of_value(row[-1]) if row else TextCell("…" if state.facts.is_live(one.id) else "", "muted", None)

    def trend(one: Metric) -> Cell:
        return SparkCell(series(_recent(state, one), one.unit))

    def users(one: Metric) -> Cell:
        names = joined(*(owner_name(space, role) for role in used.get(one.id, ())), between=", ")
        return text(names, "muted", ", ".join(used.get(one.id, ())))

    def complexity(one: Metric) -> Cell:
        return text(term(COMPLEXITIES, one.complexity), "near" if one.complexity == "complex" else "muted")

    def ease(one: Metric) -> Cell:
        return text(term(EASES, one.data_ease), "muted" if one.data_ease == "easy" else "near", one.data_ease)

    def lacks(one: Metric) -> Cell:
        return text(state.facts.lacks.get(one.id, ""), "muted")

    return [
        (Column("chosen", width=1), chosen),
        (Column("live", width=1, csv=False), lambda one: live_mark(state.facts.is_live(one.id))),
        (Column("id", hidden=True), lambda one: text(one.id)),
        (Column("name", phrase("Metric"), flex=1, least=18), lambda one: text(metric_name(space, one.id))),
        (Column("value", phrase("Value"), most=13, right=True), value),
        (Column("trend", phrase("Trend"), most=TREND, drop=3, csv=False), trend),
        (Column("roles", phrase("Used by"), most=22, drop=2), users),
        (Column("complexity", phrase("Formula"), drop=4), complexity),
        (Column("ease", phrase("Data"), drop=1), ease),
        (Column("lacks", phrase("Lacks"), most=30, drop=5), lacks),
    ]


def _recent(state: DesignState, one: Metric) -> tuple[Value, ...]:
    return state.facts.values.get(one.id, ())[-TREND:]


def _data(one: Metric, space: Workspace, state: DesignState, used: Mapping[str, Sequence[str]]) -> Record:
    row = state.facts.values.get(one.id)
    return {
        **record(one, "metric=id", "name", "category", "aarrr", "dimension", "kind", "complexity", "data_ease"),
        "chosen": one.id in space.candidates,
        "roles": list(used.get(one.id, ())),
        "live": state.facts.is_live(one.id),
        "lacks": state.facts.lacks.get(one.id, ""),
        "value": row[-1].value if row else None,
        "period": state.facts.period.id,
    }
