"""Lines of an order that say no currency: exports say it once, on the first line of an order (Shopify)."""

from __future__ import annotations

import polars as pl

from kpi_tui.definitions.library.table import CURRENCY_OF_ROW, TableSchema

_ORDER = "orders.order_id"


def with_currency_of_order(rows: pl.DataFrame, schema: TableSchema) -> pl.DataFrame:
    """The same lines, those without a currency in the only one that others of their order say.

    Of a table with several rows an order, which its key tells apart; a line of no order stays as it is.
    """
    order = next((one for one in schema.key if schema.columns[one].references == _ORDER), "")
    if CURRENCY_OF_ROW not in rows.columns or order not in rows.columns or not rows[CURRENCY_OF_ROW].null_count():
        return rows
    said = pl.col(CURRENCY_OF_ROW)
    least = said.min().over(order)
    only = pl.when(pl.col(order).is_not_null() & (least == said.max().over(order))).then(least)
    return rows.with_columns(pl.coalesce(said, only).alias(CURRENCY_OF_ROW))
