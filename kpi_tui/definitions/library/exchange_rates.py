"""What one unit of a currency is worth in that of the workspace, day by day (`[rates]` of workspace.toml)."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.library.table import ColumnType, SchemaColumn, TableSchema, TableSource
from kpi_tui.definitions.text import Text

SCHEMA = TableSchema(
    "rates",
    Text("Exchange rates", "汇率"),
    {
        "currency": SchemaColumn("currency", ColumnType.STR, about=Text("code: USD, EUR …", "代码：USD、EUR …")),
        "day": SchemaColumn("day", ColumnType.DATE, about=Text("day from which the rate holds", "汇率起始日")),
        "rate": SchemaColumn(
            "rate",
            ColumnType.FLOAT,
            about=Text("what one unit is worth in the workspace's currency", "一单位折合多少记账币种"),
        ),
    },
    time="day",
    key=("currency", "day"),
)
"""What a file of rates is mapped to, as tables are."""
MOST_WITHIN = 366
WITHIN = 7
"""Days for which a rate holds where none follows: over a weekend and holidays."""


@dataclass(frozen=True, slots=True)
class ExchangeRates:
    """Where the rates come from, and for how many days after its own a rate still holds."""

    source: TableSource
    within: int = WITHIN
