"""Reads and maps somebody's files as a plan says, and tells what would come of it: money, days, metrics, roles."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_tui.book.data_quality import DataQuality
from kpi_tui.book.library import Library
from kpi_tui.book.start.planned_roles import planned_roles
from kpi_tui.definitions.answers.setup import MoneyMonth, SetupTrial, part_id
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import SOURCE

if TYPE_CHECKING:
    import polars as pl

    from kpi_tui.book.start.plan import SetupPlan
    from kpi_tui.definitions.library.table import TableSource
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.kept.cache import Cache
    from kpi_tui.engine.numbers import Numbers


def try_out(plan: SetupPlan, progress: Progress | None = None, cache: Cache | None = None) -> SetupTrial:
    """Everything of the plan that is in the data, computed; nothing is written.

    `cache`: of one sitting, so that an answer that changes no table reads none.
    """
    cache = cache or trial_cache()
    numbers = _numbers(plan.space, cache)
    numbers.load(progress)
    quality = DataQuality(plan.space, plan.issues, numbers, Library(plan.space), ())
    live = _live(plan.space, numbers)
    found = SetupTrial(
        profiles=numbers.profiles(),
        unread={table: str(error) for table, error in numbers.errors().items()},
        examples=_examples(plan, numbers),
        months=_months(plan, numbers, cache),
        coverage=quality.coverage(),
        issues=quality.check(),
        metrics={name: plan.space.metrics[name] for name in plan.space.metrics if name in live},
        roles=planned_roles(plan.folder, live, plan.space.roles),
        timezone=plan.space.timezone,
        currency=plan.space.currency,
        last_days=_last_days(numbers),
        stopped=_stopped(numbers),
    )
    if cache.rows_in_memory:
        cache.rows_in_memory.sweep()
    return found


def trial_cache() -> Cache:
    """One that keeps rows and results in memory."""
    from kpi_tui.engine.kept.cache import Cache, RowsInMemory

    cache = Cache(None)
    cache.rows_in_memory = RowsInMemory()
    return cache


def live_metrics(space: Workspace) -> set[str]:
    """The metrics that the tables of a workspace allow."""
    return _live(space, _numbers(space, trial_cache()))


def _numbers(space: Workspace, cache: Cache) -> Numbers:
    from kpi_tui.engine.numbers import Numbers

    return Numbers(space, cache)


def _live(space: Workspace, numbers: Numbers) -> set[str]:
    return {metric for metric in space.metrics if not numbers.missing_of(metric)}


def _examples(plan: SetupPlan, numbers: Numbers) -> dict[str, Mapping[str, tuple[str, ...]]]:
    from kpi_tui.tables.propose.money_months import examples

    found: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for part in plan.tables:
        source = part.source if plan.space.tables[part.table].sources else ""
        with suppress(TableError):  # `unread` says which, and why
            found[part_id(part)] = examples(numbers.rows(part.table), source)
    return found


def _last_days(numbers: Numbers) -> dict[str, str]:
    """The last day with rows of every table and source."""
    profiles = numbers.profiles()
    parts = (part for table, profile in profiles.items() for part in (profile.sources or {table: profile}).values())
    return {part.table: part.last_day.isoformat() for part in parts if part.last_day is not None}


# --- money -------------------------------------------------------------------------------------------
def _months(plan: SetupPlan, numbers: Numbers, cache: Cache) -> tuple[MoneyMonth, ...]:
    from kpi_tui.tables.propose.money_months import money_months

    space, orders = plan.space, plan.space.tables.get("orders")
    if orders is None:
        return ()
    try:
        rows = numbers.rows("orders")
        refunds = numbers.rows("refunds") if "refunds" in space.tables else None
        return money_months(rows, refunds, _everything(plan, orders, cache), _currencies(space, orders))
    except TableError:  # `unread` says which, and why
        return ()


def _currencies(space: Workspace, orders: TableSource) -> dict[str, str]:
    """The currency of every source, "" for a table of one."""
    parts = orders.sources or {"": orders}
    home = space.currency if space.rates else ""  # the rows are counted in it then
    return {name: home or part.currency or space.currency for name, part in parts.items()}


def _everything(plan: SetupPlan, orders: TableSource, cache: Cache) -> pl.LazyFrame | None:
    """The orders of the files, those without a day and those that the mapping leaves out too; None: it leaves none.

    Those that the mapping keeps, without a day and a payment, are marked: they wait for it.
    """
    import polars as pl

    from kpi_tui.engine.kept.cache import digest
    from kpi_tui.tables.propose.money_months import WAITING
    from kpi_tui.tables.source.changed_files import fingerprint

    space = plan.space
    if not any(part.where for part in orders.parts()):
        return None
    totals = {one.source if orders.sources else "": one.totals for one in plan.tables if one.table == orders.id}
    sources = {name: replace(part, where=totals.get(name, "")) for name, part in orders.sources.items()}
    bare = replace(orders, where=totals.get("", ""), sources=sources)
    made_from = fingerprint(bare, space.data, space.data_roots, space.settings)
    conditions = tuple(part.where for part in orders.parts())
    stamp, memory = digest("without a day", made_from, conditions, space.timezone, space.currency), cache.rows_in_memory
    rows: pl.LazyFrame | None = memory.get(stamp) if memory else None
    if rows is None:
        rows = _without_time(space, bare)
        dayless = pl.col("created_at").is_null() & (pl.col("paid_amount") == 0)
        if not rows.filter(dayless).select("order_id").head(1).collect().is_empty():
            key = [name for name in ("order_id", SOURCE) if name in rows.collect_schema().names()]
            waiting = (
                _without_time(space, orders)
                .filter(dayless)
                .select(key)
                .unique()
                .with_columns(pl.lit(True).alias(WAITING))
            )
            rows = rows.join(waiting, on=key, how="left")
        if memory:
            memory.put(stamp, rows)
    return rows


def _without_time(space: Workspace, orders: TableSource) -> pl.LazyFrame:
    """The orders, whether they say a day or not."""
    from kpi_tui.tables.prepare import prepare

    return prepare(
        orders,
        replace(space.schemas["orders"], time=""),
        data=space.data,
        roots=space.data_roots,
        timezone=space.timezone,
        settings=space.settings,
        currency=space.currency,
    ).frame


def _stopped(numbers: Numbers) -> frozenset[str]:
    with suppress(TableError):  # no table has a day
        return frozenset(numbers.silent_days())
    return frozenset()
