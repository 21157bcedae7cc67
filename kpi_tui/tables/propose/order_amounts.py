"""Whether an amount stands once for an order of several lines, or is that of each line: told by the file itself."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from kpi_tui.tables.mapping.plain_numbers import to_number
from kpi_tui.tables.mapping.printed_numbers import unprinted
from kpi_tui.tables.source.text_cells import tidy

_CENT = 0.01
_LOOKED = 100_000  # lines that are enough to tell
_FEW = 0.1  # orders whose lines differ by mistake
_MOST = 0.9  # orders whose lines must add up to their goods before a sum is believed


def said_once(cells: Mapping[str, pl.Series], name: str) -> bool:
    """True when all lines of an order say the same amount, or one of them says it.

    `cells`: the columns of the file as a recipe names them: `order`, and `price` and `pieces` of a line where it has
    them. Lines that are the same by chance are told by their goods: amounts that add up to them are those of lines.
    """
    orders = _orders(cells, name)
    if (orders["different"] > 1).sum() > _FEW * len(orders):
        return False
    odd = orders.filter((pl.col("sum") - pl.col("largest")).abs() > _CENT)
    right = int(((odd["sum"] - odd["goods"]).abs() <= _CENT).sum())
    return not len(odd) or right < _MOST * len(odd)


def adds_up(cells: Mapping[str, pl.Series], name: str, *, once: bool) -> bool:
    """True when the goods of most orders of several lines are the amount, taken once or summed over the lines."""
    orders = _orders(cells, name)
    right = ((orders["largest" if once else "sum"] - orders["goods"]).abs() <= _CENT).sum()
    return len(orders) > 0 and int(right) >= _MOST * len(orders)


def _orders(cells: Mapping[str, pl.Series], name: str) -> pl.DataFrame:
    """Every order of several lines that has an amount: how many `different`, `largest`, `sum`, and worth of `goods`."""
    lines = {"order": tidy(cells["order"].head(_LOOKED)), "amount": _numbers(cells[name])}
    goods = pl.lit(None, dtype=pl.Float64)
    if {"price", "pieces"} <= cells.keys():
        lines |= {"price": _numbers(cells["price"]), "pieces": _numbers(cells["pieces"])}
        goods = (pl.col("price") * pl.col("pieces")).sum()
    amount = pl.col("amount")
    return (
        pl.DataFrame(lines)
        .drop_nulls("order")
        .group_by("order")
        .agg(
            pl.len().alias("lines"),
            amount.drop_nulls().n_unique().alias("different"),
            amount.max().alias("largest"),
            amount.sum().alias("sum"),
            goods.alias("goods"),
        )
        .filter((pl.col("lines") > 1) & pl.col("largest").is_not_null())
    )


def _numbers(whole: pl.Series) -> pl.Series:
    cells = whole.head(_LOOKED)
    values = to_number(cells if cells.dtype != pl.String else unprinted("", cells).text).values
    return values.cast(pl.Float64)
