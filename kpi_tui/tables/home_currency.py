"""Which tables of a workspace are counted in its currency by rates, and which day's rate their amounts have."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from kpi_tui.definitions.message import say
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    import polars as pl

    from kpi_tui.tables.one_currency import DailyRates, Dated
    from kpi_tui.tables.prepared import Prepared

DATED_BY, ORDER = "orders", "order_id"
"""Amounts without a day of their own have that of their order."""


def key_of_order(workspace: Workspace, table: str) -> str:
    """The column of a table that names an order; "" where it has none."""
    columns = workspace.schemas[table].columns.values() if DATED_BY in workspace.tables else ()
    return next((column.name for column in columns if column.references == f"{DATED_BY}.{ORDER}"), "")


class HomeCurrency:
    """The rates of one workspace, read when the first table asks for them."""

    def __init__(self, workspace: Workspace, frame: Callable[[str], pl.LazyFrame]) -> None:
        """`frame`: the prepared rows of a table."""
        self._workspace = workspace
        self._frame = frame
        self._orders: Prepared | None = None  # as they are before rates: they say the currency of each order

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
        if space.rates is None:
            return self._as_they_are(table, prepared)
        if table == DATED_BY:
            self._orders = prepared
        dated = self._dated(table) if foreign(prepared.profile, space.currency) else self._as_ordered(table, prepared)
        if dated is None:
            return self._as_they_are(table, prepared)
        if not prepared.profile.currencies:
            prepared = _said_of(prepared, table, space.currency)
        made = in_one_currency(prepared, space.tables[table], space.schemas[table], space.currency, self._rates, dated)
        if prepared.profile.rows_kept > few:
            return made
        return dataclasses.replace(made, frame=made.frame.collect().lazy())

    def _as_they_are(self, table: str, prepared: Prepared) -> Prepared:
        """The same rows; their profile says what is asked about own numbers."""
        from kpi_tui.tables.currencies.own_numbers import with_own_numbers

        source, schema = self._workspace.tables[table], self._workspace.schemas[table]
        several = any(len(words) > 1 for words in prepared.profile.currencies.values())
        kinds = prepared.frame.collect_schema()
        told = with_own_numbers(prepared.profile, kinds, source, schema, several=several)
        return dataclasses.replace(prepared, profile=told)

    def _dated(self, table: str) -> Dated | None:
        """How the rows of a table come to their day; None where nothing says it."""
        from kpi_tui.tables.one_currency import by_another, by_itself

        space = self._workspace
        schema = space.schemas[table]
        if schema.time:
            return by_itself(schema.time)
        if not (key := key_of_order(self._workspace, table)):
            return None
        return by_another(self._frame(DATED_BY), key, ORDER, space.schemas[DATED_BY].time)

    def _as_ordered(self, table: str, prepared: Prepared) -> Dated | None:
        """How rows that nowhere say a currency come to that of their order; None where orders are in ours alone."""
        from kpi_tui.tables.currencies.currency_of_row import amounts
        from kpi_tui.tables.one_currency import foreign, in_that_of, with_currency

        space = self._workspace
        key, money = key_of_order(self._workspace, table), amounts(space.tables[table], space.schemas[table])
        if prepared.profile.currencies or not key or prepared.missing.issuperset(money):
            return None
        self._frame(DATED_BY)
        dated = self._dated(table)
        if self._orders is None or dated is None or not foreign(self._orders.profile, space.currency):
            return None
        return in_that_of(with_currency(self._orders), key, ORDER, dated)

    @cached_property
    def _rates(self) -> DailyRates:
        from kpi_tui.tables.one_currency import read_rates

        space = self._workspace
        assert space.rates is not None, "asked where there are some"
        return read_rates(space.rates, data=space.data, roots=space.data_roots, timezone=space.timezone)


def _said_of(prepared: Prepared, table: str, home: str) -> Prepared:
    """The same rows; its profile says whose currency they have."""
    said = say(
        "amounts of {table} are taken to be in the currency of their order; where they are in {home} write "
        'currency = "{home}" in [tables.{table}]',
        table=table,
        home=home,
    )
    profile = dataclasses.replace(prepared.profile, notes=(*prepared.profile.notes, said))
    return dataclasses.replace(prepared, profile=profile)
