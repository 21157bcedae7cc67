"""Orders whose buyer or amount stands in another file: a lookup is proposed (`[tables.orders.join.x]`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import polars as pl

from kpi_tui.definitions.answers.proposal import JoinProposal, TableProposal
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.message import say
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.propose.by_column_names import column_for
from kpi_tui.tables.propose.column_shapes import Shape
from kpi_tui.tables.propose.synonyms import names_of, plain


class FileColumns(Protocol):
    """A file that was looked at."""

    @property
    def path(self) -> Path: ...
    @property
    def frame(self) -> pl.DataFrame: ...
    @property
    def shapes(self) -> Mapping[str, Shape]: ...


def with_lookups(orders: TableProposal, files: Sequence[FileColumns]) -> TableProposal:
    """The proposal for orders with what other files know about them."""
    own = next((file for file in files if file.path == orders.path), None)
    if own is None or orders.group_by or orders.more:
        return orders
    others = [file for file in files if file is not own]
    return _with_amount(_with_people(orders, own, others), own, others)


def _with_people(orders: TableProposal, own: FileColumns, others: Sequence[FileColumns]) -> TableProposal:
    """A number per order is no person: another file may say whose number it is."""
    key = column_for("orders", "user_id", own.shapes, ColumnType.STR)
    for other in others:
        person = column_for("orders", "user_id", other.shapes, ColumnType.STR)
        if not key or person in ("", key) or key not in other.shapes or _place(person) > _place(key):
            continue
        if other.frame[key].n_unique() == other.frame.height > other.frame[person].n_unique():
            note = say(
                "{key} is another number for the same person: {person} of {path} tells people apart",
                key=key,
                person=person,
                path=other.path.name,
            )
            columns = {**orders.columns, "user_id": sql_name(person)}
            return _joined(replace(orders, columns=columns), other, key, {person: sql_name(person)}, note)
    return orders


def _with_amount(orders: TableProposal, own: FileColumns, others: Sequence[FileColumns]) -> TableProposal:
    """Several payments of an order are added up."""
    key = column_for("orders", "order_id", own.shapes, ColumnType.STR)
    if not key or not {"order_amount", "paid_amount"} <= set(orders.missing):
        return orders
    for other in others:
        paid = column_for("orders", "paid_amount", other.shapes, ColumnType.FLOAT)
        if key not in other.shapes or not paid:
            continue
        name = paid if paid not in own.shapes else f"{paid}_sum"
        worth = other.shapes[paid].sql[ColumnType.FLOAT]
        amounts = dict.fromkeys(("order_amount", "paid_amount"), f"coalesce({sql_name(name)}, 0)")
        missing = tuple(column for column in orders.missing if column not in amounts)
        note = say(
            "what an order is worth is added up from {paid} of {path}; an order without a row there is 0",
            paid=paid,
            path=other.path.name,
        )
        made = replace(orders, columns={**orders.columns, **amounts}, missing=missing)
        return _joined(made, other, key, {name: f"sum({worth})"}, note)
    return orders


def _place(name: str) -> int:
    """How plainly a name means the person; a better one comes earlier."""
    return names_of("orders", "user_id").index(plain(name))


def _joined(
    orders: TableProposal, other: FileColumns, key: str, columns: Mapping[str, str], note: str
) -> TableProposal:
    joins = {**orders.joins, other.path.stem: JoinProposal(other.path, key, columns)}
    return replace(orders, joins=joins, notes=(*orders.notes, note))
