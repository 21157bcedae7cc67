"""`kpi-tui target propose ROLE`: targets from what is known, each with its backtest; set when accepted."""

from __future__ import annotations

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_role
from kpi_tui.commands.base.options import WHY, option, period_option, read_period
from kpi_tui.commands.base.session import Session
from kpi_tui.commands.edits.saved_targets import saving
from kpi_tui.definitions.answers.targets.target_proposal import COMPARED, Basis
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import listed
from kpi_tui.text.i18n import N_, _

_SPLITS = ("shape", "days")


@click.command(
    "propose",
    cls=Command,
    help=N_("Targets proposed for roles (none: all), each with how often the past would have met it."),
)
@click.argument("roles", nargs=-1, metavar="[ROLE]…", shell_complete=complete_role)
@period_option()
@option(
    "--from",
    "basis",
    default="",
    metavar="BASIS",
    help=N_("last, year, mean, median, band, benchmark, growth=N (percent), parent[=shape|days] or tree; else all."),
)
@option("--periods", type=click.IntRange(3, 60), default=6, help=N_("Periods of a mean, a median and a band."))
@option("--set", "accepted", is_flag=True, help=N_("Set the proposed targets."))
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def propose(
    session: Session,
    roles: tuple[str, ...],
    period: str,
    grain: str,
    basis: str,
    periods: int,
    accepted: bool,
    why: str,
) -> None:
    """Propose, show the backtest, set with --set."""
    from kpi_tui.views.targets.proposals import of_roles, proposals

    bases, growth, split = _bases(basis)
    if accepted and len(bases) > 1:
        raise UsageError(_("--set needs one --from; nothing was set"))
    with session.book() as book:
        when = read_period(book, period, grain)
        asked = roles or tuple(book.workspace.at(when).roles)
        of = book.target_proposals.of
        found = [of(role, when, bases, periods=periods, growth=growth, split=split) for role in asked]
        if not accepted:
            one = len(roles) == 1
            session.show(proposals(found[0], book.workspace) if one else of_roles(found, book.workspace), when)
            return
        with saving(session, book, why):
            for proposal in found:
                book.target_proposals.accept(proposal)


def _bases(text: str) -> tuple[tuple[Basis, ...], float, str]:
    """What --from names, the share of `growth=3` (0.03), and how `parent=days` splits."""
    name, sign, amount = text.partition("=")
    if not text:
        return COMPARED, 0.0, ""
    if name == Basis.PARENT and amount in _SPLITS:
        return (Basis.PARENT,), 0.0, amount
    if name not in set(Basis) or bool(sign) != (name == Basis.GROWTH):
        known = listed(f"{one}=N" if one is Basis.GROWTH else str(one) for one in Basis)
        raise UsageError(_("there is no basis {name!r}; known: {known}", name=text, known=known))
    try:
        return (Basis(name),), float(amount.rstrip("%") or 0) / 100.0, ""
    except ValueError:
        raise UsageError(_("{amount!r} is no number of percent", amount=amount)) from None
