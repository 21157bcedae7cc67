"""Proposed targets of one role or several, to be looked through under a cursor and taken one by one or all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from kpi_tui.definitions.answers.targets.target_proposal import LineProposal, RoleProposal
from kpi_tui.definitions.message import listed
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.text.terms import BASES
from kpi_tui.views.cells import Cell, NumberCell, Point, Series, SparkCell, TextCell, text
from kpi_tui.views.edits.edited_cell import cell_key, cell_unit
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.reasons import known
from kpi_tui.views.targets.proposals import basis_sentence, met, odds
from kpi_tui.views.view import Column, Row, Sheet

TAKEN = "✓"


def row_key(key: TargetKey, one: LineProposal) -> str:
    """Key of the row of a proposal."""
    return f"{cell_key(key)}/{one.basis}"


def proposal_rows(found: Sequence[RoleProposal], taken: Collection[str], space: Workspace) -> Sheet:
    """A heading a line with its target of now, below it a row a basis; `taken`: keys of the rows that were."""
    columns = (
        Column("taken", width=1),
        Column("basis", phrase("Basis"), least=22, flex=1),
        Column("value", phrase("Target"), least=7, most=13, right=True),
        Column("met", phrase("Met"), least=7, most=10, right=True),
        Column("odds", phrase("Odds"), least=5, most=8, right=True),
        Column("floor", phrase("Floor"), least=7, most=13, right=True, drop=1),
        Column("stretch", phrase("Stretch"), least=7, most=13, right=True, drop=1),
        Column("trend", phrase("Attained"), least=12, most=12, drop=2),
        Column("why", least=12, most=60, drop=3),
    )
    rows = tuple(row for one in found for row in _role(one, taken, space))
    periods = {one.period.id: None for one in found}
    whose = owner_name(space, found[0].role) if len(found) == 1 else phrase("all {count} roles", count=len(found))
    title = phrase("Proposed targets of {period}", period=listed(periods))
    return Sheet(columns, rows, joined(title, whose, between=" · "), key="proposals")


def _role(found: RoleProposal, taken: Collection[str], space: Workspace) -> Iterator[Row]:
    metric = ""
    for one in found.lines:
        key = TargetKey(found.role, one.metric)
        if one.metric != metric:
            metric = one.metric
            unit = cell_unit(space, key)
            now = phrase("now {target}", target=Quantity(one.now, unit))
            name = joined(metric_name(space, metric), owner_name(space, found.role), between=" · ")
            yield Row(f"line {cell_key(key)}", heading=joined("──", joined(name, now, between="   "), between=" "))
        yield Row(row_key(key, one), tuple(_cells(key, one, taken, space)))


def _cells(key: TargetKey, one: LineProposal, taken: Collection[str], space: Workspace) -> Iterator[Cell]:
    unit, none = cell_unit(space, key), one.value is None
    yield text(TAKEN if row_key(key, one) in taken else "", "changed")
    yield text(known(BASES[one.basis]), "muted" if none else "", str(one.basis))
    yield TextCell("—", "muted") if none else NumberCell(one.value, unit, "strong")
    yield text(met(one), "" if one.known else "muted")
    yield odds(one)
    yield NumberCell(one.floor, unit, "muted", blank=True)
    yield NumberCell(one.stretch, unit, "muted", blank=True)
    points = tuple(Point(past.period.id, past.attainment) for past in one.past)
    yield SparkCell(Series(points, "attainment"))
    yield text(one.why, "muted")


def proposal_sentences(found: RoleProposal, one: LineProposal, space: Workspace) -> list[Word]:
    """What the proposal under the cursor would mean: for the line, for the period to come, for the whole role."""
    unit = cell_unit(space, TargetKey(found.role, one.metric))
    if one.value is None:
        return [joined(known(BASES[one.basis]), one.why, between=": ")]
    parts: list[Word] = [phrase("target {target}", target=Quantity(one.value, unit))]
    if one.floor is not None and one.stretch is not None:
        parts.insert(0, phrase("floor {floor}", floor=Quantity(one.floor, unit)))
        parts.append(phrase("stretch {stretch}", stretch=Quantity(one.stretch, unit)))
    if one.why:
        parts.append(one.why)
    past = phrase("no past to test it on")
    if one.known:
        past = phrase("would have been met in {past} periods", past=met(one))
    compared = next((scored for scored in found.compared if scored.basis is one.basis), None)
    told: list[Word] = [joined(*parts, between=" · "), past, _odds(one, unit)]
    return [*told, *([basis_sentence(compared)] if compared else [])]


def _odds(one: LineProposal, unit: str) -> Word:
    """Of the period to come; or why they are not known."""
    found = one.odds
    if found.share is None:
        return found.why
    return phrase(
        "odds {share} ({least} … {most}); 8 of 10 times it ends in {low} … {high}",
        **{name: Quantity(getattr(found, name), "percent", digits=0) for name in ("share", "least", "most")},
        low=Quantity(found.low, unit),
        high=Quantity(found.high, unit),
    )
