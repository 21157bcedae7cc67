"""Which tables of a workspace are counted in its currency by rates, and which day's rate their amounts have."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    import polars as pl

    from kpi_tui.tables.one_currency import DailyRates, Dated
    from kpi_tui.tables.prepared import Prepared

DATED_BY, ORDER = "orders", "order_id"
"""Amounts without a day of their own have that of their order."""


class HomeCurrency:
    """The rates of one workspace, read when the first table asks for them."""

    def __init__(self, workspace: Workspace, frame: Callable[[str], pl.LazyFrame]) -> None:
        """`frame`: the prepared rows of a table."""
        self._workspace = workspace
        self._frame = frame

    @cached_property
    def fingerprint(self) -> tuple[object, ...]:
        """What the rates are, and the days of orders; nothing without rates. Reads no row."""
        from kpi_tui.tables.source.changed_files import fingerprint

        space = self._workspace
        if space.rates is None:
            return ()
        sources = [space.rates.source, *([space.tables[DATED_BY]] if DATED_BY in space.tables else [])]
        return (space.rates.within, *(fingerprint(one, space.data, space.data_roots) for one in sources))

    def counted(self, table: str, prepared: Prepared, few: int) -> Prepared:
        """The table with amounts of other currencies counted by the rate of their day; as it is without rates.

        Of no more than `few` rows they are worked out once, of more whenever they are asked for. TableError when the
        rates cannot be read.
        """
        from kpi_tui.tables.one_currency import foreign, in_one_currency

        space = self._workspace
        if space.rates is None or not foreign(prepared.profile, space.currency):
            return prepared
        dated = self._dated(table)
        if dated is None:
            return prepared
        made = in_one_currency(prepared, space.tables[table], space.schemas[table], space.currency, self._rates, dated)
        if prepared.profile.rows_kept > few:
            return made
        return dataclasses.replace(made, frame=made.frame.collect().lazy())

    def _dated(self, table: str) -> Dated | None:
        """How the rows of a table come to their day; None where nothing says it."""
        from kpi_tui.tables.one_currency import by_another, by_itself

        space = self._workspace
        schema = space.schemas[table]
        if schema.time:
            return by_itself(schema.time)
        key = next((c.name for c in schema.columns.values() if c.references == f"{DATED_BY}.{ORDER}"), "")
        if not key or DATED_BY not in space.tables:
            return None
        return by_another(self._frame(DATED_BY), key, ORDER, space.schemas[DATED_BY].time)

    @cached_property
    def _rates(self) -> DailyRates:
        from kpi_tui.tables.one_currency import read_rates

        space = self._workspace
        assert space.rates is not None, "asked where there are some"
        return read_rates(space.rates, data=space.data, roots=space.data_roots, timezone=space.timezone)
