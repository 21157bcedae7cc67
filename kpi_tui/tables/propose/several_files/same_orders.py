"""Whether two exports tell of the same orders: their numbers compared, else amounts and times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt

import polars as pl

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import Message, say, says
from kpi_tui.tables.prepare import prepare

MINUTES = 10
"""How far the time of a payment may lie from that of its order, or from that which another export writes."""
SURE = 20
"""So many payments on common days of which none is that of an order are those of other orders."""
WEEKS = (-4, -3, -2, -1, 1, 2, 3, 4)
"""So far away nothing is the same order: amounts that meet there meet by chance, for a shop has few prices."""
_FAR = 36 * 60  # a zone or a time left out moves a payment by so much at most
_HALF = 0.5
_CENTS = 100
_MINUTE = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found, in words; `apart`: they are other orders, as far as can be told; `met`: some are the same."""

    said: Message
    apart: bool = False
    met: bool = False


def compared(
    one: TableProposal, others: Sequence[TableProposal], schema: TableSchema, timezone: str
) -> Compared | None:
    """Orders of an export beside those of others; None where some cannot be read: `check` says why."""
    try:
        mine = orders_of(one, schema, timezone)
        theirs = [(other.currency, orders_of(other, schema, timezone)) for other in others]
    except TableError:
        return None
    alike = [rows for code, rows in theirs if "" in (code, one.currency) or code == one.currency]
    return compare(mine, pl.concat(rows for _, rows in theirs), alike)


def orders_of(part: TableProposal, schema: TableSchema, timezone: str) -> pl.DataFrame:
    """Number, time and amount of every paid order, as the mapping makes them. TableError."""
    paths = tuple(path.resolve() for path in (part.path, *part.more))
    source = TableSource(
        part.table,
        tuple(map(str, paths)),
        columns=part.columns,
        where=part.where,
        group_by=part.group_by,
        latest_by=part.latest_by,
        distinct=part.distinct,
        timezone=part.options.get("timezone", ""),
        sheet=part.reading.sheet,
        reading=replace(part.reading, sheet=""),
    )
    roots = tuple(path.parent for path in paths)
    return numbered(prepare(source, schema, data=roots[0], roots=roots, timezone=timezone).frame)


def days_of(part: TableProposal, schema: TableSchema, timezone: str) -> tuple[date, date] | None:
    """The first and the last day of paid orders; None where none is known."""
    try:
        first, last = orders_of(part, schema, timezone).select(pl.col("at").min(), last=pl.col("at").max()).row(0)
    except TableError:  # `check` says why
        return None
    return (first.date(), last.date()) if first and last else None


def numbered(rows: pl.LazyFrame) -> pl.DataFrame:
    """Number, time and amount in cents of every order with a time of payment."""
    made = rows.select(
        pl.col("order_id").alias("id"),
        pl.col("paid_at").alias("at"),
        (pl.col("paid_amount") * _CENTS).round().alias("cents"),
    )
    return made.drop_nulls("at").collect()


def compare(mine: pl.DataFrame, theirs: pl.DataFrame, alike: Sequence[pl.DataFrame]) -> Compared:
    """Both as `numbered` makes them. Numbers first; those of different kinds never meet, so amounts and times then.

    `alike`: those of `theirs` whose amounts are in the currency of `mine`.
    """
    ids = mine["id"].drop_nulls().unique(maintain_order=True)
    met = ids.filter(ids.is_in(theirs["id"].drop_nulls().unique().implode()))
    if len(met):
        said = says(
            "{met} of {count} order number meets, e.g. {example!r}",
            "{met} of {count} order numbers meet, e.g. {example!r}",
            len(ids),
            met=len(met),
            example=met[0],
        )
        return Compared(said, met=True)
    kinds = say("no order number meets ({one!r}, {other!r})", one=_first(mine), other=_first(theirs))
    if not alike:
        return Compared(say("{kinds}; amounts are in other currencies, and not compared", kinds=kinds))
    every = sum(map(len, alike)) == len(theirs)
    return _by_amounts(mine, pl.concat(alike), kinds, every=every)


def _by_amounts(mine: pl.DataFrame, theirs: pl.DataFrame, kinds: Message, *, every: bool) -> Compared:
    """Payments beside orders in the same currency; `every`: `theirs` are all that there are."""
    days = theirs["at"].dt.date()
    shared = mine.filter(pl.col("at").dt.date().is_between(pl.lit(days.min()), pl.lit(days.max())))
    if shared.is_empty():
        said = say(
            "{kinds}; amounts are not compared, for they have no day in common ({mine} | {theirs})",
            kinds=kinds,
            mine=_span(mine),
            theirs=_span(theirs),
        )
        return Compared(said)
    twins = _twins(shared, theirs, MINUTES)
    return _alone(shared, theirs, kinds, every=every) if twins.is_empty() else Compared(_met(shared, twins, kinds))


def _alone(shared: pl.DataFrame, theirs: pl.DataFrame, kinds: Message, *, every: bool) -> Compared:
    """Of payments none of which has the amount and the time of an order: whether they are other sales."""
    said = says(
        "{kinds}; {count} payment on their common days ({days}) has not the amount and time of an order",
        "{kinds}; none of {count} payments on their common days ({days}) has the amount and time of an order",
        len(shared),
        kinds=kinds,
        days=_span(shared),
    )
    far = _twins(shared, theirs, _FAR)
    if doubt := _doubt(shared, theirs, far, every=every):
        return Compared(say("{said}; but {doubt}", said=said, doubt=doubt))
    chance = says(
        "{count} has the amount of one at most {hours} hours away, which is no more than chance",
        "{count} have the amount of one at most {hours} hours away, which are no more than by chance",
        len(far),
        hours=_FAR // 60,
    )
    return Compared(said if far.is_empty() else say("{said}; {chance}", said=said, chance=chance), apart=True)


def _met(shared: pl.DataFrame, twins: pl.DataFrame, kinds: Message) -> Message:
    amount, at, theirs_at = twins.select("cents", "at", "theirs").row(0)
    example = f"{amount / _CENTS:,.2f}, {at:{_MINUTE}} | {theirs_at:%H:%M}"
    return says(
        "{kinds}; {met} of {count} payment has the amount of an order and its time within {minutes} minutes, "
        "e.g. {example}",
        "{kinds}; {met} of {count} payments have the amount of an order and its time within {minutes} minutes, "
        "e.g. {example}",
        len(shared),
        kinds=kinds,
        met=len(twins),
        minutes=MINUTES,
        example=example,
    )


def _doubt(shared: pl.DataFrame, theirs: pl.DataFrame, far: pl.DataFrame, *, every: bool) -> Message | None:
    """Why payments may be those of orders though none has the amount and about the time of one."""
    if len(far) > _by_chance(shared, theirs):
        amount, at, theirs_at = far.select("cents", "at", "theirs").row(0)
        example = f"{amount / _CENTS:,.2f}, {at:{_MINUTE}} | {theirs_at:{_MINUTE}}"
        return says(
            "{count} has the amount of one at most {hours} hours away (a zone, a day without time), e.g. {example}",
            "{count} have the amount of one at most {hours} hours away (a zone, a day without time), e.g. {example}",
            len(far),
            hours=_FAR // 60,
            example=example,
        )
    if len(shared) < SURE:
        return say("fewer than {count} are too few to be sure", count=SURE)
    return None if every else say("orders in other currencies are not compared")


def _by_chance(mine: pl.DataFrame, theirs: pl.DataFrame) -> float:
    """How many payments may have the amount of an order and about its time though they are others; 0 of few.

    As many as weeks away, and two standard deviations more. Most of them are never left to chance.
    """
    days = theirs["at"].dt.date()
    met = moved = 0
    for week in WEEKS:
        there = mine.with_columns(pl.col("at").dt.offset_by(f"{7 * week}d"))
        there = there.filter(pl.col("at").dt.date().is_between(pl.lit(days.min()), pl.lit(days.max())))
        met, moved = met + len(_twins(there, theirs, _FAR)), moved + len(there)
    share, count = met / moved if moved else 0.0, len(mine)
    return 0.0 if count < SURE or share > _HALF else count * share + 2 * sqrt(count * share * (1 - share))


def _span(orders: pl.DataFrame) -> str:
    """The first and last day; "—" where none is known."""
    days = orders["at"].dt.date().drop_nulls().sort()
    return " – ".join(dict.fromkeys(str(days[place]) for place in (0, -1))) if len(days) else "—"


def _first(orders: pl.DataFrame) -> str:
    return str(next(iter(orders["id"].drop_nulls()), ""))


def _twins(mine: pl.DataFrame, theirs: pl.DataFrame, minutes: int) -> pl.DataFrame:
    """Payments with the amount of an order and about its time."""
    orders = theirs.drop_nulls("cents").filter(pl.col("cents") > 0).select("cents", "at", pl.col("at").alias("theirs"))
    near = (
        mine.drop_nulls("cents")
        .sort("at")
        .join_asof(
            orders.sort("at"), on="at", by="cents", strategy="nearest", tolerance=f"{minutes}m", check_sortedness=False
        )
    )
    return near.drop_nulls("theirs")
