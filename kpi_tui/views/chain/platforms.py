"""The platforms of a chain, week by week, with what was decided about them (R082, R083)."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.definitions.answers.chain_card import ChainCard, PlatformWeek
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.marks_behind_numbers import DOUBT
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import Cell, NumberCell, of_value, text
from kpi_tui.views.doubts import doubts
from kpi_tui.views.view import Column, Sentence, Sheet, sheet


def platforms(card: ChainCard, space: Workspace) -> list[Sheet]:
    """The table; none where no platform has a market size."""
    if not card.platforms:
        return []
    columns = [
        Column("platform", phrase("Platform")),
        Column("week", phrase("Week")),
        Column("visitors", phrase("Visitors"), right=True),
        Column("visits", phrase("Visits"), right=True),
        Column("market_size", phrase("Market"), right=True),
        Column("saturation", phrase("Won"), right=True),
        Column("holding", phrase("Holding measures"), drop=1),
        Column("breakthrough", phrase("Break-through"), drop=1),
        Column("decision", phrase("Decision"), drop=1),
    ]
    texts = {platform.id: platform for platform in card.chain.platforms}
    rows: list[list[Cell]] = []
    for row in card.platforms:
        said = texts.get(row.platform)
        numbers = (_number(row, name) for name in ("visitors", "visits", "market_size", "saturation"))
        plans = (said.holding, said.breakthroughs, said.decision) if said else ("", "", "")
        rows.append([text(row.platform), text(row.week), *numbers, *(text(plan) for plan in plans)])
    return [replace(sheet(columns, rows, notes=platform_doubts(card, space), key="platforms"), tab=phrase("Platforms"))]


def platform_lines(card: ChainCard, space: Workspace) -> list[Word]:
    """`wechat 2026-W43: 60 / 100, 90.0 %`, and under them what is doubtful."""
    return [*(_line(row) for row in card.platforms), *(sentence.word for sentence in platform_doubts(card, space))]


def platform_doubts(card: ChainCard, space: Workspace) -> list[Sentence]:
    """What is doubtful about the numbers of the platforms."""
    return doubts((value for row in card.platforms for value in row.behind.values()), space)


def _number(row: PlatformWeek, name: str) -> NumberCell:
    return of_value(row.behind[name]) if name in row.behind else NumberCell(None, tone="muted", reason=Reason.NO_ROWS)


def _line(row: PlatformWeek) -> Word:
    counts = joined(Quantity(row.visitors), Quantity(row.market_size), between=" / ")
    won, mark = Quantity(row.saturation, "percent"), DOUBT if row.notes else ""
    return joined(row.platform, " ", row.week, ": ", counts, ", ", won, mark, between="")
