"""What stands in for columns that nobody picked, in a table that a person put together; `check` asks about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.proposal import BY_FILE, BY_SOURCE, ONE_UNIT, TableProposal, taken_to_be, without_key
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.message import say
from kpi_tui.sql.quoted_text import quoted_text

_OTHERS = {
    "orders": (("paid_at", "created_at"), ("order_amount", "paid_amount"), ("paid_amount", "order_amount")),
    "products": (("sku_id", "product_id"),),
    "events": (("visitor_id", "user_id"),),
}

OF_FILE = '"kpi:name"'
FILE_BEFORE = f"{OF_FILE} || ':' ||"
"""What tells the orders of the same number in two files of one path apart."""
_NUMBER_OF_ROW = f"""concat({OF_FILE}, ':', "kpi:row")"""
NUMBERED = say("no column was found for order_id: every row is an order, called by its file and row")


def with_numbers_of_orders(parts: Sequence[TableProposal]) -> list[TableProposal]:
    """The parts, goods of an own sheet numbered as its orders are, whatever a person took for their number."""
    orders = {one.path: one for one in parts if one.table == "orders" and not (one.recipe or one.group_by)}
    return [
        _numbered(one, orders[one.path]) if one.table == "order_items" and one.path in orders else one for one in parts
    ]


def _numbered(goods: TableProposal, orders: TableProposal) -> TableProposal:
    sql = orders.columns.get("order_id", "order_id" if "order_id" in orders.same else "")
    if goods.recipe or sql in ("", "null", "order_id"):
        return goods
    return replace(
        goods,
        columns={**goods.columns, "order_id": sql},
        missing=tuple(name for name in goods.missing if name != "order_id"),
        same=tuple(name for name in goods.same if name != "order_id"),
        notes=tuple(note for note in goods.notes if note != without_key("order_items", ["order_id"])),
    )


def renumbered(part: TableProposal) -> TableProposal:
    """A part whose order numbers are those of others too: with its source or its file they are its own."""
    if not part.renumbered:
        return part
    filled = {name: part.columns.get(name, name if name in part.same else "") for name in ("order_id", "refund_id")}
    whose = f"{quoted_text(f'{part.source}:')} ||" if part.renumbered == BY_SOURCE else FILE_BEFORE
    own = {name: f"{whose} {sql}" for name, sql in filled.items() if sql not in ("", "null")}
    groups = (*part.group_by, OF_FILE) if part.group_by and part.renumbered == BY_FILE else part.group_by
    same = tuple(name for name in part.same if name not in own)
    return replace(part, columns={**part.columns, **own}, same=same, group_by=groups, renumbered="")


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
    if part.table == "orders" and "order_id" not in {*columns, *part.same} and not part.group_by:
        columns["order_id"] = _NUMBER_OF_ROW
        notes = [note for note in notes if note != without_key("orders", ["order_id"])] + [NUMBERED]
    if part.table == "order_items" and "qty" not in columns and "qty" not in part.same:
        columns["qty"] = "1"
        notes.append(ONE_UNIT)
    if without := [key for key in schema.key if key not in columns and key not in part.same]:
        notes.append(without_key(schema.id, without))
    missing = tuple(name for name in part.missing if name not in columns)
    return replace(part, columns=columns, notes=tuple(notes), missing=missing)
