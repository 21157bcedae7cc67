"""`kpi-tui target roll|link|points|growth`: what a chain agrees on, saved with the other targets."""

from __future__ import annotations

from typing import Any

import click

from kpi_tui.commands.base.chain_options import amount, complete_chain, saving
from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import WHY, option, period_option, read_period
from kpi_tui.commands.base.session import Session, say
from kpi_tui.text.i18n import N_, n_

_CHAIN = N_("The chain (else site, else the first).")
_AMOUNT: dict[str, Any] = {"ignore_unknown_options": True}


@click.command(
    cls=Command,
    name="roll",
    help=N_("Roll a chain over: next week's targets, or after the last week the next month's."),
)
@click.argument("chain", required=False, default="", metavar="[CHAIN]", shell_complete=complete_chain)
@period_option()
@option("--dry-run", is_flag=True, help=N_("Show the proposal, write nothing."))
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def roll(session: Session, chain: str, period: str, grain: str, dry_run: bool, why: str) -> None:
    """Show the proposal as a difference, then write it as targets."""
    from kpi_tui.views.chain.roll import roll_view

    with session.book() as book:
        name = book.chains.find(chain).id
        rolls = book.chains.roll(name, read_period(book, period, grain))
        if not dry_run:
            book.chains.take_roll(name, rolls, why)
            try:
                changes = book.targets.save(why)
            except BaseException:
                book.targets.discard()
                raise
            say(n_("{count} target saved.", "{count} targets saved.", len(changes)))
        session.show(roll_view(book.chains.find(chain), rolls, book.workspace, written=not dry_run))


@click.command(
    cls=Command, name="link", context_settings=_AMOUNT, help=N_("Agree the target of a link in a week: 1000, or 8%.")
)
@click.argument("link", metavar="LINK")
@click.argument("value", metavar="VALUE")
@period_option()
@option("--chain", default="", metavar="CHAIN", help=_CHAIN, shell_complete=complete_chain)
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def link(session: Session, link: str, value: str, period: str, grain: str, chain: str, why: str) -> None:
    """Set one link target and save it."""
    with session.book() as book, saving(session, book.targets, why, book.workspace):
        ratio = any(k.id.casefold() == link.casefold() and k.denominator for k in book.chains.find(chain).links)
        wanted = amount(value, "percent" if ratio else "count")
        book.chains.set_target(chain, link, read_period(book, period, grain), wanted, why)


@click.command(
    cls=Command, name="points", help=N_("Change the points of a link for a month (a dash: as the chain says).")
)
@click.argument("link", metavar="LINK")
@click.argument("value", metavar="VALUE")
@period_option()
@option("--chain", default="", metavar="CHAIN", help=_CHAIN, shell_complete=complete_chain)
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def points(session: Session, link: str, value: str, period: str, grain: str, chain: str, why: str) -> None:
    """Change points and save."""
    with session.book() as book, saving(session, book.targets, why, book.workspace):
        wanted = None if value == "-" else amount(value, "score")
        book.chains.set_points(chain, link, read_period(book, period, grain), wanted, why)


@click.command(
    cls=Command, name="growth", help=N_("Reset the growth baseline of a month by hand; it needs a note (--why).")
)
@click.argument("value", metavar="VALUE")
@period_option()
@option("--chain", default="", metavar="CHAIN", help=_CHAIN, shell_complete=complete_chain)
@option("--why", default="", metavar="TEXT", help=N_("The note: why the baseline is reset."))
@click.pass_obj
def growth(session: Session, value: str, period: str, grain: str, chain: str, why: str) -> None:
    """Reset the baseline and save."""
    with session.book() as book, saving(session, book.targets, why, book.workspace):
        wanted = None if value == "-" else amount(value, "percent")
        book.chains.reset_growth(chain, read_period(book, period, grain), wanted, why)


COMMANDS = (roll, link, points, growth)
