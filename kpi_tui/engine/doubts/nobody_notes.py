"""What rows of nobody do to an amount per buyer: they are above the line, and no buyer below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpi_tui.definitions.answers.value import Number
from kpi_tui.definitions.library.metric import Measure, Metric
from kpi_tui.definitions.message import Message, say, says
from kpi_tui.engine.doubts.doubtful_rows import RowDoubts
from kpi_tui.engine.doubts.unknown_amounts import direction
from kpi_tui.engine.measure_metrics import PREFIX
from kpi_tui.engine.query.amounts.unknown_rows import adds_amounts


def nobody_notes(
    metric: Metric,
    known: Mapping[str, Number],
    found: Mapping[str, RowDoubts],
    heads: Mapping[str, str],
    measures: Mapping[str, Measure],
) -> Iterator[Message]:
    """A note for every sum of a formula that adds rows without what it is divided by; `heads`: measure -> column."""
    for name, doubt in found.items():
        if not doubt.nobody or name not in heads:
            continue
        said = (
            _of_amount(name, heads[name], doubt) if adds_amounts(measures[name]) else _of_rows(name, heads[name], doubt)
        )
        more = direction(metric.formula, known, name) * doubt.of_nobody
        told = say("overstated") if more > 0 else say("understated")
        yield say("{said}; {metric} is {told}", said=said, metric=metric.id.removeprefix(PREFIX), told=told)


def _of_amount(name: str, column: str, doubt: RowDoubts) -> Message:
    return says(
        "{measure}: {count:,} row of {amount:,.2f} has no {column}, and counts for nobody",
        "{measure}: {count:,} rows of {amount:,.2f} have no {column}, and count for nobody",
        doubt.nobody,
        measure=name,
        amount=doubt.of_nobody,
        column=column,
    )


def _of_rows(name: str, column: str, doubt: RowDoubts) -> Message:
    return says(
        "{measure}: {count:,} row has no {column}, and counts for nobody",
        "{measure}: {count:,} rows have no {column}, and count for nobody",
        doubt.nobody,
        measure=name,
        column=column,
    )
