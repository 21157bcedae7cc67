"""Rows of a measure that say less than they should: without an amount, out for want of one, or not final yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import Message, say, says


@dataclass(frozen=True, slots=True)
class RowDoubts:
    """How many rows of a measure are doubtful, and why; `rows`: of how many that count.

    `unknown`: they have no amount. `unasked`: they do not count, because a condition (`asking`) asks for an amount they
    lack.
    `provisional`: they are not final; `until`: the ISO day on which the last of them will be, "" where none is known.
    `apart`: they cannot be placed; `amount`: what those would add. `spread`: they are shares of a whole.
    `nobody`: they count, but none of what their sum, `of_nobody` of it theirs, is divided by.
    """

    unknown: int = 0
    unasked: int = 0
    provisional: int = 0
    until: str = ""
    rows: int = 0
    apart: int = 0
    amount: float = 0.0
    spread: int = 0
    asking: str = ""
    nobody: int = 0
    of_nobody: float = 0.0

    def __add__(self, other: RowDoubts) -> RowDoubts:
        return RowDoubts(
            self.unknown + other.unknown,
            self.unasked + other.unasked,
            self.provisional + other.provisional,
            max(self.until, other.until),
            self.rows + other.rows,
            self.apart + other.apart,
            self.amount + other.amount,
            self.spread + other.spread,
            self.asking or other.asking,
            self.nobody + other.nobody,
            self.of_nobody + other.of_nobody,
        )

    def __bool__(self) -> bool:
        return bool(self.unknown or self.unasked or self.provisional or self.apart or self.spread)


NO_DOUBT = RowDoubts()


def doubtful_rows(row: Mapping[str, object], place: int, asking: str) -> RowDoubts:
    """What the answer of a query (`engine/query/doubt_columns.py`) says of the measure at a place of it.

    `asking`: the condition that asks for amounts of its rows, its own or the question's.
    """
    unknown, unasked, provisional, apart, spread = (int(str(row.get(f"{name}{place}") or 0)) for name in "uxpnd")
    until, amount = str(row.get(f"e{place}") or "")[: len("2026-10-31")], float(str(row.get(f"s{place}") or 0))
    return RowDoubts(
        unknown,
        unasked,
        provisional,
        until,
        apart=apart,
        amount=amount,
        spread=spread,
        asking=asking if unasked else "",
    )


def row_notes(measures: Mapping[str, Measure], found: Mapping[str, RowDoubts]) -> Iterator[Message]:
    """A note for every measure that leaves rows out for want of an amount, or rests on rows that are not final."""
    for name, doubt in found.items():
        if doubt.unasked:
            yield says(
                "{measure}: {count:,} row lacks the amount that is asked for ({where}), and does not count",
                "{measure}: {count:,} rows lack the amount that is asked for ({where}), and do not count",
                doubt.unasked,
                measure=name,
                where=doubt.asking,
            )
        if doubt.provisional:
            yield _not_final(measures[name], doubt)
        if doubt.apart:
            yield _apart(measures[name], doubt)
        if doubt.spread:
            yield _spread(measures[name], doubt)


def _apart(measure: Measure, doubt: RowDoubts) -> Message:
    why = measure.apart.says if measure.apart else ""
    if measure.agg is not Aggregation.SUM:
        return says(
            "{measure}: {count:,} row is left out: {why}",
            "{measure}: {count:,} rows are left out: {why}",
            doubt.apart,
            measure=measure.id,
            why=why,
        )
    return says(
        "{measure}: {count:,} row of {amount:,.2f} is left out: {why}",
        "{measure}: {count:,} rows of {amount:,.2f} are left out: {why}",
        doubt.apart,
        measure=measure.id,
        amount=doubt.amount,
        why=why,
    )


def _spread(measure: Measure, doubt: RowDoubts) -> Message:
    return says(
        "{measure}: {count:,} of {rows:,} rows is an estimate: {why}",
        "{measure}: {count:,} of {rows:,} rows are an estimate: {why}",
        doubt.spread,
        measure=measure.id,
        rows=doubt.rows,
        why=measure.spread.says if measure.spread else "",
    )


def _not_final(measure: Measure, doubt: RowDoubts) -> Message:
    said = says(
        "{measure}: {count:,} of {rows:,} rows is not final",
        "{measure}: {count:,} of {rows:,} rows are not final",
        doubt.provisional,
        measure=measure.id,
        rows=doubt.rows,
    )
    why = measure.provisional.says if measure.provisional else None
    if why is not None and (why.en or why.zh):
        said = say("{said} ({why})", said=said, why=why)
    return say("{said}; the last of them on {day}", said=said, day=doubt.until) if doubt.until else said
