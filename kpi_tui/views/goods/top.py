"""The hot list and the profit list, and what hot products pull along (R156)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpi_tui.definitions.answers.basket import Ranked, TopList
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.analysis_parts import TOP_FORMS, TopPart
from kpi_tui.definitions.message import Message
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, phrase, phrases
from kpi_tui.views.cells import NumberCell, marked, text
from kpi_tui.views.charts import BarChart, known, plain_bar
from kpi_tui.views.doubts import doubt_cell, doubt_column, doubt_data, shared_doubt_data, whole_lines
from kpi_tui.views.goods.rules import rule_data, rules_sheet
from kpi_tui.views.library.values import why
from kpi_tui.views.named_ids import in_names
from kpi_tui.views.names import segment_word
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Sentence, Sheet, View, left_out, listed


def top(found: TopList, space: Workspace) -> View:
    """The list, then the pairs by which hot products pull profitable ones."""
    title = phrase("Hot products that pull profitable ones (lift above 1)")
    pulls = rules_sheet(found.pulls, title, [in_names(found.detail, space)], rests_on=found.rests_on)
    table = top_sheet(found, space)
    name = phrase("Units sold") if found.kind == "units" else phrase("Profit ({currency})", currency=space.currency)
    charts = known([top_chart(found, name, table.key)])
    return View(sheets=(table, pulls), charts=charts, data=top_data(found))


def top_section(part: TopPart, found: TopList, space: Workspace) -> Sheet:
    """The list, or the pairs that pull."""
    if part.form == TOP_FORMS[0]:
        return top_sheet(found, space)
    pulls = [rule for rule in found.pulls if rule.together > 1]
    none = phrase("◌ no pair of a hot and a profitable product is bought together more often than by chance")
    more, once = len(pulls) - part.most, len(found.pulls) - len(pulls)
    said: list[Word | Sentence] = [in_names(found.detail, space), *([] if found.pulls or found.detail else [none])]
    alone = phrases(
        "{count} pair of one basket alone left out: that may be chance",
        "{count} pairs of one basket each left out: that may be chance",
        once,
    )
    said += [left_out(alone)] if once else []
    said += [left_out(phrases("and {count} more pair", "and {count} more pairs", more))] if more > 0 else []
    said += whole_lines(found.rests_on, space)
    return rules_sheet(pulls[: part.most], "", said, paired=True, rests_on=found.rests_on)


def top_sheet(found: TopList, space: Workspace) -> Sheet:
    """The places with their numbers and shares, then products whose number is not known, and why."""
    units = found.kind == "units"
    value = phrase("Units sold") if units else phrase("Profit ({currency})", currency=space.currency)
    said: list[Word | Sentence] = []
    if found.unknown:
        more = phrases("and {count} more product without a number", "and {count} more products without a number",
                       found.unknown)  # fmt: skip
        said.append(left_out(more))
    said += whole_lines([*found.rests_on, *_not_told_of_the_whole(found)], space)
    return listed(
        found.rows,
        [
            (Column("place", "#", right=True), lambda row: NumberCell(row.place)),
            (Column("product", phrase("Product")), lambda row: text(segment_word(row.product), exact=row.product)),
            (Column("value", value, right=True), lambda row: marked(row.value)),
            (Column("share", phrase("Share"), right=True), lambda row: NumberCell(row.share, "percent")),
            (Column("reason", phrase("Why none")), lambda row: why(row.value, space)),
            (doubt_column(), lambda row: doubt_cell(row.value)),
        ],
        lambda row: row.product,
        notes=said,
        name="top",
    )


def _not_told_of_the_whole(found: TopList) -> Iterator[Value]:
    """The rows with those notes whose like the whole does not say: it says what rows of any product lack."""
    said = {note.template for value in found.rests_on for note in value.notes if isinstance(note, Message)}
    for row in found.rows:
        own = (note for note in row.value.notes if not isinstance(note, Message) or note.template not in said)
        yield replace(row.value, notes=tuple(own))


def top_chart(found: TopList, title: Word, key: str) -> BarChart:
    """A bar per place."""
    unit = "count" if found.kind == "units" else "currency"
    bars = (
        plain_bar(segment_word(row.product), marked(row.value), NumberCell(row.share, "percent")) for row in found.rows
    )
    return BarChart(title, tuple(bars), unit, key=key)


def top_data(found: TopList) -> Record:
    """The JSON: the list and what pulls what."""
    return {
        **record(found, "kind", "period"),
        "rows": [_row_data(row) for row in found.rows],
        "pulls": [rule_data(rule) for rule in found.pulls],
        "detail": found.detail,
        **shared_doubt_data(found.rests_on),
    }


def _row_data(row: Ranked) -> Record:
    told = record(row, "place", "product", "value=value.value", "share", "partial=value.partial",
                  "reason=value.reason", "detail=value.detail")  # fmt: skip
    return {**told, **doubt_data(row.value)}
