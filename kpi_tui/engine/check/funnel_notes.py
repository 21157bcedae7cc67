"""Values of funnels of which one row takes two steps, so that one act counts as both, or nobody can
take a step, or rows lack the amount that a step asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlglot import exp

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.funnel import Funnel
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX
from kpi_tui.definitions.message import Message, say, says
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.check.conditions import Conditions
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.metric_inputs import MetricInputs
from kpi_tui.engine.query.cut import Cut
from kpi_tui.engine.query.segments import NULL_SEGMENT
from kpi_tui.sql import guard
from kpi_tui.sql.quoted_text import quoted_text
from kpi_tui.workspace.check.funnels import rows_of

PEOPLE = "users"
"""The table that tells of who takes the steps."""


class FunnelNotes:
    """Notes for the values of one workspace; rows are counted only for values that rest on a funnel."""

    def __init__(self, workspace: Workspace, lineage: Lineage, inputs: MetricInputs, conditions: Conditions) -> None:
        self._funnels = [funnel for funnel in workspace.funnels.values() if funnel.steps]
        self._facts = workspace.facts
        self._lineage = lineage
        self._inputs = inputs
        self._conditions = conditions

    def on(self, value: Value, cut: Cut) -> Value:
        """The value, with the steps that share rows, or that nobody takes, of every funnel it counts."""
        if value.value is None or not (funnels := self._below(value.metric)):
            return value
        asked = [funnel for funnel in _named(funnels, cut) if _is_of(value, cut, funnel)]
        shared = (one.in_words() for one in self._conditions.steps_sharing_rows(asked))
        missed = (said for funnel in asked for said in self._that_nobody_takes(funnel))
        people = self._people(value, cut)
        unknown = (said for funnel in asked for said in self._that_lack_amounts(funnel, value.period, people))
        return replace(value, notes=tuple(dict.fromkeys((*value.notes, *shared, *missed, *unknown))))

    def _people(self, value: Value, cut: Cut) -> str:
        """The condition on users that a value of a funnel is of, as far as it asks for their columns; "" for all."""
        known = self._lineage.outputs(PEOPLE)
        tree = guard.predicate(cut.where).tree if cut.where else None
        parts = list(tree.flatten()) if isinstance(tree, exp.And) else [tree] if tree else []
        said = [_bare(part) for part in parts if _is_on(part, known)]
        if value.segment not in (None, NULL_SEGMENT) and value.segment_of.startswith(f"{PEOPLE}."):
            column = value.segment_of.removeprefix(f"{PEOPLE}.")
            said.append(f"cast({column} as varchar) = {quoted_text(str(value.segment))}")
        return " AND ".join(f"({one})" for one in said)

    def _that_lack_amounts(self, funnel: Funnel, period: Period, people: str) -> Iterator[Message]:
        """Steps whose condition asks for an amount that rows lack: whether those people took them is not known."""
        inner = self._conditions.inner
        for step, rows in zip(funnel.steps, self._conditions.measures_of_steps([funnel]), strict=True):
            yield from (one.in_words() for one in inner.lacking([rows]))
            these = f"{step.user} in (select user_id from {PEOPLE} where {people})" if people else ""
            if count := inner.unasked(rows, period, these):
                said = says(
                    "{count:,} row of {table} lacks the amount that is asked for ({where}), and does not count",
                    "{count:,} rows of {table} lack the amount that is asked for ({where}), and do not count",
                    count,
                    table=step.table,
                    where=step.where,
                )
                yield say("funnel {funnel}, {step}: {said}", funnel=funnel.id, step=step.name, said=said)

    def _that_nobody_takes(self, funnel: Funnel) -> Iterator[Message]:
        """Steps whose condition no row fulfils: nobody takes them, nor any that comes after."""
        for step in funnel.steps:
            rows = rows_of(funnel, step)[:1]
            said = [word.with_nearest() for word in self._conditions.unheard_words(rows)]
            kept = () if said else self._conditions.that_keep_nothing(rows)
            said += [say("no row of {table} is such ({where})", table=one.table, where=one.where) for one in kept]
            yield from (
                say("funnel {funnel}, {step}: {said}", funnel=funnel.id, step=step.name, said=one) for one in said
            )

    def _below(self, metric: str) -> list[Funnel]:
        """The funnels that a metric counts."""
        measures = self._inputs.measures_of(metric.removesuffix(GROWTH_SUFFIX)) if self._funnels else ()
        facts = {fact for measure in measures for fact in self._lineage.facts_below(measure.table)}
        counted = {self._facts[fact].funnel for fact in facts}
        return [funnel for funnel in self._funnels if funnel.id in counted]


def _is_on(part: exp.Expr, columns: frozenset[str]) -> bool:
    """Whether a part of a condition asks for columns of users alone."""
    found = list(part.find_all(exp.Column))
    own = all(one.table in ("", PEOPLE) and one.name in columns for one in found)
    return bool(found) and own and part.find(exp.Select) is None


def _bare(part: exp.Expr) -> str:
    plain = part.transform(lambda node: exp.column(node.name) if isinstance(node, exp.Column) else node)
    return plain.sql(dialect="duckdb")


def _named(funnels: list[Funnel], cut: Cut) -> list[Funnel]:
    """Those that the condition of the question names; all of them where it names none."""
    literals = guard.predicate(cut.where).tree.find_all(exp.Literal) if cut.where else ()
    words = {str(literal.this) for literal in literals}
    return [funnel for funnel in funnels if funnel.id in words] or funnels


def _is_of(value: Value, cut: Cut, funnel: Funnel) -> bool:
    """Whether a value may be of a funnel: it is a segment of it, or of no funnel in particular."""
    if value.segment is None or (cut.by or "").rpartition(".")[2] not in ("step", "funnel"):
        return True
    return value.segment == funnel.id or value.segment.startswith(f"{funnel.id} ")
