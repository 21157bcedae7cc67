"""What goods and campaigns are called, taken from the columns beside their ids: pages show names instead of ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.library.table import ColumnType, TableSchema
from kpi_tui.definitions.message import say
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.propose.by_column_names import column_for
from kpi_tui.tables.propose.lookups import FileColumns

_NAMED = {"products": "product_name", "campaigns": "campaign_name", "staff": "staff_name"}
"""Table -> its column that `named_by` of the schema asks for."""
_LINES, _GOODS = "order_items", "products"


def with_names(
    found: Iterable[TableProposal], files: Mapping[Path, FileColumns], schemas: Mapping[str, TableSchema]
) -> list[TableProposal]:
    """The tables with names beside their ids, and the goods of lines of orders where no file is a list of goods."""
    made = [_named(one, files[one.path]) for one in found]
    if _GOODS not in schemas or any(one.table == _GOODS for one in made):
        return made
    return [*made, *_goods(made, files)]


def _named(one: TableProposal, file: FileColumns) -> TableProposal:
    column = _NAMED.get(one.table, "")
    if not column or one.group_by or column in {*one.columns, *one.same}:
        return one
    name = column_for(one.table, column, file.shapes, ColumnType.STR)
    if name not in one.unmapped:
        return one
    kept = tuple(other for other in one.unmapped if other != name)
    return replace(one, columns={**one.columns, column: sql_name(name)}, unmapped=kept)


def _goods(parts: Iterable[TableProposal], files: Mapping[Path, FileColumns]) -> Iterator[TableProposal]:
    for one in parts:
        sku = one.columns.get("sku_id", "sku_id" if "sku_id" in one.same else "")
        file = files[one.path]
        name = column_for(_GOODS, "product_name", file.shapes, ColumnType.STR)
        kind = column_for(_GOODS, "category_id", file.shapes, ColumnType.STR)
        kind = "" if kind in (name, sku) else kind
        if one.table != _LINES or sku in ("", "null", sql_name(name)) or not (name or kind):
            continue
        if not name and sku == sql_name(kind):
            continue
        told = {"product_name": name, "category_id": kind}
        where = f"({one.where}) and {sku} is not null" if one.where else f"{sku} is not null"
        yield TableProposal(
            _GOODS,
            one.path,
            {"sku_id": sku, "product_id": sku} | {to: f"max({sql_name(of)})" for to, of in told.items() if of},
            missing=("list_price", "carried"),
            confidence=0.9,
            info=(say("goods and what they are called are taken from the lines of orders: {sku}", sku=sku),),
            where=where,
            group_by=(sku,),
            spare=True,
            recipe=one.recipe,
            recipe_name=one.recipe_name,
            source=one.source,
            currency=one.currency,
            options=one.options,
            more=one.more,
        )
