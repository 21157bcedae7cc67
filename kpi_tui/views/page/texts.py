"""Sections of words: rules that speak for or against, sentences with numbers filled in, things to mind."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from kpi_tui.definitions.answers.page import Assessment, FindingsFound, TextFound
from kpi_tui.definitions.library.page import FindingRule, FindingsPart, TextPart
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import quantity
from kpi_tui.text.marks_behind_numbers import marks_of
from kpi_tui.text.phrase import Word
from kpi_tui.views.cells import Tone, text
from kpi_tui.views.doubts import doubts
from kpi_tui.views.reasons import reason
from kpi_tui.views.view import Column, Sheet, listed, sheet

MARKS = {"good": "●", "bad": "○", "observing": "◐", "unknown": "◌"}


def findings(part: FindingsPart, found: FindingsFound, space: Workspace) -> Sheet:
    """A sentence per rule; only what speaks against is toned."""
    rules = {rule.id: rule for rule in part.rules}

    def tone(row: Assessment) -> Tone:
        return "weak" if row.state == "bad" else ""

    columns = [
        (Column("state", width=1), lambda row: text(MARKS[row.state], tone(row), row.state)),
        (Column("text"), lambda row: text(finding_text(rules[row.rule], row, space), tone(row))),
        (
            Column("detail", drop=1),
            lambda row: text(_why(rules[row.rule], row, space), "muted", str(row.detail) or None),
        ),
        (Column("rule", hidden=True), lambda row: text(row.rule)),
    ]
    values = [row.of for row in found.rows if row.of is not None]
    return listed(found.rows, columns, lambda row: row.rule, notes=doubts(values, space))


def finding_text(rule: FindingRule, row: Assessment, space: Workspace) -> Text:
    """What the rule says in this state, with its number; where it says nothing, its metric's name."""
    metric = space.metrics.get(rule.metric)
    said = rule.says.get(row.state) or (metric.name if metric else Text(rule.metric))
    mark = marks_of(row.of) if row.of else ""
    return fill(said, {"number": quantity(next(iter(row.numbers.values()), Quantity(None))) + mark})


def cause(rule: FindingRule, row: Assessment) -> Text | str:
    """Why it is so."""
    if said := rule.because.get(row.cause):
        return fill(said, {"periods": str(row.periods)})
    return row.detail


def _why(rule: FindingRule, row: Assessment, space: Workspace) -> Word:
    """Why it is so, or why it cannot be known: what its number lacks."""
    said = cause(rule, row)
    return said or (reason(row.of.reason, row.of.detail, space) if row.state == "unknown" and row.of else "")


def body(part: TextPart, found: TextFound) -> Sheet:
    """The sentence; with things to mind a line for each and the sentence below."""
    said = filled(part, found)
    if part.items:
        return sheet([Column("done", width=1), Column("text", flex=1)],
                     [[text("☐"), text(item)] for item in part.items], notes=[said])  # fmt: skip
    return sheet([Column("text", flex=1)], [[text(said)]] if said else [])


def filled(part: TextPart, found: TextFound) -> Word:
    """The body with its numbers; empty while what it rests on is not known."""
    values = numbers(found)
    if part.since and not found.stage and part.stages:
        return ""
    if part.metric and values.get("value") is None:
        return ""
    value = found.value
    names = {stage.id: stage.name for stage in part.stages}
    told = {name: quantity(Quantity(number, part.units.get(name, "count"))) for name, number in values.items()}
    if value is not None:
        told["value"] = quantity(Quantity(value.value, part.units.get("value", value.unit)))
    told["days"] = "" if found.days is None else str(found.days)
    stage = names.get(found.stage, Text())
    return Text(
        _fill(part.body.en, told | {"stage": stage.get("en")}), _fill(part.body.zh, told | {"stage": stage.get("zh")})
    ) if part.body.en or part.body.zh else ""  # fmt: skip


def numbers(found: TextFound) -> dict[str, float | None]:
    """What can be filled in: the value and the base measures in it."""
    if found.value is None:
        return {}
    return {**found.value.measures, "value": found.value.value}


def fill(said: Text, told: Mapping[str, str]) -> Text:
    """Both languages with their {fields} filled in."""
    return Text(_fill(said.en, told), _fill(said.zh, told))


def _fill(template: str, told: Mapping[str, str]) -> str:
    """Only plain {names} are filled in, once each; anything else in braces stays as it is written."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        return template
    return "".join(
        literal + ("" if name is None else told[name] if name in told else "{" + name + "}")
        for literal, name, _, _ in parts
    )
