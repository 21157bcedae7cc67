"""Options that several commands share, and what is made of them: a period."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from kpi_tui.commands.base.click_classes import Option
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import GRAINS, TO_DAY, Grain, Period
from kpi_tui.text.i18n import N_, _

if TYPE_CHECKING:
    from kpi_tui.book import Book

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

BY = N_("One value per value of a column; the total comes first.")
ONLY_WHERE = N_("Only rows for which this SQL condition holds.")
ONLY_CAMPAIGN = N_("Only the people of a campaign, over the campaign's own days.")
WHY = N_("Why; needed once the period is over.")
YES_RATE = N_("Set a rate of 1,000 % and more, or a value of a role that no row has yet, without being asked.")
A_YEAR = N_("A year, or a quarter or month (default: this year).")
PART_LENGTH = N_("The length of its parts.")
"""Help of options that several commands have."""
PART_GRAINS = [grain.value for grain in (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER)]
"""What a longer period can be laid out in."""


def option(*names: str, **settings: Any) -> Decorator:
    """A click option with translated help."""
    return click.option(*names, cls=Option, **settings)


def default_period() -> str:
    """What is meant without `--period`; asked by click when a command runs, as `--help` needs no book."""
    from kpi_tui.book.asked_period import DEFAULT

    return DEFAULT


def period_option(default: str | Callable[[], str] = default_period) -> Decorator:
    """`--period` and the grain that `current` and `previous` are read in."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        function = option(
            "--grain",
            type=click.Choice([grain.value for grain in (*GRAINS, *TO_DAY)]),
            default=Grain.MONTH.value,
            help=N_("What current and previous mean: a day, week, month, quarter, year, year to date, 7 or 28 days."),
        )(function)
        return option(
            "--period",
            default=default,
            metavar="P",
            help=N_("2026, 2026-Q4, 2026-10, 2026-W43, 2026-10-15, current, previous; ytd, 7d, 28d (ytd-2026-10-15)."),
        )(function)

    return add


def read_period(book: Book, period: str, grain: str) -> Period:
    """The period meant; UsageError when it is none."""
    return book.period(period, Grain(grain))


def period_or_campaign(ctx: click.Context, book: Book, period: str, grain: str, campaign: str) -> Period:
    """The campaign's own days when one is named (then no other period may be), else the period meant."""
    if not campaign:
        return read_period(book, period, grain)
    if any(ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE for name in ("period", "grain")):
        raise UsageError(_("--campaign means the campaign's own days; leave out --period and --grain"))
    return book.numbers.campaign_period(campaign)
