"""Options that several commands share, and what is made of them: a period, an exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from kpi_tui.commands.base.click_classes import Option
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX
from kpi_tui.definitions.period import GRAINS, Grain, Period
from kpi_tui.text.i18n import N_, _

if TYPE_CHECKING:
    from kpi_tui.book import Book

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

BY = N_("One value per value of a column; the total comes first.")
ONLY_WHERE = N_("Only rows for which this SQL condition holds.")
ONLY_CAMPAIGN = N_("Only the people of a campaign, over the campaign's own days.")
WHY = N_("Why; needed once the period is over.")
"""Help of options that several commands have."""


def option(*names: str, **settings: Any) -> Decorator:
    """A click option with translated help."""
    return click.option(*names, cls=Option, **settings)


def period_option(default: str = "current") -> Decorator:
    """`--period` and the grain that `current` and `previous` are read in."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        function = option(
            "--grain",
            type=click.Choice([grain.value for grain in GRAINS]),
            default=Grain.MONTH.value,
            help=N_("What current and previous mean: day, week, month, quarter or year."),
        )(function)
        return option(
            "--period",
            default=default,
            metavar="P",
            help=N_("2026, 2026-Q4, 2026-10, 2026-W43, 2026-10-15, current or previous."),
        )(function)

    return add


def read_period(book: Book, period: str, grain: str) -> Period:
    """The period meant; UsageError when it is none."""
    return book.period(period, Grain(grain))


def asked_period(ctx: click.Context, book: Book, period: str, grain: str, campaign: str) -> Period:
    """The campaign's own days when one is named (then no other period may be), else the period meant."""
    if not campaign:
        return read_period(book, period, grain)
    if any(ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE for name in ("period", "grain")):
        raise UsageError(_("--campaign means the campaign's own days; leave out --period and --grain"))
    return book.numbers.campaign_period(campaign)


NO_NUMBER = (Reason.ERROR, Reason.NO_TABLE, Reason.NO_COLUMN, Reason.UNKNOWN)
"""Reasons that are bad news for a script: something must be mended before there can be a number."""


def exit_code(book: Book, values: Sequence[Value]) -> ExitCode:
    """PROBLEM when a number could not be computed. TableError (exit 4) when its table cannot be read."""
    demand_data(book, values)
    return ExitCode.PROBLEM if any(value.reason in NO_NUMBER for value in values) else ExitCode.OK


def demand_data(book: Book, values: Iterable[Value]) -> None:
    """TableError (exit 4) when a shown value is missing because its table cannot be read."""
    missing = {value.metric for value in values if value.reason in (Reason.ERROR, Reason.NO_TABLE)}
    metrics = {metric.removesuffix(GROWTH_SUFFIX) for metric in missing} & set(book.workspace.metrics)
    # A table nobody declared is simply not there; only a declared one can be unreadable.
    wanted = sorted(
        {table for metric in metrics for table in book.numbers.tables_of(metric)} & set(book.workspace.tables)
    )
    if not wanted:
        return
    unreadable = book.data.unreadable()
    for table in wanted:
        if table in unreadable:
            raise unreadable[table]
