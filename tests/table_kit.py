"""Small tables for tests: a schema, a file written on the spot, and the prepared result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kpi_tui.definitions.library.table import ColumnType, SchemaColumn, TableSchema, TableSource
from kpi_tui.definitions.text import Text
from kpi_tui.tables.prepare import prepare
from kpi_tui.tables.prepared import Prepared

TODAY = date(2026, 11, 1)
SHARED = Path(__file__).parents[2] / "shared" / "data"

_COLUMNS = (
    SchemaColumn("order_id", ColumnType.STR),
    SchemaColumn("user_id", ColumnType.STR),
    SchemaColumn("created_at", ColumnType.DATETIME),
    SchemaColumn("paid_at", ColumnType.DATETIME, nullable=True),
    SchemaColumn("paid_amount", ColumnType.FLOAT),
    SchemaColumn("qty", ColumnType.INT, nullable=True),
    SchemaColumn("gift", ColumnType.BOOL, nullable=True),
    SchemaColumn("shipped_on", ColumnType.DATE, nullable=True),
    SchemaColumn("scene", ColumnType.STR, nullable=True),
)
ORDERS = TableSchema("orders", Text("Orders"), {c.name: c for c in _COLUMNS}, time="created_at", key=("order_id",))


def read(
    folder: Path,
    content: str | bytes | None = None,
    *,
    name: str = "orders.csv",
    timezone: str = "Asia/Shanghai",
    zone: str = "",
    schema: TableSchema = ORDERS,
    **source: Any,
) -> Prepared:
    """Write `content` to `folder/name` (None: it is there) and prepare it as orders; `zone` is the source's own."""
    if content is not None:
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    paths = source.pop("paths", (name,))
    made = TableSource("orders", paths, timezone=zone, **source)
    return prepare(made, schema, data=folder, roots=(folder,), timezone=timezone, today=TODAY)


def column(prepared: Prepared, name: str) -> list[Any]:
    """The values of one column."""
    return prepared.frame.select(name).collect()[name].to_list()


def counts(prepared: Prepared) -> Mapping[str, int]:
    """Rejected rows by reason."""
    return {item.reason: item.count for item in prepared.profile.rejected}


def balanced(prepared: Prepared) -> bool:
    """Every row of the files is kept, rejected, filtered or a copy: none disappeared."""
    said = prepared.profile
    return said.rows_read == said.rows_kept + sum(item.count for item in said.rejected) + said.filtered + said.repeated
