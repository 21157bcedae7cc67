"""Money beside the amounts of orders that nothing uses (tax, wrapping, tips), and goods in numbered columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.message import Message, listed, say
from kpi_tui.tables.mapping.plain_numbers import to_number
from kpi_tui.tables.mapping.printed_numbers import unprinted
from kpi_tui.tables.propose.by_column_names import ORDERS
from kpi_tui.tables.propose.lookups import FileColumns

_MONEY = re.compile(
    r"(price|amount|tax|vat|fee|fees|shipping|postage|delivery|wrap|discount|promotion|coupon|tip|total|surcharge)\b"
    r"|(金额|费|税|优惠|折扣|红包|抵扣|补贴|佣金|小费|包装|运费|邮费|立减|满减)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?i)(?:line[\s_-]?items?|items?|products?|商品|产品)[\s_-]?(\d+)\b.*")
_MOST = 6


def told_of_orders(part: TableProposal, file: FileColumns) -> Iterator[Message]:
    """What is said of orders whose file holds more money, or more goods, than the mapping reads."""
    if part.table != ORDERS:
        return
    sums = {name: total for name in part.unmapped if _MONEY.search(name) and (total := _sum(file, name))}
    if sums:
        shown = [say("{column} {sum:,.2f}", column=name, sum=total) for name, total in list(sums.items())[:_MOST]]
        yield say(
            "money that is no part of the amounts of orders: {columns}; where it is: `init … --column "
            "orders.paid_amount=SQL` (e in step 2 of the wizard)",
            columns=listed(shown),
        )
    numbered = [name for name in part.unmapped if _NUMBERED.fullmatch(name)]
    if len(numbered) > 1:
        yield say(
            "goods in numbered columns ({columns}) are not read: export one row a line (in the plugin: line items in "
            "separate rows); the orders count all the same",
            columns=listed(numbered[:_MOST]),
        )


def _sum(file: FileColumns, name: str) -> float:
    """What a column comes to; 0 where it holds no numbers."""
    shape = file.shapes.get(name)
    if shape is None or ColumnType.FLOAT not in shape.sql or shape.empty:
        return 0.0
    cells = file.frame[name]
    values = to_number(unprinted("", cells).text if cells.dtype == pl.String else cells).values
    return float(values.cast(pl.Float64).sum() or 0.0)
