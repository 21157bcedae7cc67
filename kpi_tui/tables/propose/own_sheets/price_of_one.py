"""An amount that stays the same however many were bought may be the price of one unit."""

from __future__ import annotations

import polars as pl

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.message import Message, say
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.mapping.plain_numbers import to_number
from kpi_tui.tables.propose.by_column_names import AMOUNTS
from kpi_tui.tables.propose.lookups import FileColumns
from kpi_tui.tables.source.text_cells import tidy

_SURE = 3  # rows of goods that were bought in several quantities
_GOOD, _QTY, _AMOUNT = "good", "qty", "amount"


def perhaps_price_of_one(orders: TableProposal, goods: TableProposal, seen: FileColumns) -> tuple[Message, ...]:
    """What to ask where no good that was bought in several quantities has several amounts; nothing elsewhere."""
    columns = {sql_name(name): name for name, shape in seen.shapes.items() if ColumnType.FLOAT in shape.sql}
    amount = next((columns[sql] for name in AMOUNTS if (sql := orders.columns.get(name, "")) in columns), "")
    qty, good = columns.get(goods.columns.get("qty", ""), ""), goods.columns.get("sku_id", "")
    named = next((name for name in seen.shapes if sql_name(name) == good), "")
    if not (amount and qty and named) or amount == qty:
        return ()
    lines = pl.DataFrame(
        {
            _GOOD: tidy(seen.frame[named].cast(pl.String)),
            _QTY: to_number(seen.frame[qty].cast(pl.String)).values.cast(pl.Float64),
            _AMOUNT: to_number(seen.frame[amount].cast(pl.String)).values.cast(pl.Float64),
        }
    ).drop_nulls()
    several = lines.filter(pl.col(_QTY).n_unique().over(_GOOD) > 1)
    if several.height < _SURE or not several.select((pl.col(_AMOUNT).n_unique().over(_GOOD) == 1).all()).item():
        return ()
    first = several.filter(pl.col(_GOOD) == several[_GOOD][0])
    worth = sql_name(amount) + " * " + sql_name(qty)
    meant = [name for name in AMOUNTS if orders.columns.get(name) == sql_name(amount)]
    said = say(
        "{amount} of {good} is {value} whether {few} or {many} were bought: where it is the price of one unit, "
        "`init … {options}` (e in step 2 of the wizard) makes amounts of it",
        amount=amount,
        good=first[_GOOD][0],
        value=format(first[_AMOUNT][0], ".12g"),
        few=format(first[_QTY].min(), ".12g"),
        many=format(first[_QTY].max(), ".12g"),
        options=" ".join("--column 'orders." + name + "=" + worth + "'" for name in meant),
    )
    return (said,)
