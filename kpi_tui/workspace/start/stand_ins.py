"""What stands in for columns that nobody picked, in a table that a person put together; `check` asks about it."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.definitions.answers.proposal import ONE_UNIT, TableProposal, taken_to_be, without_key
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.message import say

_OTHERS = {
    "orders": (("paid_at", "created_at"), ("order_amount", "paid_amount"), ("paid_amount", "order_amount")),
    "products": (("sku_id", "product_id"),),
    "events": (("visitor_id", "user_id"),),
}


def with_stand_ins(part: TableProposal, schema: TableSchema) -> TableProposal:
    """The part as it is understood where a column says two things: else nothing would ever be paid.

    A column that was left empty by hand stays empty.
    """
    columns = dict(part.columns)
    notes = list(part.notes)
    for name, other in _OTHERS.get(part.table, ()):
        sql = columns.get(other, other if other in part.same else "")
        if name not in columns and name not in part.same and sql not in ("", "null"):
            columns[name] = sql
            notes.append(taken_to_be(name, other))
    time = columns.get(schema.time, schema.time if schema.time in part.same else "")
    if part.table == "orders" and "order_id" not in {*columns, *part.same} and time not in ("", "null"):
        columns["order_id"] = f"row_number() over (order by {time})"
        notes.append(say("no column was found for order_id: every row is an order, numbered by time"))
    if part.table == "order_items" and "qty" not in columns and "qty" not in part.same:
        columns["qty"] = "1"
        notes.append(ONE_UNIT)
    if without := [key for key in schema.key if key not in columns and key not in part.same]:
        notes.append(without_key(schema.id, without))
    missing = tuple(name for name in part.missing if name not in columns)
    return replace(part, columns=columns, notes=tuple(notes), missing=missing)
