"""Whose rows a table of a workspace has, told by the exports it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.recipe import TOLD_BY, Recipe
from kpi_tui.workspace.start.add_tables import KnownSource

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.proposal import TableProposal
    from kpi_tui.definitions.workspace import Workspace


def known_sources(space: Workspace, tables: Iterable[str], recipes: Mapping[str, Recipe]) -> dict[str, KnownSource]:
    """Of orders and of each of these tables that the workspace maps: the export behind it, where one is recognised."""
    return {table: _known(space, table, recipes) for table in {"orders", *tables} & space.tables.keys()}


def _known(space: Workspace, table: str, recipes: Mapping[str, Recipe]) -> KnownSource:
    from kpi_tui.tables.propose.propose import propose
    from kpi_tui.tables.propose.several_files.shop_names import shop_name
    from kpi_tui.tables.source.files import resolve

    part = space.tables[table].parts()[0]
    try:
        files = resolve(part, space.data, space.data_roots)
    except TableError:  # `check` says what is wrong with them
        return KnownSource()
    found = propose(files[:1], space.schemas, space.timezone, recipes)
    tellers = {one.told_by: one.source for one in found.tables if one.table == table and one.recipe}
    own = KnownSource(shop_name(files[0])) if files else KnownSource()
    return next((KnownSource(tellers[told], told, recognised=True) for told in TOLD_BY if told in tellers), own)


def compared_orders(space: Workspace, parts: Sequence[TableProposal]) -> dict[Path, str]:
    """How orders of new files compare with those of the workspace; "" where they are others. Unreadable ones lack."""
    if not parts:
        return {}
    from kpi_tui.engine.kept.cache import Cache
    from kpi_tui.engine.numbers import Numbers
    from kpi_tui.tables.propose.several_files.same_orders import compare, numbered, orders_of

    found = {}
    with suppress(TableError):  # `check` says what is wrong with them
        there = numbered(Numbers(space, Cache(None)).rows("orders"))
        for part in parts:
            mine = orders_of(part, space.schemas["orders"], space.timezone)
            made = compare(mine, there, [there] if part.currency in ("", space.currency) else [])
            found[part.path] = "" if made.apart else made.said
    return found
