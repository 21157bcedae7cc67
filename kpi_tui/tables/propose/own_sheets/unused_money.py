"""Money beside the amounts of orders that nothing uses (tax, wrapping, tips), and goods in numbered columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, combinations

import polars as pl

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.message import Message, listed, say
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.mapping.plain_numbers import to_number
from kpi_tui.tables.mapping.printed_numbers import unprinted
from kpi_tui.tables.propose.by_column_names import AMOUNTS, ORDERS
from kpi_tui.tables.propose.lookups import FileColumns

_MONEY = re.compile(
    r"(price|amount|tax|vat|fee|fees|shipping|postage|delivery|wrap|discount|promotion|coupon|tip|total|surcharge)\b"
    r"|(金额|费|税|优惠|折扣|红包|抵扣|补贴|佣金|小费|包装|运费|邮费|立减|满减)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?i)(?:line[\s_-]?items?|items?|products?|商品|产品)[\s_-]?(\d+)\b.*")
_MOST = 6
_OFF = re.compile(r"discount|promotion|coupon|优惠|折扣|红包|抵扣|补贴|立减|满减", re.IGNORECASE)
_LOOKED = 60  # rows that tell of what an amount is the sum
_TRIED = 10  # columns that may be its parts: each taken or not
_CENT = 0.005
_RIGHT = 0.95


def told_of_orders(part: TableProposal, file: FileColumns) -> Iterator[Message]:
    """What is said of orders whose file holds more money, or more goods, than the mapping reads."""
    if part.table != ORDERS:
        return
    sums = {name: total for name in part.unmapped if _MONEY.search(name) and (total := _sum(file, name))}
    of_amounts = _parts(part, file, list(sums))
    sums = {name: total for name, total in sums.items() if name not in of_amounts}
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


def _parts(part: TableProposal, file: FileColumns, unused: Sequence[str]) -> set[str]:
    """Columns of which an amount that is read is the sum (goods and shipping of a total): they count by it."""
    sql = " ".join(part.columns.get(name, name if name in part.same else "") for name in AMOUNTS)
    read = [name for name in file.frame.columns if name not in part.unmapped and sql_name(name) in sql]
    found: set[str] = set()
    for amount in (name for name in read if _is_number(file, name)):
        cells = [_values(file, name).head(_LOOKED) for name in (amount, *unused[:_TRIED])]
        total, *rest = (one.fill_null(0.0).to_list() for one in cells)
        rows = [n for n, empty in enumerate(cells[0].is_null()) if not empty]
        signed = [
            [-abs(cell) for cell in one] if _OFF.search(name) else one for name, one in zip(unused, rest, strict=False)
        ]
        for chosen in _choices(len(signed)):
            right = sum(abs(sum(signed[at][n] for at in chosen) - total[n]) < _CENT for n in rows)
            if rows and right >= _RIGHT * len(rows):
                found |= {unused[at] for at in chosen}
    return found


def _choices(count: int) -> Iterator[tuple[int, ...]]:
    """Every choice of some of them."""
    return chain.from_iterable(combinations(range(count), taken) for taken in range(1, count + 1))


def _sum(file: FileColumns, name: str) -> float:
    """What a column comes to; 0 where it holds no numbers."""
    return float(_values(file, name).sum() or 0.0) if _is_number(file, name) else 0.0


def _is_number(file: FileColumns, name: str) -> bool:
    shape = file.shapes.get(name)
    return shape is not None and ColumnType.FLOAT in shape.sql and not shape.empty


def _values(file: FileColumns, name: str) -> pl.Series:
    cells = file.frame[name]
    return to_number(unprinted("", cells).text if cells.dtype == pl.String else cells).values.cast(pl.Float64)
