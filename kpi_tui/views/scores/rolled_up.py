"""Teams over their members, roles over the values they are scored by: the whole, then its parts, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.score import RolledUp
from kpi_tui.definitions.attainment_state import state_of
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import Cell, ChangeCell, NumberCell, StateCell, TextCell, finite, text
from kpi_tui.views.doubts import doubts
from kpi_tui.views.names import owner_name
from kpi_tui.views.record import Record, record
from kpi_tui.views.scores.scorecard import change_doubts, is_partial, moved_cell, score_data
from kpi_tui.views.scores.scores_of_all import FULL, doubts_of_cards, out_of_less, scores_sheet, summary_row
from kpi_tui.views.view import OWNER, Column, Row, Sentence, Sheet, View


def rolled_up(whole: RolledUp, space: Workspace) -> View:
    """One whole and its parts."""
    table = with_wholes(scores_sheet((), space), [whole], space)
    title = joined(owner_name(space, whole.role), whole.period.said)
    return View(sheets=(replace(table, title=title),), data=whole_data(whole))


def whole_data(whole: RolledUp) -> Record:
    """The JSON of a whole: its score, then the scorecards of its parts, the best first."""
    found = record(whole, "role", "period", "score", "previous_score", "weights")
    return {**found, "parts": [score_data(card) for card in whole.cards]}


def with_wholes(table: Sheet, wholes: Sequence[RolledUp], space: Workspace) -> Sheet:
    """A sheet of scores with wholes below, their parts numbered."""
    if not wholes:
        return table
    plain = [replace(row, cells=(TextCell(), *row.cells)) for row in table.rows]
    rows = [*plain, *(row for whole in wholes for row in _rows(whole, space))]
    parts = [card for whole in wholes for card in whole.cards]
    said = doubts((line.actual for card in parts for line in card.lines), space) + change_doubts([], parts, space)
    left = [Sentence(word) for whole in wholes if (word := _left_out(whole, space))]
    notes = tuple(dict.fromkeys((*table.notes, *said, *left)))
    less = out_of_less(parts)
    columns = (replace(one, hidden=one.hidden and not (one.key == "possible" and less)) for one in table.columns)
    return replace(table, columns=(Column("rank", right=True), *columns), rows=tuple(rows), notes=notes)


def _rows(whole: RolledUp, space: Workspace) -> list[Row]:
    partial = any(is_partial(card) for card in whole.cards)
    head: tuple[Cell, ...] = (
        TextCell(),
        StateCell(state_of(None if whole.score is None else whole.score / FULL)),
        text(owner_name(space, whole.role), "strong", whole.role),
        NumberCell(finite(whole.score), "score", "strong", partial=partial),
        NumberCell(FULL if whole.score is not None else None, "weight", "muted", blank=True),
        ChangeCell(_moved(whole, partial), points=True, blank=True, after=_mark(whole)),
        *(TextCell(), TextCell(), TextCell()),
        text(_how(whole), "muted"),
        doubts_of_cards(whole.cards),
    )
    rows = [summary_row(card, space) for card in whole.cards]
    parts = (
        replace(row, key=f"{whole.role} {row.key}", cells=(_rank(place, whole), *row.cells))  # a member of two teams
        for place, row in enumerate(rows)
    )
    key = whole.role if whole.role in space.people else OWNER + whole.role  # a team has no card of its own
    return [Row(key, head, total=True), *parts]


def _how(whole: RolledUp) -> Word:
    """How the score of a whole comes of its parts'; that each counts per 100 is said where one is out of less."""
    if out_of_less(whole.cards):
        weighted = phrase("mean of its parts by weight, each per 100")
        return weighted if whole.weights else phrase("mean of its parts, each per 100")
    return phrase("mean of its parts by weight") if whole.weights else phrase("mean of its parts")


def _rank(place: int, whole: RolledUp) -> TextCell:
    card = whole.cards[place]
    return text(str(place + 1), "muted") if card.score is not None and card.possible else TextCell()


def _moved(whole: RolledUp, partial: bool) -> float | None:
    if partial or whole.score is None or whole.previous_score is None:
        return None
    return whole.score - whole.previous_score


def _mark(whole: RolledUp) -> str:
    """⚠ where the score of a part that counts is made of a doubtful number, now or before."""
    return next((mark for card in whole.cards if card.score and (mark := moved_cell(card).after)), "")


def _left_out(whole: RolledUp, space: Workspace) -> Word:
    """Which parts have no score, "" where all have one."""
    without = [owner_name(space, card.role) for card in whole.cards if card.score is None or not card.possible]
    if not without:
        return ""
    told = phrase(
        "without a score, left out of {whole}: {parts}",
        whole=owner_name(space, whole.role),
        parts=joined(*without, between=", "),
    )
    return joined("◌", told, between=" ")
