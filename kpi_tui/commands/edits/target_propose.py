"""`kpi-tui target propose ROLE`: targets from what is known, each with its backtest; set when accepted."""

from __future__ import annotations

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_role
from kpi_tui.commands.base.options import WHY, option, period_option, read_period
from kpi_tui.commands.base.session import Session
from kpi_tui.commands.edits.saved_targets import saving
from kpi_tui.definitions.answers.targets.target_proposal import Basis
from kpi_tui.definitions.issue import UsageError
from kpi_tui.text.i18n import N_, _

_ALL = (Basis.LAST, Basis.YEAR, Basis.MEAN, Basis.MEDIAN, Basis.BENCHMARK, Basis.PARENT)


@click.command(
    "propose", cls=Command, help=N_("Targets proposed for a role, each with how often the past would have met it.")
)
@click.argument("role", metavar="ROLE", shell_complete=complete_role)
@period_option()
@option(
    "--from",
    "basis",
    default="",
    metavar="BASIS",
    help=N_("last, year, mean, median, band, benchmark, growth=N (percent) or parent; else all, to compare."),
)
@option("--periods", type=click.IntRange(3, 60), default=6, help=N_("Periods of a mean, a median and a band."))
@option("--set", "accepted", is_flag=True, help=N_("Set the proposed targets."))
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def propose(
    session: Session, role: str, period: str, grain: str, basis: str, periods: int, accepted: bool, why: str
) -> None:
    """Propose, show the backtest, set with --set."""
    from kpi_tui.views.targets.proposals import proposals

    bases, growth = _bases(basis)
    if accepted and len(bases) > 1:
        raise UsageError(_("--set needs one --from; nothing was set"))
    with session.book() as book:
        when = read_period(book, period, grain)
        found = book.target_proposals.of(role, when, bases, periods=periods, growth=growth)
        if not accepted:
            session.show(proposals(found, book.workspace), when)
            return
        with saving(session, book, why):
            book.target_proposals.accept(found)


def _bases(text: str) -> tuple[tuple[Basis, ...], float]:
    """What --from names, and the share of `growth=3` (0.03)."""
    name, sign, amount = text.partition("=")
    if not text:
        return _ALL, 0.0
    if name not in set(Basis) or bool(sign) != (name == Basis.GROWTH):
        known = ", ".join(f"{one}=N" if one is Basis.GROWTH else str(one) for one in Basis)
        raise UsageError(_("there is no basis {name!r}; known: {known}", name=text, known=known))
    try:
        return (Basis(name),), float(amount.rstrip("%") or 0) / 100.0
    except ValueError:
        raise UsageError(_("{amount!r} is no number of percent", amount=amount)) from None
