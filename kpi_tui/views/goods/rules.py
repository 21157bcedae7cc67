"""Association rules: what is bought together, highest lift first (R157)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.basket import Rule, RuleList
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import NumberCell, TextCell, text
from kpi_tui.views.charts import BarChart, plain_bar
from kpi_tui.views.doubts import doubt_column, doubts, shared_doubt_cell, shared_doubt_data, whole_lines
from kpi_tui.views.names import segment_word
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Columns, Sentence, Sheet, View, left_out, listed


def rules(found: RuleList, space: Workspace) -> View:
    """Rules with how often they held."""
    notes: list[Word | Sentence] = [phrases("{count} rule", "{count} rules", found.count)]
    if found.rows:
        notes.append(_baskets(found))
    notes += doubts(found.rests_on, space)
    marks = shared_doubt_data(found.rests_on)
    data = [{**rule_data(rule), **marks} for rule in found.rows]
    return View(sheets=(rules_sheet(found.rows, "", notes, rests_on=found.rests_on),), data=data)


def _baskets(found: RuleList) -> Word:
    count = found.rows[0].baskets
    return phrases("{count} basket in {period}", "{count} baskets in {period}", count, period=found.period.said)


def rules_section(found: RuleList, space: Workspace) -> Sheet:
    """The first rules, and how many more there are; what to do where there is none."""
    more = found.count - len(found.rows)
    said: list[Word | Sentence] = []
    if more:
        said.append(left_out(phrases("and {count} more rule", "and {count} more rules", more)))
    if found.rows:
        said += [_baskets(found)]
    else:
        said = [phrase("◌ no rule reaches this support and confidence: lower them, or look at a longer period")]
    said += whole_lines(found.rests_on, space)
    return rules_sheet(found.rows, "", said, paired=True, rests_on=found.rests_on)


def rules_sheet(
    found: Sequence[Rule],
    title: Word,
    notes: Sequence[Word | Sentence] = (),
    *,
    paired: bool = False,
    rests_on: Sequence[Value] = (),
) -> Sheet:
    """One line per rule; `paired`: both sides in one column, as where there is one column of names.

    `rests_on`: what csv says is doubtful about each.
    """
    doubtful = shared_doubt_cell(rests_on)
    sides: Columns[Rule] = [
        (Column("given", phrase("Who buys"), hidden=paired), lambda rule: _things(rule.given)),
        (Column("then", phrase("also buys"), hidden=paired), lambda rule: _things([rule.then])),
    ]
    pair = Column("rule", phrase("Who buys → also buys"), csv=False, most=60)
    columns: Columns[Rule] = [
        *([(pair, lambda rule: text(_rule_word(rule)))] if paired else []),
        *sides,
        (Column("support", phrase("Support"), right=True), lambda rule: NumberCell(rule.support, "percent")),
        (Column("confidence", phrase("Confidence"), right=True), lambda rule: NumberCell(rule.confidence, "percent")),
        (Column("lift", phrase("Lift"), right=True), lambda rule: NumberCell(rule.lift, "ratio", digits=2)),
        (Column("together", phrase("Baskets"), right=True), lambda rule: NumberCell(rule.together)),
        (doubt_column(), lambda _rule: doubtful),
    ]
    return listed(found, columns, lambda rule: " ".join((*rule.given, rule.then)), title, notes, "rules")


def _things(ids: Sequence[str]) -> TextCell:
    """What they are called; csv keeps the ids."""
    return text(joined(*map(segment_word, ids), between=", "), "", ", ".join(ids))


def _rule_word(rule: Rule) -> Word:
    return joined(joined(*map(segment_word, rule.given), between=", "), segment_word(rule.then), between=" → ")


def rules_chart(found: Sequence[Rule], title: Word, key: str) -> BarChart:
    """How many times more often than by chance, a bar per rule; 1 is chance."""
    bars = (plain_bar(_rule_word(rule), NumberCell(rule.lift, "ratio", digits=2)) for rule in found)
    return BarChart(joined(title, phrase("Lift")), tuple(bars), "ratio", key=key)


def rule_data(rule: Rule) -> Record:
    """The JSON of a rule with its counts, so that every share can be recomputed exactly."""
    shares = ("given", "then", "support", "confidence", "lift")
    return record(rule, *shares, "together", "given_count", "then_count", "baskets")
