"""What rows without an amount do to a number: they are left out on both sides, or it is too low, or too high."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kpi_tui.definitions.answers.value import Number
from kpi_tui.definitions.library.metric import Metric
from kpi_tui.definitions.message import Message, say, says
from kpi_tui.engine import formula
from kpi_tui.engine.doubts.doubtful_rows import RowDoubts
from kpi_tui.engine.measure_metrics import PREFIX

_STEP = 1e-6  # of a sum: whether the number rises with it


def unknown_notes(
    metric: Metric,
    known: Mapping[str, Number],
    unknown: Mapping[str, RowDoubts],
    both_sides: Collection[str],
    sums: Collection[str],
) -> Iterator[Message]:
    """A note for every measure of a formula that lacks amounts.

    `both_sides`: those whose rows count nowhere in it; `sums`: those that more amounts can only make larger.
    """
    called = metric.id.removeprefix(PREFIX)
    for name, lacks in unknown.items():
        if not lacks.unknown:
            continue
        said = says(
            "{measure}: {count:,} of {rows:,} rows has no amount",
            "{measure}: {count:,} of {rows:,} rows have no amount",
            lacks.unknown,
            measure=name,
            rows=lacks.rows,
        )
        if name in both_sides:
            yield say("{said}; left out on both sides of {metric}", said=said, metric=called)
        elif name in sums and (rises := direction(metric.formula, known, name)):
            told = say("understated") if rises > 0 else say("overstated")
            yield say("{said}; {metric} is {told}", said=said, metric=called, told=told)
        else:
            yield say("{said}; left out of {metric}", said=said, metric=called)


def direction(text: str, known: Mapping[str, Number], name: str) -> int:
    """1 where the number rises as the sum grows by amounts of its own sign, -1 where it falls, 0 where neither."""
    amount = known[name].value or 0.0
    more = {**known, name: Number(amount + (amount * _STEP or _STEP))}
    now, then = formula.evaluate(text, known).value, formula.evaluate(text, more).value
    return 0 if now is None or then is None else (then > now) - (then < now)
