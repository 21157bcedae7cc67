"""Segments of a break-down (`--by`): how a value of the column is called, their order, whether they add up, and the
metrics that mean nothing without one (`per`)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.library.aggregation import DISTINCT
from kpi_tui.definitions.library.metric import Kind, Measure, Metric
from kpi_tui.definitions.message import Message, either, listed, say
from kpi_tui.definitions.written.word_forms import one_form
from kpi_tui.engine.query.cut import Cut
from kpi_tui.sql import guard

NULL_SEGMENT = "(none)"
"""How rows without a value in the column are called."""

_MOST_NAMES = 200
_NEVER_COMPUTED = (Reason.ERROR, Reason.NO_TABLE, Reason.NO_COLUMN, Reason.NO_DATA)


def segment_of(value: object) -> str:
    """The segment of a value of the column."""
    return NULL_SEGMENT if value is None else str(value)


def in_order(segments: Iterable[str]) -> list[str]:
    """Each segment once, by name."""
    return sorted(set(segments))


def in_two_cases(parts: Sequence[Value]) -> list[Value]:
    """The parts of a break-down, with a note at those whose names are one thing in two."""
    said = two_names(part.segment or "" for part in parts)
    return [
        replace(part, notes=(*part.notes, said[part.segment]))
        if part.segment in said and part.value is not None
        else part
        for part in parts
    ]


def two_names(names: Iterable[str]) -> dict[str, Message]:
    """Name -> what to say of those that differ from another in case, signs, blanks or width alone.

    Of very many segments the names are ids, of which two may differ so.
    """
    known = [*dict.fromkeys(names)]
    alike: dict[str, list[str]] = {}
    for name in known if len(known) <= _MOST_NAMES else ():
        alike.setdefault(one_form(name), []).append(name)
    return {name: _two_names(some) for some in alike.values() if len(some) > 1 for name in some}


def _two_names(alike: Sequence[str]) -> Message:
    words = listed(map(repr, alike))
    if len({name.casefold() for name in alike}) == 1:
        return say("{words} differ in the case of letters alone, and are parts of their own", words=words)
    return say("{words} differ in signs, blanks or widths alone, and are parts of their own", words=words)


def noted(total: Value, parts: Sequence[Value], metric: Metric, measures: Sequence[Measure]) -> Value:
    """The total, with a note where its parts add up to something else although they look as if they should.

    A share or a mean per head is no sum and nobody adds it up: only absolute metrics that add measures are looked at.
    """
    added = [part.value for part in parts if part.value is not None]
    if metric.kind is not Kind.ABSOLUTE or total.value is None or len(added) < 2 or len(added) < len(parts):
        return total
    others = [measure for measure in measures if not measure.agg.traits.adds_up]
    together = math.fsum(added)
    if (
        not others
        or not metric.formula
        or not guard.is_sum(metric.formula)
        or math.isclose(together, total.value, abs_tol=1e-9)
    ):
        return total
    return replace(total, notes=(*total.notes, _why(others, f"{round(together, 2):.15g}")))


def _why(measures: Sequence[Measure], together: str) -> Message:
    counted = dict.fromkeys(measure.column for measure in measures if measure.agg in DISTINCT)
    if counted:
        return say(
            "{column}: some are counted in several segments; the parts add up to {sum}",
            column=listed(counted),
            sum=together,
        )
    return say("computed from all rows; the parts add up to {sum}, which means nothing", sum=together)


def chosen(value: Value, metric: Metric, cut: Cut) -> Value:
    """The value, or the sentence that something must be chosen for it to mean anything."""
    named = guard.predicate(cut.where).columns if cut.where else ()
    by = (cut.by or "").rpartition(".")[2]
    if not metric.per or set(metric.per) & set(named) or (by in metric.per and value.segment is not None):
        return value
    if value.reason in _NEVER_COMPUTED:
        return value
    words = either(f"--by {column}" for column in metric.per)
    detail = say(
        "has a value per {columns} only; ask {words}, or name one in --where", columns=either(metric.per), words=words
    )
    return replace(value, value=None, reason=Reason.NOT_APPLICABLE, detail=detail, partial=False)
