"""Orders and their goods in one file: lines of invoices (订单明细), or a row an order with what was sold in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from kpi_tui.definitions.answers.proposal import ONE_UNIT, TableProposal
from kpi_tui.definitions.library.table import ColumnType, TableSchema
from kpi_tui.definitions.message import listed, say
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.mapping.plain_numbers import to_number
from kpi_tui.tables.propose.assumptions import PAID_WHEN_CREATED, who_buys
from kpi_tui.tables.propose.by_column_names import Match, column_for, match
from kpi_tui.tables.propose.column_shapes import Shape
from kpi_tui.tables.propose.order_amounts import adds_up, said_once
from kpi_tui.tables.propose.sampled_file import SampledFile

_KNOWN = {"order_id", "created_at"}
_REPEATED = 0.95  # of more different order ids than this share of the rows those that repeat may be copies


def order_tables(
    frame: pl.DataFrame, path: Path, shapes: Mapping[str, Shape], schemas: Mapping[str, TableSchema]
) -> list[TableProposal]:
    """Orders (grouped by order id) and order_items, when an order id repeats beside goods that differ.

    Without a quantity a row is one unit: some export a row a piece. A sheet may know no buyers.
    """
    if not {"orders", "order_items"} <= schemas.keys():
        return []
    items = match(schemas["order_items"], shapes)
    orders = match(schemas["orders"], shapes)
    if not orders.columns.keys() >= _KNOWN:
        return []
    order = orders.columns["order_id"][0]
    seldom = frame[order].n_unique() > _REPEATED * frame.height
    one_unit = "" if "qty" in items.columns else ONE_UNIT
    if (seldom or one_unit) and not _goods_differ(frame, order, items, shapes):
        return []
    items = replace(items, columns={"qty": ("", "1"), **items.columns})
    items = _priced(frame, items, orders)
    if "unit_price" not in items.columns:
        return []
    items, named = _named(items, shapes)
    used = {column for column, _ in (*items.columns.values(), *orders.columns.values())}
    unmapped = tuple(name for name in shapes if name not in used)
    where, dirt = _dirt(frame, items, order)
    notes = [
        say("one row of {path} is a line of an order: orders are grouped by {order}", path=path.name, order=order),
        dirt,
        named,
        one_unit,
        *orders.notes,
        *who_buys(orders, shapes),
        *(_asked(frame, orders, name, items) for name in ("order_amount", "paid_amount")),
    ]
    for found, schema in ((orders, schemas["orders"]), (items, schemas["order_items"])):
        for name, (column, _) in found.columns.items():
            notes += [] if not column else shapes[column].notes(schema.columns[name].type)
    if "paid_at" not in orders.columns:
        notes.append(PAID_WHEN_CREATED)
    said = tuple(dict.fromkeys(note for note in notes if note))
    taken = {**items.columns, "order_id": orders.columns["order_id"]}
    plain = {name: sql for name, (_, sql) in taken.items() if sql != name}
    same = tuple(name for name, (_, sql) in taken.items() if sql == name)
    quoted = shapes[order].sql[ColumnType.STR]
    return [
        TableProposal("orders", path, _orders(frame, orders, items), unmapped, (), 0.9, said, where, (quoted,)),
        TableProposal("order_items", path, plain, unmapped, (), 0.9, (), where, same=same),
    ]


def goods_of_orders(
    seen: SampledFile, orders: Match, schemas: Mapping[str, TableSchema]
) -> tuple[TableProposal, str] | None:
    """The only line of every order, where a row is an order and says what was sold, how often and for how much.

    With what an order comes to by it. None where a column could be the price of one unit and of all. Without a quantity
    a row is one unit; without an order number the goods get that of their row, as the orders do.
    """
    items, named = _named(match(schemas["order_items"], seen.shapes), seen.shapes)
    amount = next((orders.columns[one] for one in ("paid_amount", "order_amount") if one in orders.columns), None)
    if "sku_id" not in items.columns or not (amount or "qty" in items.columns):
        return None
    one_unit = "" if "qty" in items.columns else ONE_UNIT
    items = replace(items, columns={"qty": ("", "1"), **items.columns})
    if amount and (one_unit or "unit_price" not in items.columns):
        pieces = items.columns["qty"][1]
        each = (amount[0], amount[1] if one_unit else f"{amount[1]} / nullif({pieces}, 0)")
        items = replace(items, columns={**items.columns, "unit_price": each})
    elif "unit_price" not in items.columns or (amount and items.columns["unit_price"][0] == amount[0]):
        return None
    number = {"order_id": orders.columns["order_id"]} if "order_id" in orders.columns else {}
    taken = {**items.columns, **number}
    used = {column for column, _ in (*taken.values(), *orders.columns.values())}
    made = TableProposal(
        "order_items",
        seen.path,
        {name: sql for name, (_, sql) in taken.items() if sql != name},
        tuple(name for name in seen.shapes if name not in used),
        () if "order_id" in taken else ("order_id",),
        round(min(orders.score, 1.0), 2),
        tuple(filter(None, (named, one_unit))),
        same=tuple(name for name, (_, sql) in taken.items() if sql == name),
    )
    return made, f"{items.columns['qty'][1]} * {items.columns['unit_price'][1]}"


def _goods_differ(frame: pl.DataFrame, order: str, items: Match, shapes: Mapping[str, Shape]) -> bool:
    """Whether lines of an order name different goods: else a row may be a payment, or a copy."""
    goods = items.columns.get("sku_id", ("", ""))[0] or column_for("order_items", "goods", shapes, ColumnType.STR)
    if not goods or goods == order:
        return False
    named = frame.select(order, goods).drop_nulls()
    return named.n_unique() > named[order].n_unique()


def _named(items: Match, shapes: Mapping[str, Shape]) -> tuple[Match, str]:
    """Without a code the name of the goods tells them apart, and a note says so."""
    goods = column_for("order_items", "goods", shapes, ColumnType.STR)
    if "sku_id" in items.columns or not goods:
        return items, ""
    said = say("no column was found for sku_id: goods are told apart by {goods}", goods=goods)
    return replace(items, columns={**items.columns, "sku_id": (goods, sql_name(goods))}), said


def _priced(frame: pl.DataFrame, items: Match, orders: Match) -> Match:
    """Without a price of one unit, the amount of a line divided by its quantity is it."""
    name = next((name for name in ("paid_amount", "order_amount") if name in orders.columns), "")
    if "unit_price" in items.columns or not name or not _once(frame, orders, name, items).startswith("sum("):
        return items
    column, sql = orders.columns[name]
    pieces = items.columns["qty"]
    each = f"{sql} / nullif({pieces[1]}, 0)" if pieces[0] else sql
    return replace(items, columns={**items.columns, "unit_price": (column, each)})


def _orders(frame: pl.DataFrame, orders: Match, items: Match) -> dict[str, str]:
    """Aggregates of one order's lines; what is the same on every line, or on one only, is taken once."""
    pieces, price = items.columns["qty"], items.columns["unit_price"][1]
    worth = f"sum({pieces[1]} * {price})" if pieces[0] else f"sum({price})"
    once = ("user_id", "created_at", "channel_id", "campaign_id", "seller_id", "domain")
    found = {name: f"min({orders.columns[name][1]})" for name in once if name in orders.columns}
    paid = orders.columns.get("paid_at", orders.columns["created_at"])[1]
    amounts = {name: _once(frame, orders, name, items) for name in ("order_amount", "paid_amount")}
    placed = amounts["order_amount"] or amounts["paid_amount"] or worth
    return {
        "order_id": orders.columns["order_id"][1],
        **found,
        "paid_at": f"min({paid})",
        "order_amount": placed,
        "paid_amount": amounts["paid_amount"] or placed,
    }


def _once(frame: pl.DataFrame, orders: Match, name: str, items: Match) -> str:
    """The amount of an order: said once when it is the same on all its lines or stands on one only, else their sum."""
    if name not in orders.columns:
        return ""
    column, sql = orders.columns[name]
    order = orders.columns["order_id"][0]
    groups = (
        frame.lazy().group_by(order).agg(pl.len().alias("lines"), pl.col(column).drop_nulls().n_unique().alias("n"))
    )
    several = groups.filter(pl.col("lines") > 1).collect()["n"]
    if len(several) and (several <= 1).all() and said_once(_cells(frame, orders, name, items), name):
        return f"max({sql})"
    price, (pieces, _) = items.columns.get("unit_price", ("", ""))[1], items.columns["qty"]
    return f"sum({sql})" if len(several) and (sql != price or not pieces) else ""


def _asked(frame: pl.DataFrame, orders: Match, name: str, items: Match) -> str:
    """Whose amount a column is, where the goods of the lines do not prove it."""
    way = _once(frame, orders, name, items)
    if not way or adds_up(_cells(frame, orders, name, items), name, once=way.startswith("max(")):
        return ""
    column, sql = orders.columns[name]
    if way.startswith("max("):
        return say(
            "{column} is the same on all lines of an order: it is taken once; if it is that of each line: "
            "`init … --column 'orders.{name}=sum({sql})'` (e in step 2 of the wizard)",
            column=column,
            name=name,
            sql=sql,
        )
    return say(
        "{column} differs between the lines of an order: they are added up; if it is that of the whole order: "
        "`init … --column 'orders.{name}=max({sql})'` (e in step 2 of the wizard)",
        column=column,
        name=name,
        sql=sql,
    )


def _cells(frame: pl.DataFrame, orders: Match, name: str, items: Match) -> dict[str, pl.Series]:
    """The columns that tell whose an amount is, as `said_once` calls them."""
    pieces, price = (items.columns.get(one, ("", ""))[0] for one in ("qty", "unit_price"))
    cells = {"order": frame[orders.columns["order_id"][0]], name: frame[orders.columns[name][0]]}
    if price and price != orders.columns[name][0]:
        cells |= {"price": frame[price], "pieces": frame[pieces] if pieces else pl.repeat(1, frame.height, eager=True)}
    return cells


def _dirt(frame: pl.DataFrame, items: Match, order: str) -> tuple[str, str]:
    """A `where` that keeps sales only, and how many lines it leaves out for which reason.

    Whoever buys without a name or number buys all the same.
    """
    qty, price = (items.columns[name] for name in ("qty", "unit_price"))
    reasons = {f"{sql_name(order)} is not null": (frame[order].null_count(), say("without {order}", order=order))}
    for column, sql in (one for one in (qty, price) if one[0]):
        sql = sql.partition(" / nullif(")[0]  # the amount of a line, when there is no price
        low = int((to_number(frame[column]).values <= 0).sum())
        reasons[f"{sql} > 0"] = (low, say("with {column} of 0 or less", column=column))
    parts = {sql: said for sql, said in reasons.items() if said[0]}
    if not parts:
        return "", ""
    counts = listed(say("{count} {said}", count=count, said=said) for count, said in parts.values())
    return " and ".join(parts), say("`where` leaves out lines that are no sales: {counts}", counts=counts)
