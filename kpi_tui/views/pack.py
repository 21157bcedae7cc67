"""The pack: one document for a boss, finance and HR, made of the views that screens and commands show too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.provenance import Pack, Provenance
from kpi_tui.definitions.answers.score import Bonus, Scorecard
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.attainment_state import state_of
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH
from kpi_tui.text.marks_behind_numbers import CHANGED_LATE, PARTIAL
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.causes.drivers import drivers
from kpi_tui.views.causes.pace import paces_of_posts
from kpi_tui.views.causes.weak_lines import weak_lines
from kpi_tui.views.cells import BarCell, Cell, NumberCell, StateCell, TextCell, finite, series, text
from kpi_tui.views.chain.card import chain_view
from kpi_tui.views.charts import LineChart
from kpi_tui.views.doubts import data_up_to
from kpi_tui.views.edits.definitions import late_sentences
from kpi_tui.views.named_ids import part_name
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.page.page import page
from kpi_tui.views.reasons import without_number
from kpi_tui.views.scores.rolled_up import rolled_up
from kpi_tui.views.scores.score_sentences import advice
from kpi_tui.views.scores.scorecard import is_partial, moved_cell, scorecard
from kpi_tui.views.scores.scores_over_time import scores_over_time
from kpi_tui.views.view import Column, Row, Sentence, View, sheet


def pack_title(period: Period, space: Workspace) -> Word:
    """`Camellia Market  Scorecards 2026-10`."""
    return joined(space.name, phrase("Scorecards {period}", period=period.said))


def pack_views(pack: Pack, space: Workspace) -> list[View]:
    """The parts of the document in their order."""
    parts = [summary(pack.cards, space, pack.sources), *posts(pack.cards, space)]
    parts += [rolled_up(whole, space) for whole in pack.wholes]
    parts += [paces_of_posts(pack.cards, space)] if any(card.paces for card in pack.cards) else []
    parts += [weak_lines(pack.weak, space)] if pack.weak else []
    parts += [scores_over_time(pack.histories, space)] if pack.histories else []
    if pack.chain is not None:
        parts.append(replace(chain_view(pack.chain, space), title=phrase("Chain")))
    if pack.star:
        parts.append(north_star(pack.star, space))
    if pack.drivers is not None:
        parts.append(replace(drivers(pack.drivers, space), title=phrase("What moved the north star")))
    return [*parts, *(page(one, space) for one in pack.pages), left_out(pack.sources, space)]


def summary(cards: Sequence[Scorecard], space: Workspace, found: Provenance) -> View:
    """Everybody's score in a row, the weak line of each in a sentence, and whether the period is over."""
    columns = [
        Column("state", width=1),
        Column("role", phrase("Role"), flex=1),
        Column("score", phrase("Score"), right=True),
        Column("possible", phrase("of"), right=True),
        Column("bar", width=9, csv=False),
        Column("change", phrase("Change"), right=True),
        Column("effect", phrase("Bonus"), right=True),
    ]
    paid = any(card.bonus.base is not None for card in cards)
    if paid:
        money = joined(phrase("Bonus in money"), space.currency, between=" ")
        columns.append(Column("money", money, right=True))
    rows = [_row(card, space, paid) for card in cards]
    said = [_weak(card, space) for card in cards]
    said += [one for card in cards if card.late for one in _late(card, space)]
    ends = data_up_to([found.as_of.isoformat()] if found.as_of else [])
    open_ = phrase("{mark} The period is not over yet{ends}; these are interim numbers.", mark=PARTIAL, ends=ends)
    state = [] if found.over or found.period is None else [Sentence(open_, "near", "partial")]
    return View(phrase("At a glance"), tuple(state), (sheet(columns, rows, notes=said, key="summary"),))


def _row(card: Scorecard, space: Workspace, paid: bool) -> Row:
    share = card.score / card.possible if card.score is not None and card.possible else None
    state = StateCell(state_of(share))
    mark = (PARTIAL if is_partial(card) else "") + (CHANGED_LATE if card.late else "")
    return Row(
        card.role,
        (
            state,
            TextCell(owner_name(space, card.role), exact=card.role),
            NumberCell(finite(card.score), "score", below=card.possible, after=mark),
            NumberCell(card.possible, "weight", "muted"),
            BarCell(share, state.colour),
            replace(moved_cell(card, "muted", 2), blank=False),
            NumberCell(card.bonus.effect, "effect", signed=True),
            *((_money(card.bonus),) if paid else ()),
        ),
    )


def _money(found: Bonus) -> Cell:
    """Blank where nobody says the base; why there is none where it is not known."""
    if found.base is None:
        return TextCell()
    if found.money is None:
        return text(joined(DASH, found.why, between=" "), "muted", "")
    return NumberCell(found.money, "currency", signed=True, digits=2)


def _weak(card: Scorecard, space: Workspace) -> Sentence:
    said = advice(card, space)
    return Sentence(joined(owner_name(space, card.role), ": ", said.word, between=""), said.tone)


def _late(card: Scorecard, space: Workspace) -> Iterator[Sentence]:
    """What was changed after the period was over and counts in this score (R009)."""
    for said in late_sentences(card.late, space):
        whose = joined(owner_name(space, card.role), said, between=": ")
        yield Sentence(joined(CHANGED_LATE, whose, between=" "), "near", "late")


def posts(cards: Iterable[Scorecard], space: Workspace) -> list[View]:
    """The scorecard of every post."""
    return [scorecard(card, space) for card in cards]


def north_star(values: Sequence[Value], space: Workspace) -> View:
    """The north star's value and its last periods as a chart; `values` oldest first."""
    last = values[-1]
    name = metric_name(space, last.metric)
    said = Quantity(last.value, last.unit) if last.value is not None else without_number(last, space=space)
    mark = PARTIAL if last.partial else ""
    sentence = Sentence(joined(name, last.period.said, said, mark), "strong", "value")
    return View(phrase("North star"), (sentence,), charts=(LineChart(name, series(values)),))


def left_out(found: Provenance, space: Workspace) -> View:
    """What was read from each table and what counts nowhere, as far as it is known."""
    columns = [
        Column("table", phrase("Table"), flex=1),
        Column("read", phrase("Rows read"), right=True),
        Column("rejected", phrase("Not readable"), right=True),
        Column("filtered", phrase("Excluded by the workspace"), right=True),
    ]
    rows: list[list[Cell]] = [
        [
            TextCell(part_name(table.table, space.schemas), exact=table.table),
            NumberCell(table.rows_read),
            NumberCell(table.rejected, tone="near" if table.rejected else "muted"),
            NumberCell(table.filtered, tone="muted"),
        ]
        for table in found.left_out
    ]
    unknown = phrase("cannot be read")
    rows += [
        [text(part_name(name, space.schemas), "", name), *(text(unknown, "weak") for _column in columns[1:])]
        for name in found.unreadable
    ]
    return View(phrase("What was left out of the data"), sheets=(sheet(columns, rows, key="left_out"),))


def pack_data(cards: Sequence[Scorecard], views: Sequence[View], found: Provenance) -> dict[str, object]:
    """The JSON of a pack: the data of its parts, and where they come from."""
    from kpi_tui.views.scores.scorecard import score_data

    return {
        "workspace": {"en": found.workspace.en, "zh": found.workspace.zh},
        "period": found.period.id if found.period else None,
        "as_of": found.as_of.isoformat() if found.as_of else None,
        "over": found.over,
        "scorecards": [score_data(card) for card in cards],
        "parts": [view.data for view in views if view.data is not None],
        "agreed": {"by": list(found.agreed.by), "at": found.agreed.at},
        "left_out": [
            {"table": one.table, "rows_read": one.rows_read, "rejected": one.rejected, "filtered": one.filtered}
            for one in found.left_out
        ],
        "unreadable": list(found.unreadable),
        "digests": {
            "data": found.digests.data,
            "definitions": found.digests.definitions,
            "targets": found.digests.targets,
        },
    }
