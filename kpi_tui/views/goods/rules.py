"""Association rules: what is bought together, highest lift first (spec R157)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.basket import Rule
from kpi_tui.definitions.period import Period
from kpi_tui.text.phrase import Word, phrase, phrases
from kpi_tui.views.cells import Cell, NumberCell, text
from kpi_tui.views.view import Column, Sheet, View, sheet


def rules(found: Sequence[Rule], period: Period) -> View:
    """Rules with how often they held."""
    notes: list[Word] = [phrases("{count} rule", "{count} rules", len(found))]
    if found:
        notes.append(phrase("{count} baskets in {period}", count=found[0].baskets, period=period.id))
    return View(sheets=(rules_sheet(found, "", notes),), data=[rule_data(rule) for rule in found])


def rules_sheet(found: Sequence[Rule], title: Word, notes: Sequence[Word] = ()) -> Sheet:
    """One line per rule."""
    columns = [
        Column("given", phrase("Who buys")),
        Column("then", phrase("also buys")),
        Column("support", phrase("Support"), right=True),
        Column("confidence", phrase("Confidence"), right=True),
        Column("lift", phrase("Lift"), right=True),
        Column("together", phrase("Baskets"), right=True),
    ]
    return sheet(columns, [_cells(rule) for rule in found], title, notes, "rules")


def _cells(rule: Rule) -> list[Cell]:
    return [
        text(", ".join(rule.given)),
        text(rule.then),
        NumberCell(rule.support, "percent"),
        NumberCell(rule.confidence, "percent"),
        NumberCell(rule.lift, "ratio", digits=2),
        NumberCell(rule.together),
    ]


def rule_data(rule: Rule) -> dict[str, object]:
    """The JSON of a rule with its counts, so that every share can be recomputed exactly."""
    return {
        "given": list(rule.given),
        "then": rule.then,
        "support": rule.support,
        "confidence": rule.confidence,
        "lift": rule.lift,
        "together": rule.together,
        "given_count": rule.given_count,
        "then_count": rule.then_count,
        "baskets": rule.baskets,
    }
