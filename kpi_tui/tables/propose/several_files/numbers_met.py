"""Refunds and goods of a file of their own that name orders by a number which several files give to others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.library.recipe import MONEY
from kpi_tui.definitions.message import listed, says
from kpi_tui.tables.propose.several_files.shops import Shops

_ORDERS = "orders"


def with_numbers_met(
    parts: Iterable[TableProposal], frames: Mapping[Path, pl.DataFrame], shops: Shops
) -> list[TableProposal]:
    """The parts, each told that its rows meet several orders, where numbers begin at one again in a file of orders."""
    parts = list(parts)
    orders = [one for one in parts if one.table == _ORDERS]
    files = [path for one in orders for path in (one.path, *one.more)]
    if not any(one.renumbered for one in orders):
        return parts
    return [
        one
        if one.renumbered or one.path in files or one.table not in MONEY
        else replace(one, notes=(*one.notes, *_told(one, frames, files, shops)))
        for one in parts
    ]


def _told(part: TableProposal, frames: Mapping[Path, pl.DataFrame], files: list[Path], shops: Shops) -> Iterable[str]:
    sql = part.columns.get("order_id", "order_id" if "order_id" in part.same else "")
    met = [number for path in (part.path, *part.more) for number in shops.met_again(sql, frames[path], files)]
    if met:
        yield says(
            "{file}: {count} row names an order by a number that several files of orders give to others ({names}): "
            "which one is meant nobody can tell; write the number there as it stands in the orders of the workspace",
            "{file}: {count} rows name orders by numbers that several files of orders give to others ({names}): "
            "which are meant nobody can tell; write the numbers there as they stand in the orders of the workspace",
            len(met),
            file=part.path.name,
            count=len(met),
            names=listed(list(dict.fromkeys(met))[:3]),
        )
