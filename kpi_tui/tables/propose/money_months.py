"""Orders by month as a mapping makes them: paid, given back later, not paid yet, left out (R148, for `init` to say).

Amounts of several currencies are never added up: each has a line, and orders of which nobody knows it have no amount.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from kpi_tui.definitions.answers.setup import MoneyMonth
from kpi_tui.definitions.library.table import CURRENCY_OF_ROW, SOURCE
from kpi_tui.tables.currencies.currency_of_row import MIXED
from kpi_tui.tables.total_rows import is_total

WAITING = "kpi:waiting"
_MONTH = "month"
_KEYS = (_MONTH, SOURCE, CURRENCY_OF_ROW)
_AMOUNTS = {"amount": "paid", "back_amount": "back", "left_out_amount": "left_out"}
"""The sums, and how many orders each is of: of none it is 0, of orders that all have no amount it is not known."""


def money_months(
    orders: pl.LazyFrame, refunds: pl.LazyFrame | None, everything: pl.LazyFrame | None, currencies: Mapping[str, str]
) -> tuple[MoneyMonth, ...]:
    """By month, source and currency, the latest month first. `everything`: the orders of the files with none left out,
    those that wait for their payment and say no day marked by WAITING.

    `currencies`: those of sources whose rows say none.
    """
    kept = _with_source(orders).collect()
    said = _said(kept, currencies)
    kept = _with_currency(kept, said)
    named = SOURCE in orders.collect_schema().names()
    paid = kept.filter(pl.col("paid_at_day").is_not_null()).with_columns(
        _month("paid_at_day"), _of_one_currency("paid_amount")
    )
    sold = paid.group_by(_KEYS).agg(
        pl.len().alias("paid"),
        _known_sum("paid_amount").alias("amount"),
        pl.col("paid_amount").is_null().sum().alias("unknown"),
    )
    unpaid = kept.filter(pl.col("paid_at_day").is_null()).drop_nulls("created_at_day")
    gone = _gone(kept, everything, said)
    unpaid = pl.concat([unpaid.with_columns(_month("created_at_day")), gone.filter(WAITING)], how="diagonal_relaxed")
    waiting = unpaid.with_columns(pl.col(_MONTH).fill_null("")).group_by(_KEYS).agg(pl.len().alias("waiting"))
    parts = [sold, waiting, _given_back(paid, refunds, named), _left_out(gone.filter(~pl.col(WAITING)))]
    rows = pl.concat(part.select(_KEYS) for part in parts).unique()
    for part in parts:
        rows = rows.join(part, on=_KEYS, how="left")
    counts = [name for name in rows.columns if name not in (*_KEYS, *_AMOUNTS)]
    rows = rows.with_columns(pl.col(counts).fill_null(0)).with_columns(
        pl.when(pl.col(count) > 0).then(pl.col(amount)).otherwise(0.0).alias(amount)
        for amount, count in _AMOUNTS.items()
    )
    rows = rows.sort(_MONTH, SOURCE, "paid", CURRENCY_OF_ROW, descending=[True, False, True, False])
    return tuple(map(_one, rows.iter_rows(named=True)))


def _one(row: Mapping[str, Any]) -> MoneyMonth:
    return MoneyMonth(
        **{name: row[name] for name in (_MONTH, SOURCE, "paid", "amount", "back", "back_amount", "waiting")},
        left_out=row["left_out"],
        left_out_amount=row["left_out_amount"],
        unknown=row["unknown"],
        currency=row[CURRENCY_OF_ROW],
    )


def _said(orders: pl.DataFrame, currencies: Mapping[str, str]) -> dict[str, str]:
    """The currency of rows that say none, of each source: the only one of the others; `MIXED` beside several."""
    if CURRENCY_OF_ROW not in orders.columns:
        return dict(currencies)
    named = orders.drop_nulls(CURRENCY_OF_ROW).group_by(SOURCE).agg(pl.col(CURRENCY_OF_ROW).unique())
    return {**currencies, **{source: words[0] if len(words) == 1 else MIXED for source, words in named.iter_rows()}}


def _with_currency(orders: pl.DataFrame, said: Mapping[str, str]) -> pl.DataFrame:
    """The same orders with a currency each, `MIXED` where it is not known."""
    of_source = pl.col(SOURCE).replace_strict(said, default=MIXED, return_dtype=pl.String)
    known = pl.col(CURRENCY_OF_ROW) if CURRENCY_OF_ROW in orders.columns else pl.lit(None, pl.String)
    return orders.with_columns(pl.coalesce(known, of_source).alias(CURRENCY_OF_ROW))


def _of_one_currency(amount: str) -> pl.Expr:
    """The amount; none where its currency is not known."""
    return pl.when(pl.col(CURRENCY_OF_ROW) != MIXED).then(pl.col(amount)).alias(amount)


def _given_back(paid: pl.DataFrame, refunds: pl.LazyFrame | None, named: bool) -> pl.DataFrame:
    """Orders paid in a month of which some was given back whenever, and how much; `named`: orders have sources."""
    if refunds is None:
        return paid.select(_KEYS).clear().with_columns(back=pl.lit(0), back_amount=pl.lit(0.0))
    both = named and SOURCE in refunds.collect_schema().names()
    key = ["order_id", SOURCE] if both else ["order_id"]
    known = CURRENCY_OF_ROW in refunds.collect_schema().names()
    codes = (pl.col(CURRENCY_OF_ROW) if known else pl.lit(None, pl.String)).drop_nulls().unique().alias("codes")
    of_order = refunds.group_by(key).agg(_known_sum("amount").alias("back_amount"), codes).collect()
    back = paid.join(of_order.drop_nulls("order_id"), on=key, how="inner").with_columns(_of_one_currency("back_amount"))
    others = pl.col("codes").list.set_difference(pl.concat_list(CURRENCY_OF_ROW)).list.len() > 0
    back = back.with_columns(pl.when(~others).then("back_amount").alias("back_amount"))
    return back.group_by(_KEYS).agg(pl.len().alias("back"), _known_sum("back_amount"))


def _gone(kept: pl.DataFrame, everything: pl.LazyFrame | None, said: Mapping[str, str]) -> pl.DataFrame:
    """Orders that the files have and the table has not, by the month they were made in, "" where none is told."""
    gone = kept.clear()
    if everything is not None:
        others = _with_source(everything).collect().join(kept, on=["order_id", SOURCE], how="anti")
        gone = _with_currency(others.drop_nulls("order_id").unique(["order_id", SOURCE]), said)
    marked = pl.col(WAITING).fill_null(False) if WAITING in gone.columns else pl.lit(False)
    gone = gone.with_columns(_month("created_at_day").fill_null(""), marked.alias(WAITING))
    return gone.filter((pl.col(_MONTH) != "") | ~is_total("order_id"))


def _left_out(gone: pl.DataFrame) -> pl.DataFrame:
    """How many the mapping leaves out, and for how much they were ordered."""
    ordered = "order_amount" if "order_amount" in gone.columns else "paid_amount"
    amounts = gone.with_columns(_of_one_currency(ordered).alias("left_out_amount"))
    return amounts.group_by(_KEYS).agg(pl.len().alias("left_out"), _known_sum("left_out_amount"))


def _known_sum(column: str) -> pl.Expr:
    """The sum of what is known; none where nothing is."""
    return pl.when(pl.col(column).count() > 0).then(pl.col(column).sum()).alias(column)


def _month(day: str) -> pl.Expr:
    return pl.col(day).dt.strftime("%Y-%m").alias(_MONTH)


def _with_source(rows: pl.LazyFrame) -> pl.LazyFrame:
    return rows if SOURCE in rows.collect_schema().names() else rows.with_columns(pl.lit("").alias(SOURCE))


def examples(rows: pl.LazyFrame, source: str, count: int = 3) -> dict[str, tuple[str, ...]]:
    """Cells of every column of a source ("" for a table of one), as text; empty ones are left out."""
    named = SOURCE in rows.collect_schema().names()
    mine = rows.filter(pl.col(SOURCE) == source) if source and named else rows
    head = mine.head(200).collect()
    return {name: tuple(str(cell) for cell in head[name].drop_nulls().head(count)) for name in head.columns}
