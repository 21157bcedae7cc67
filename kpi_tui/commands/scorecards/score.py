"""`kpi-tui score [ROLE]`: scorecards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_role
from kpi_tui.commands.base.failing_values import exit_code
from kpi_tui.commands.base.options import option, period_option, read_period
from kpi_tui.commands.base.session import Session
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import listed
from kpi_tui.text.i18n import N_, _

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.definitions.period import Period


@click.command(cls=Command, name="score", help=N_("Scorecards: actual, target, attainment, points and the weak line."))
@click.argument("role", required=False, metavar="[ROLE]", shell_complete=complete_role)
@option("--per", is_flag=True, help=N_("A role by the values of its `per`, a team by its members: ranked, rolled up."))
@option("--person", metavar="PERSON", help=N_("The joined scorecard of somebody who holds several roles."))
@option("--people", nargs=2, metavar="A B", help=N_("Two roles or people, line by line beside each other."))
@option(
    "--last",
    type=click.IntRange(2, 60),
    metavar="N",
    help=N_("The scores of the last N periods up to it, and each line over them."),
)
@period_option()
@click.pass_context
def command(
    ctx: click.Context,
    role: str | None,
    per: bool,
    person: str | None,
    people: tuple[str, str] | None,
    last: int | None,
    period: str,
    grain: str,
) -> None:
    """Score one role, one person, or every role; in one period or over several."""
    from kpi_tui.views.scores.rolled_up import rolled_up
    from kpi_tui.views.scores.score_history import score_histories
    from kpi_tui.views.scores.scorecard import scorecards
    from kpi_tui.views.scores.scores_of_all import compared

    session: Session = ctx.obj
    with session.book() as book, session.progress() as progress:
        when = read_period(book, period, grain)
        chosen = _chosen(book, when, role, person)
        for owner in (*chosen, *(people or ())):
            book.scores.refuse_value(owner, [when.previous(back) for back in range(last or 1)], progress)
        if per or (role is not None and role in book.workspace.people and book.workspace.people[role].is_team):
            if role is None:
                raise UsageError(_("--per needs a ROLE or a team"))
            whole = book.scores.rolled_up(role, when, progress=progress)
            progress.clear()
            session.show(rolled_up(whole, book.workspace), when)
            ctx.exit(exit_code(book, [line.actual for card in whole.cards for line in card.lines]))
        if people:
            one, other = (book.scores.scorecard(id_, when, progress=progress) for id_ in people)
            progress.clear()
            session.show(compared(one, other, book.workspace), when)
            ctx.exit(exit_code(book, [line.actual for card in (one, other) for line in card.lines]))
        if last is not None:
            found = [book.scores.score_history(id_, when, last, progress=progress) for id_ in chosen]
            progress.clear()
            session.show(score_histories(found, book.workspace), when)
            latest = [one.cards[-1] for one in found]
            ctx.exit(exit_code(book, [line.actual for card in latest if card for line in card.lines]))
        cards = [book.scores.scorecard(id_, when, progress=progress) for id_ in chosen]
        progress.clear()
        session.show(scorecards(cards, book.workspace), when)
        ctx.exit(exit_code(book, [line.actual for card in cards for line in card.lines]))


def _chosen(book: Book, when: Period, role: str | None, person: str | None) -> list[str]:
    """Whose scorecards; UsageError when the person is unknown or both are named."""
    if person is None:
        return [role] if role else list(book.workspace.at(when).roles)
    if role is not None:
        raise UsageError(_("name a role or a --person, not both"))
    if person not in book.workspace.people:
        known = listed(book.workspace.people) or _("nobody")
        raise UsageError(_("there is no person {name}; people.toml knows {known}", name=repr(person), known=known))
    return [person]
